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
import org.anticall.gateway.sip.HeaderId;
import org.anticall.gateway.sip.Params;
import org.anticall.gateway.sip.SipEdits;
import org.anticall.gateway.sip.SipMessage;
import org.anticall.gateway.sip.SipText;
import org.anticall.gateway.sip.Slice;
import org.anticall.gateway.sip.ViaValue;
import org.anticall.gateway.transport.Source;
import org.jspecify.annotations.Nullable;

/**
 * The Via values of a request that comes from the desk, sealed into a parameter of ours: upstream sees one hop, the
 * response brings them back, nobody has to remember them. AES in counter mode under the gateway's key; the counter starts
 * at a keyed hash of our branch, so a retransmission is sealed alike, and a keyed hash of the text inside tells a
 * tampered one. IPv4 only. Owned by one event loop.
 */
final class HiddenVias {

    private static final byte[] NAME = SipText.bytes("at");
    private static final byte[] PARAM = SipText.bytes(";at=");
    private static final byte[] COMMA = SipText.bytes(", ");
    private static final int CHECK = 8;
    private static final int ADDRESS = 6;

    private final SecretKeySpec key;
    private final KeyHash hash;
    private byte[] text = new byte[0];
    private @Nullable InetSocketAddress target;

    HiddenVias(PathSecret secret) {
        this.key = new SecretKeySpec(secret.tokenKey(), "AES");
        this.hash = secret.hash();
    }

    /** Removes all Via lines of {@code request} and puts what stood in them behind the branch put last. */
    void hide(SipEdits edits, SipMessage request, Source source, long branchHash, long uriHash) {
        ByteBuffer plain = ByteBuffer.allocate(request.end() + CHECK + ADDRESS);
        plain.position(CHECK);
        plain.put(source.address().getAddress().getAddress());
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
        if (plain.length <= CHECK + ADDRESS || ByteBuffer.wrap(plain).getLong(0) != check(plain, plain.length)) {
            return false;
        }
        text = Arrays.copyOfRange(plain, CHECK + ADDRESS, plain.length);
        target = address(plain);
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

    private long check(byte[] plain, int length) {
        return hash.begin().add(plain, CHECK, length).low();
    }

    private static @Nullable InetSocketAddress address(byte[] plain) {
        int port = (plain[CHECK + 4] & 0xFF) << 8 | (plain[CHECK + 5] & 0xFF);
        try {
            return new InetSocketAddress(InetAddress.getByAddress(Arrays.copyOfRange(plain, CHECK, CHECK + 4)), port);
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
