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

    @Override
    public String toString() {
        return address.getHostAddress() + "/" + prefixBits;
    }
}
