package org.anticall.ops.config;

import java.net.InetAddress;

/**
 * A block of IP addresses.
 *
 * @param address first address of the block
 * @param prefixBits how many leading bits count, 0 to 32 (IPv4) or 128 (IPv6)
 */
public record AddressBlock(InetAddress address, int prefixBits) {

    public AddressBlock {
        if (prefixBits < 0 || prefixBits > address.getAddress().length * 8) {
            throw new IllegalArgumentException("prefix out of range for " + address + ": " + prefixBits);
        }
    }

    /** Whether {@code other} lies in the block; addresses of the other family never do. */
    public boolean contains(InetAddress other) {
        byte[] mine = address.getAddress();
        byte[] theirs = other.getAddress();
        if (mine.length != theirs.length) {
            return false;
        }
        for (int bit = 0; bit < prefixBits; bit++) {
            int mask = 0x80 >> (bit & 7);
            if (((mine[bit >> 3] ^ theirs[bit >> 3]) & mask) != 0) {
                return false;
            }
        }
        return true;
    }

    @Override
    public String toString() {
        return address.getHostAddress() + "/" + prefixBits;
    }
}
