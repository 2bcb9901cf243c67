package org.anticall.gateway.path;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import javax.crypto.Cipher;
import javax.crypto.spec.SecretKeySpec;
import org.anticall.gateway.config.Transport;
import org.anticall.gateway.hop.NextHop;
import org.anticall.gateway.hop.NextHops;
import org.anticall.gateway.sip.HeaderId;
import org.anticall.gateway.sip.SipEdits;
import org.anticall.gateway.sip.SipMessage;
import org.anticall.gateway.sip.SipText;
import org.anticall.gateway.sip.Slice;
import org.jspecify.annotations.Nullable;

/**
 * The parameter of our Record-Route URI that brings a request in a dialog to where it belongs, without memory: what was done
 * with the call, where the desk is if it is one side of it, and where the peer is: who sent the INVITE, or the callee of a
 * call the desk placed. The peer counts where its Contact is a name. Two AES blocks under a key only this gateway has, with
 * 56 bits of a hash of the Call-ID and of all they say in the first, and the first mixed into the second: not readable,
 * different for every call, worth nothing in another dialog or with a bit changed, of one length whatever it says. A peer
 * cannot make one up, so it cannot smuggle a call past the screen as if it were in a dialog. Owned by one event loop.
 *
 * <pre>
 *   byte  0  hash                        8  desk: IPv4, or 32 bits of a hash of its IPv6 by which
 *         7  use 2, transports 2+2,         it is found among the hops
 *            desk hashed, peer IPv6     12  port of the desk   14  port of the peer
 *                                       16  peer: IPv6, or IPv4 and zeros
 * </pre>
 */
final class RouteToken {

    /** What was done with the call the dialog belongs to. */
    enum Use {
        /** It went on as it came. */
        PLAIN,
        /** It went on with another From: label or withheld number. */
        MARKED,
        /** The desk is one side of it. */
        DIVERTED
    }

    /** Name of the URI parameter. */
    static final byte[] NAME = SipText.bytes("at");

    private static final Use[] USES = Use.values();
    private static final Transport[] TRANSPORTS = Transport.values();
    private static final long CHECKED = -1L << 8;
    private static final int USE_SHIFT = 6;
    private static final int DESK_TRANSPORT_SHIFT = 4;
    private static final int PEER_TRANSPORT_SHIFT = 2;
    private static final int DESK_HASHED = 2;
    private static final int PEER_IPV6 = 1;
    private static final int BYTES = 32;
    private static final int WORD_DIGITS = 13;
    private static final int DIGITS = WORD_DIGITS * BYTES / Long.BYTES;

    private final Cipher seal;
    private final Cipher open;
    private final KeyHash hash;
    private final byte[] plainBytes = new byte[BYTES];
    private final byte[] sealedBytes = new byte[BYTES];
    private final ByteBuffer plain = ByteBuffer.wrap(plainBytes);
    private final ByteBuffer sealed = ByteBuffer.wrap(sealedBytes);
    private final NextHops hops;
    private int said;
    private long ends;
    private long peerHigh;
    private long peerLow;

    RouteToken(PathSecret secret, NextHops hops) {
        this.hops = hops;
        this.hash = secret.hash();
        SecretKeySpec key = new SecretKeySpec(secret.tokenKey(), "AES");
        try {
            // The hash makes every first block another one, and that one goes into the second: no chaining is needed.
            seal = Cipher.getInstance("AES/ECB/NoPadding");
            seal.init(Cipher.ENCRYPT_MODE, key);
            open = Cipher.getInstance("AES/ECB/NoPadding");
            open.init(Cipher.DECRYPT_MODE, key);
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException("this Java has no AES", missing);
        }
    }

    /**
     * Makes the token of a dialog that {@code invite} begins, to be {@link #put}.
     *
     * @param desk the desk that is one side of it, null if none is
     * @param peer who sent the INVITE, or whom the desk calls
     * @param transport how the peer is reached
     */
    void make(SipMessage invite, Use use, @Nullable NextHop desk, InetSocketAddress peer, Transport transport) {
        said = use.ordinal() << USE_SHIFT | transport.ordinal() << PEER_TRANSPORT_SHIFT;
        ends = peer.getPort();
        if (desk != null) {
            byte[] octets = desk.address().getAddress().getAddress();
            boolean hashed = octets.length != 4;
            said |= desk.transport().ordinal() << DESK_TRANSPORT_SHIFT | (hashed ? DESK_HASHED : 0);
            long name = hashed ? hashOf(octets) : ipv4(octets);
            ends |= name << 32 | (long) desk.address().getPort() << 16;
        }
        byte[] octets = peer.getAddress().getAddress();
        if (octets.length == 4) {
            peerHigh = ipv4(octets) << 32;
            peerLow = 0;
        } else {
            said |= PEER_IPV6;
            peerHigh = word(octets, 0);
            peerLow = word(octets, Long.BYTES);
        }
        long first = check(invite) | said;
        plain.putLong(0, first).putLong(8, ends).putLong(16, peerHigh ^ first).putLong(24, peerLow ^ ends);
        crypt(seal, plainBytes, sealedBytes);
    }

