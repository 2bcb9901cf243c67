package org.anticall.gateway.path;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Base64;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.anticall.gateway.config.Transport;
import org.anticall.gateway.sip.HeaderId;
import org.anticall.gateway.sip.Params;
import org.anticall.gateway.sip.SipEdits;
import org.anticall.gateway.sip.SipMessage;
import org.anticall.gateway.sip.SipText;
import org.anticall.gateway.sip.Slice;
import org.anticall.gateway.sip.ViaValue;
import org.anticall.gateway.transport.Port;
import org.anticall.gateway.transport.Source;
import org.jspecify.annotations.Nullable;

/**
 * The Via values of a request that comes from the desk, sealed into a parameter of ours: upstream sees one hop, the
 * response brings them back, nobody has to remember them. AES in counter mode under the gateway's key; the counter starts
 * at a keyed hash of our branch, so a retransmission is sealed alike, and a keyed hash of the text inside tells a
 * tampered one. Owned by one event loop.
 */
final class HiddenVias {

    private static final byte[] NAME = SipText.bytes("at");
    private static final byte[] PARAM = SipText.bytes(";at=");
    private static final byte[] COMMA = SipText.bytes(", ");
    private static final Transport[] TRANSPORTS = Transport.values();
    private static final int CHECK = 8;
    private static final int IPV6 = 16;
    private static final int LONGEST_ADDRESS = 1 + IPV6 + 2;

    private final SecretKeySpec key;
    private final KeyHash hash;
    private byte[] text = new byte[0];
    private Transport transport = Transport.UDP;
    private @Nullable InetSocketAddress target;

    HiddenVias(PathSecret secret) {
        this.key = new SecretKeySpec(secret.tokenKey(), "AES");
        this.hash = secret.hash();
    }

    /** Removes all Via lines of {@code request} and puts what stood in them behind the branch put last. */
    void hide(SipEdits edits, SipMessage request, Port port, Source source, long branchHash, long uriHash) {
        ByteBuffer plain = ByteBuffer.allocate(request.end() + CHECK + LONGEST_ADDRESS);
        plain.position(CHECK);
        byte[] octets = source.address().getAddress().getAddress();
        plain.put((byte) (port.transport().ordinal() | octets.length << 2));
        plain.put(octets);
        plain.putShort((short) source.address().getPort());
        byte[] bytes = request.bytes();
        long rport = request.topVia().rport();
        int first = request.first(HeaderId.VIA);
        for (int line = first; line >= 0; line = request.next(line)) {
            if (line != first) {
                plain.put(COMMA);
            }
            int from = request.valueStart(line);
            if (line == first && rport != Slice.NONE && !Slice.isPresent(rport)) {
                plain.put(bytes, from, Slice.start(rport) - from)
                        .put((byte) '=')
                        .put(SipText.bytes(Integer.toString(source.address().getPort())));
                from = Slice.start(rport);
            }
            plain.put(bytes, from, request.valueEnd(line) - from);
        }
        int length = plain.position();
        plain.putLong(0, check(plain.array(), length));
        byte[] sealed = crypt(Arrays.copyOf(plain.array(), length), branchHash, uriHash);
        edits.put(PARAM)
                .put(Base64.getUrlEncoder().withoutPadding().encode(sealed))
                .put(Wire.CRLF);
        for (int line = first; line >= 0; line = request.next(line)) {
            edits.removeLine(request, line);
        }
    }

    /** Brings back what was hidden behind {@code branch} in our Via; false if nothing was, or it was tampered with. */
    boolean find(SipMessage response, Branch branch) {
        ViaValue via = response.topVia();
        long sealed = Params.find(response.bytes(), via.paramsStart(), via.end(), NAME);
        if (!Slice.isPresent(sealed)) {
            return false;
        }
        byte[] plain;
        try {
            byte[] encoded = Arrays.copyOfRange(response.bytes(), Slice.start(sealed), Slice.end(sealed));
            plain = crypt(Base64.getUrlDecoder().decode(encoded), branch.hash(), branch.uriHash());
        } catch (IllegalArgumentException notBase64) {
            return false;
        }
        if (plain.length <= CHECK + LONGEST_ADDRESS
                || ByteBuffer.wrap(plain).getLong(0) != check(plain, plain.length)) {
            return false;
        }
        int octets = plain[CHECK] >> 2;
        int port = CHECK + 1 + octets;
        transport = TRANSPORTS[plain[CHECK] & 3];
        text = Arrays.copyOfRange(plain, port + 2, plain.length);
        target = address(plain, octets, port);
        return true;
    }

    /** The Via values last found. */
    byte[] text() {
        return text;
    }

    /** Who sent the request whose values were last found. */
    @Nullable
    InetSocketAddress target() {
        return target;
    }

    /** What it came by. */
    Transport transport() {
        return transport;
    }

    private long check(byte[] plain, int length) {
        return hash.begin().add(plain, CHECK, length).low();
    }

    private static @Nullable InetSocketAddress address(byte[] plain, int octets, int portAt) {
        int port = (plain[portAt] & 0xFF) << 8 | (plain[portAt + 1] & 0xFF);
        try {
            return new InetSocketAddress(
                    InetAddress.getByAddress(Arrays.copyOfRange(plain, CHECK + 1, CHECK + 1 + octets)), port);
        } catch (UnknownHostException impossible) {
            return null;
        }
    }

    private byte[] crypt(byte[] data, long branchHash, long uriHash) {
        hash.begin().add(branchHash).add(uriHash);
        byte[] start =
                ByteBuffer.allocate(16).putLong(hash.high()).putLong(hash.low()).array();
        try {
            Cipher cipher = Cipher.getInstance("AES/CTR/NoPadding");
            cipher.init(Cipher.ENCRYPT_MODE, key, new IvParameterSpec(start));
            return cipher.doFinal(data);
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException("this Java has no AES", missing);
        }
    }
}
