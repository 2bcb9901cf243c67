package org.anticall.gateway.path;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.security.GeneralSecurityException;
import java.util.Arrays;
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
 * The parameter of our Record-Route URI that brings a request in a dialog to where its INVITE went, without memory: what
 * was done with the call, and the transport and address of its other end: of the desk if it was diverted, else of who sent
 * the INVITE, for callers whose Contact is a name. IPv4 as it is; of the desk's IPv6 a hash by which the hop is found among
 * the desk's, because every token has the same length; a caller's IPv6 is left out. One AES block under a key only this gateway has, with
 * 64 bits of a hash of the Call-ID in it: not readable, different for every call, worth nothing in another dialog. A peer
 * cannot make one up, so it cannot smuggle a call past the screen as if it were in a dialog. Owned by one event loop.
 */
final class RouteToken {

    /** What was done with the call the dialog belongs to. */
    enum Use {
        /** It went on as it came. */
        PLAIN,
        /** It went on with another From: label or withheld number. */
        MARKED,
        /** It went to the desk. */
        DIVERTED
    }

    /** Name of the URI parameter. */
    static final byte[] NAME = SipText.bytes("at");

    private static final Use[] USES = Use.values();
    private static final Transport[] TRANSPORTS = Transport.values();
    private static final int HASHED = 4;
    private static final int BLOCK = 16;
    private static final int DIGITS = 26;

    private final Cipher seal;
    private final Cipher open;
    private final KeyHash hash;
    private final byte[] plain = new byte[BLOCK];
    private final byte[] sealed = new byte[BLOCK];
    private final NextHops hops;
    private Use use = Use.PLAIN;

    RouteToken(PathSecret secret, NextHops hops) {
        this.hops = hops;
        this.hash = secret.hash();
        SecretKeySpec key = new SecretKeySpec(secret.tokenKey(), "AES");
        try {
            // One block with a keyed hash inside is a random permutation's input, so no chaining is needed.
            seal = Cipher.getInstance("AES/ECB/NoPadding");
            seal.init(Cipher.ENCRYPT_MODE, key);
            open = Cipher.getInstance("AES/ECB/NoPadding");
            open.init(Cipher.DECRYPT_MODE, key);
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException("this Java has no AES", missing);
        }
    }

    /**
     * Puts the token of a dialog that {@code invite} begins.
     *
     * @param end address of the desk if it was diverted, else of who sent it
     * @param transport how that is reached
     */
    void put(SipEdits edits, SipMessage invite, Use chosen, InetSocketAddress end, Transport transport) {
        Arrays.fill(plain, (byte) 0);
        putLong(callHash(invite));
        plain[8] = (byte) chosen.ordinal();
        putEnd(end, transport, chosen == Use.DIVERTED);
        crypt(seal, plain, sealed);
        long high = getLong(sealed, 0);
        long low = getLong(sealed, 8);
        Base32.put(edits, DIGITS / 2, high);
        Base32.put(edits, DIGITS / 2, low);
    }

    private void putEnd(InetSocketAddress end, Transport transport, boolean isDesk) {
        byte[] octets = end.getAddress().getAddress();
        boolean hashed = octets.length != 4;
        if (hashed && !isDesk) {
            return;
        }
        if (hashed) {
            int name = hashOf(octets);
            for (int i = 0; i < 4; i++) {
                plain[9 + i] = (byte) (name >>> (24 - 8 * i));
            }
        } else {
            System.arraycopy(octets, 0, plain, 9, 4);
        }
        plain[13] = (byte) (end.getPort() >>> 8);
        plain[14] = (byte) end.getPort();
        plain[15] = (byte) (transport.ordinal() | (hashed ? HASHED : 0));
    }

    /** Reads the token of a request in a dialog; false if it is not one that this gateway made for this dialog. */
    boolean read(SipMessage request, long slice) {
        if (slice == Slice.NONE || Slice.end(slice) - Slice.start(slice) != DIGITS) {
            return false;
        }
        if (!readLong(request.bytes(), Slice.start(slice), 0)
                || !readLong(request.bytes(), Slice.start(slice) + DIGITS / 2, 8)) {
            return false;
        }
        crypt(open, sealed, plain);
        if (getLong(plain, 0) != callHash(request)
                || plain[8] < 0
                || plain[8] >= USES.length
                || (plain[15] & ~HASHED) < 0
                || (plain[15] & ~HASHED) >= TRANSPORTS.length) {
            return false;
        }
        use = USES[plain[8]];
        return true;
    }

    /** What the token last read says of the call. */
    Use use() {
        return use;
    }

    /** How {@link #desk} or {@link #caller} of the token last read is reached. */
    Transport transport() {
        return TRANSPORTS[plain[15] & ~HASHED];
    }

    /** The desk's address in the token last read, of a diverted call; null if that hop is no longer configured. */
    @Nullable
    InetSocketAddress desk() {
        return (plain[15] & HASHED) != 0 ? hashedDesk(port()) : literal(port());
    }

    /** Who sent the INVITE of the token last read, of a call that was not diverted; null if the token does not say. */
    @Nullable
    InetSocketAddress caller() {
        return use == Use.DIVERTED || port() == 0 ? null : literal(port());
    }

    private int port() {
        return (plain[13] & 0xFF) << 8 | (plain[14] & 0xFF);
    }

    private @Nullable InetSocketAddress hashedDesk(int port) {
        int wanted = (int) (getLong(plain, 8) >>> 24);
        for (NextHop hop : hops.heard()) {
            InetSocketAddress address = hop.address();
            boolean fits = hop.isDesk() && address.getPort() == port;
            if (fits && hashOf(address.getAddress().getAddress()) == wanted) {
                return address;
            }
        }
        return null;
    }

    private InetSocketAddress literal(int port) {
        try {
            return new InetSocketAddress(InetAddress.getByAddress(Arrays.copyOfRange(plain, 9, 13)), port);
        } catch (UnknownHostException impossible) {
            throw new AssertionError("four bytes are an address", impossible);
        }
    }

    private int hashOf(byte[] octets) {
        return (int) hash.begin().add(octets, 0, octets.length).low();
    }

    private long callHash(SipMessage message) {
        int line = message.first(HeaderId.CALL_ID);
        return hash.begin()
                .add(message.bytes(), message.valueStart(line), message.valueEnd(line))
                .high();
    }

    private static boolean crypt(Cipher cipher, byte[] from, byte[] to) {
        try {
            return cipher.update(from, 0, BLOCK, to, 0) == BLOCK;
        } catch (GeneralSecurityException impossible) {
            throw new AssertionError("one block fits into one block", impossible);
        }
    }

    private void putLong(long value) {
        for (int i = 0; i < 8; i++) {
            plain[i] = (byte) (value >>> (56 - 8 * i));
        }
    }

    private static long getLong(byte[] from, int offset) {
        long value = 0;
        for (int i = offset; i < offset + 8; i++) {
            value = value << 8 | (from[i] & 0xFF);
        }
        return value;
    }

    /** 13 characters hold 65 bits; the first of them holds only four. */
    private boolean readLong(byte[] bytes, int from, int offset) {
        long high = Base32.read(bytes, from, 1);
        long low = Base32.read(bytes, from + 1, 12);
        if (high < 0 || high > 15 || low < 0) {
            return false;
        }
        long value = high << 60 | low;
        for (int i = 0; i < 8; i++) {
            sealed[offset + i] = (byte) (value >>> (56 - 8 * i));
        }
        return true;
    }
}
