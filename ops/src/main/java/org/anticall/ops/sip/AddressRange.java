package org.anticall.ops.sip;

import java.net.InetAddress;
import java.util.Collection;

/**
 * A block of IP addresses, written like {@code 10.1.0.0/16}; a single address is a block of its own.
 *
 * @param first any address of the block
 * @param prefixBits how many leading bits all its addresses share, 0–32 for IPv4, 0–128 for IPv6
 */
public record AddressRange(InetAddress first, int prefixBits) {

    public AddressRange {
        int bits = first.getAddress().length * 8;
        if (prefixBits < 0 || prefixBits > bits) {
            throw new IllegalArgumentException("prefix length is " + prefixBits + ", expected 0 to " + bits);
        }
    }

    /**
     * Reads a block.
     *
     * @throws IllegalArgumentException if {@code text} is neither an address in digits nor one with a prefix length
     */
    public static AddressRange parse(String text) {
        int slash = text.indexOf('/');
        InetAddress first = IpLiteral.parse(slash < 0 ? text : text.substring(0, slash));
        if (slash < 0) {
            return new AddressRange(first, first.getAddress().length * 8);
        }
        try {
            return new AddressRange(first, Integer.parseInt(text.substring(slash + 1)));
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(
                    "\"" + text + "\" is no address block, expected one like 10.1.0.0/16", e);
        }
    }

    /** Whether {@code address} belongs to the block. */
    public boolean contains(InetAddress address) {
        byte[] mine = first.getAddress();
        byte[] its = address.getAddress();
        if (mine.length != its.length) {
            return false;
        }
        for (int bit = 0; bit < prefixBits; bit += 8) {
            int mask = 0xFF << Math.max(0, 8 - (prefixBits - bit));
            if (((mine[bit / 8] ^ its[bit / 8]) & mask & 0xFF) != 0) {
                return false;
            }
        }
        return true;
    }

    /** Whether {@code address} belongs to one of {@code ranges}. */
    static boolean anyContains(Collection<AddressRange> ranges, InetAddress address) {
        return ranges.stream().anyMatch(range -> range.contains(address));
    }
}
