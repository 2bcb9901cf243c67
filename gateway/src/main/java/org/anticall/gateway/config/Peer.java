package org.anticall.gateway.config;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Who may speak on a trunk: one address, one address and port, or a block of addresses. IPv4 addresses are held as {@code ::ffff:a.b.c.d} (RFC 4291 §2.5.5.2), so that one comparison
 * serves both families; an IPv6 block never matches an IPv4 address unless it lies within that block.
 *
 * @param high upper 64 bits of the address, bits behind the prefix are 0
 * @param low lower 64 bits of the address, bits behind the prefix are 0
 * @param prefixBits how many leading bits of the 128 count, 0 to 128
 * @param port the only port that matches, 0 for every port
 * @param certificateName the name in a TLS certificate that matches instead of an address, lower case; empty for none
 */
public record Peer(long high, long low, int prefixBits, int port, String certificateName) {

    private static final String TLS = "tls:";

    private static final long IPV4_MAPPED = 0xFFFF_0000_0000L;

    public Peer {
        if (prefixBits < 0 || prefixBits > 128 || port < 0 || port > 65535) {
            throw new IllegalArgumentException(
                    "prefix of 0 to 128 bits and port of 0 to 65535, not " + prefixBits + " and " + port);
        }
        high &= mask(prefixBits);
        low &= mask(prefixBits - 64);
    }

    public Peer(long high, long low, int prefixBits, int port) {
        this(high, low, prefixBits, port, "");
    }

    /**
     * Reads {@code tls:sbc.carrier.example}, {@code 192.0.2.1}, {@code 192.0.2.1:5060}, {@code 192.0.2.0/24}, {@code 2001:db8::1}, {@code
     * [2001:db8::1]:5060} or {@code 2001:db8::/32}.
     *
     * @return the peer, null if the text is none of these or has bits set behind its prefix
     */
    public static @Nullable Peer parse(String text) {
        if (text.startsWith(TLS)) {
            String name = text.substring(TLS.length()).toLowerCase(Locale.ROOT);
            return isHostName(name) ? new Peer(0, 0, 128, 0, name) : null;
        }
        int slash = text.indexOf('/');
        if (slash >= 0) {
            return block(text.substring(0, slash), text.substring(slash + 1));
        }
        InetAddress address = Addresses.address(text);
        if (address != null) {
            return of(address, 128, 0);
        }
        InetSocketAddress endpoint = Addresses.endpoint(text);
        return endpoint == null || endpoint.getPort() == 0 ? null : of(endpoint.getAddress(), 128, endpoint.getPort());
    }

    /** Who sends from that address and port, and nobody else; what a table of peers is searched with. */
    public static Peer exactly(InetSocketAddress from) {
        return of(from.getAddress(), 128, from.getPort());
    }

    /** The peer that is as wide as {@code other} and has this one's address in it. */
    public Peer asWideAs(Peer other) {
        return new Peer(high, low, other.prefixBits, other.port == 0 ? 0 : port);
    }

    /** Whether what comes from there is this peer's; never for one that is known by its certificate. */
    public boolean matches(InetSocketAddress from) {
        return equals(exactly(from).asWideAs(this));
    }

    /** Whether a TLS certificate with these names, in lower case, is this peer's. */
    public boolean matches(Set<String> names) {
        return !certificateName.isEmpty() && names.contains(certificateName);
    }

    private static boolean isHostName(String name) {
        boolean valid = !name.isEmpty() && name.length() <= 253;
        for (int i = 0; i < name.length() && valid; i++) {
            char c = name.charAt(i);
            valid = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || (c == '.' && i > 0);
        }
        return valid;
    }

    /** Narrower peers have the greater value: more bits first, then a port. */
    public int narrowness() {
        return prefixBits * 2 + (port == 0 ? 0 : 1);
    }

    private static @Nullable Peer block(String addressText, String bitsText) {
        InetAddress address = Addresses.address(addressText);
        if (address == null) {
            return null;
        }
        int familyBits = address instanceof Inet4Address ? 32 : 128;
        int bits = Addresses.number(bitsText, familyBits);
        if (bits < 0) {
            return null;
        }
        Peer block = of(address, 128 - familyBits + bits, 0);
        Peer exact = of(address, 128, 0);
        return block.high == exact.high && block.low == exact.low ? block : null;
    }

    private static Peer of(InetAddress address, int prefixBits, int port) {
        byte[] bytes = address.getAddress();
        return bytes.length == 4
                ? new Peer(0, IPV4_MAPPED | bits(bytes, 0, 4), prefixBits, port)
                : new Peer(bits(bytes, 0, 8), bits(bytes, 8, 8), prefixBits, port);
    }

    private static long bits(byte[] bytes, int from, int count) {
        long value = 0;
        for (int i = from; i < from + count; i++) {
            value = value << 8 | (bytes[i] & 0xFF);
        }
        return value;
    }

    private static long mask(int bits) {
        return bits <= 0 ? 0 : bits >= 64 ? -1L : -1L << (64 - bits);
    }
}