    /** Puts the token last made. */
    void put(SipEdits edits) {
        for (int at = 0; at < BYTES; at += Long.BYTES) {
            Base32.put(edits, WORD_DIGITS, sealed.getLong(at));
        }
    }

    /** Reads the token of a request in a dialog; false if it is not one that this gateway made for this dialog. */
    boolean read(SipMessage request, long slice) {
        if (slice == Slice.NONE || Slice.end(slice) - Slice.start(slice) != DIGITS) {
            return false;
        }
        for (int word = 0; word < BYTES / Long.BYTES; word++) {
            if (!readWord(request.bytes(), Slice.start(slice) + word * WORD_DIGITS, word * Long.BYTES)) {
                return false;
            }
        }
        crypt(open, sealedBytes, plainBytes);
        long first = plain.getLong(0);
        said = (int) first & 0xFF;
        ends = plain.getLong(8);
        peerHigh = plain.getLong(16) ^ first;
        peerLow = plain.getLong(24) ^ ends;
        return (first & CHECKED) == check(request);
    }

    /** A hash of the Call-ID and of all the token says, in the 56 highest bits. */
    private long check(SipMessage message) {
        int line = message.first(HeaderId.CALL_ID);
        return hash.begin()
                        .add(message.bytes(), message.valueStart(line), message.valueEnd(line))
                        .add(said)
                        .add(ends)
                        .add(peerHigh)
                        .add(peerLow)
                        .high()
                & CHECKED;
    }

    /** What the token last read says of the call. */
    Use use() {
        return USES[said >>> USE_SHIFT];
    }

    /** The desk's address in the token last read; null if the token names none, or one that is no longer configured. */
    @Nullable
    InetSocketAddress desk() {
        int port = (int) (ends >>> 16) & 0xFFFF;
        if (port == 0) {
            return null;
        }
        return (said & DESK_HASHED) != 0 ? hashedDesk(port) : ipv4((int) (ends >>> 32), port);
    }

    /** How {@link #desk} is reached. */
    Transport deskTransport() {
        return TRANSPORTS[said >>> DESK_TRANSPORT_SHIFT & 3];
    }

    /** Who sent the INVITE of the token last read, or whom the desk called. */
    InetSocketAddress peer() {
        int port = (int) ends & 0xFFFF;
        if ((said & PEER_IPV6) == 0) {
            return ipv4((int) (peerHigh >>> 32), port);
        }
        byte[] octets = new byte[16];
        ByteBuffer.wrap(octets).putLong(peerHigh).putLong(peerLow);
        return address(octets, port);
    }

    /** How {@link #peer} is reached. */
    Transport peerTransport() {
        return TRANSPORTS[said >>> PEER_TRANSPORT_SHIFT & 3];
    }

    private @Nullable InetSocketAddress hashedDesk(int port) {
        long wanted = ends >>> 32;
        for (NextHop hop : hops.heard()) {
            InetSocketAddress address = hop.address();
            boolean fits = hop.isDesk() && address.getPort() == port;
            if (fits && hashOf(address.getAddress().getAddress()) == wanted) {
                return address;
            }
        }
        return null;
    }

    private static InetSocketAddress ipv4(int address, int port) {
        byte[] octets = new byte[4];
        ByteBuffer.wrap(octets).putInt(address);
        return address(octets, port);
    }

    private static InetSocketAddress address(byte[] octets, int port) {
        try {
            return new InetSocketAddress(InetAddress.getByAddress(octets), port);
        } catch (UnknownHostException impossible) {
            throw new AssertionError("4 and 16 bytes are an address", impossible);
        }
    }

    /** 32 bits. */
    private long hashOf(byte[] octets) {
        return hash.begin().add(octets, 0, octets.length).low() & 0xFFFF_FFFFL;
    }

    private static long ipv4(byte[] octets) {
        return (octets[0] & 0xFFL) << 24 | (octets[1] & 0xFF) << 16 | (octets[2] & 0xFF) << 8 | (octets[3] & 0xFF);
    }

    private static long word(byte[] octets, int offset) {
        return ByteBuffer.wrap(octets).getLong(offset);
    }

    private static void crypt(Cipher cipher, byte[] from, byte[] to) {
        try {
            int written = cipher.update(from, 0, BYTES, to, 0);
            if (written != BYTES) {
                throw new AssertionError("two blocks fit into two blocks");
            }
        } catch (GeneralSecurityException impossible) {
            throw new AssertionError("two blocks fit into two blocks", impossible);
        }
    }

    /** 13 characters hold 65 bits; the first of them holds only four. */
    private boolean readWord(byte[] bytes, int from, int offset) {
        long high = Base32.read(bytes, from, 1);
        long low = Base32.read(bytes, from + 1, WORD_DIGITS - 1);
        if (high < 0 || high > 15 || low < 0) {
            return false;
        }
        sealed.putLong(offset, high << 60 | low);
        return true;
    }
}
