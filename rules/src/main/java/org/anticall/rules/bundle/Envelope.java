package org.anticall.rules.bundle;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.SignatureException;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * The front of a bundle, of fixed form: all that has to be read before a signature can be checked.
 *
 * <pre>
 * magic      8 bytes   "ANTICALL"
 * format     1 byte    1
 * key id     8 bytes
 * signature  64 bytes  Ed25519 over "anticall bundle 1\n" and the manifest's bytes
 * length     4 bytes   of the manifest, big endian, 1 to 512 KiB
 * manifest             JSON
 * parts                in the manifest's order, see PartCodec
 * digest     32 bytes  SHA-256 of all before it
 * </pre>
 *
 * @param keyId of the key that signed, in hex
 * @param signature 64 bytes
 * @param manifest exact bytes
 */
record Envelope(String keyId, byte[] signature, byte[] manifest) {

    static final int SIGNATURE_BYTES = 64;
    private static final byte[] MAGIC = "ANTICALL".getBytes(StandardCharsets.US_ASCII);
    private static final byte FORMAT = 1;
    private static final byte[] DOMAIN = "anticall bundle 1\n".getBytes(StandardCharsets.US_ASCII);
    private static final int FRONT_BYTES = MAGIC.length + 1 + KeyId.BYTES + SIGNATURE_BYTES + Integer.BYTES;

    static Envelope sign(String keyId, PrivateKey key, byte[] manifest) {
        try {
            Signature signature = Signature.getInstance(SigningKeys.ALGORITHM);
            signature.initSign(key);
            signature.update(DOMAIN);
            signature.update(manifest);
            return new Envelope(keyId, signature.sign(), manifest);
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("an Ed25519 key signs anything", impossible);
        }
    }

    static boolean begins(byte[] bytes) {
        return bytes.length >= MAGIC.length && Arrays.equals(bytes, 0, MAGIC.length, MAGIC, 0, MAGIC.length);
    }

    boolean isSignedBy(PublicKey key) {
        try {
            Signature verifier = Signature.getInstance(SigningKeys.ALGORITHM);
            verifier.initVerify(key);
            verifier.update(DOMAIN);
            verifier.update(manifest);
            return verifier.verify(signature);
        } catch (SignatureException malformed) {
            return false;
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("pinned keys are Ed25519 keys", impossible);
        }
    }

    int bytes() {
        return FRONT_BYTES + manifest.length;
    }

    void write(ByteBuffer out) {
        out.put(MAGIC)
                .put(FORMAT)
                .put(HexFormat.of().parseHex(keyId))
                .put(signature)
                .putInt(manifest.length)
                .put(manifest);
    }

    /** Reads the front of a bundle and leaves {@code in} at its first part. */
    static Envelope read(ByteBuffer in) throws DamagedBundleException {
        if (in.remaining() < FRONT_BYTES) {
            throw new DamagedBundleException(in.remaining() + " bytes are no bundle");
        }
        if (!Arrays.equals(take(in, MAGIC.length), MAGIC)) {
            throw new DamagedBundleException("it does not begin as a bundle does");
        }
        byte format = in.get();
        if (format != FORMAT) {
            throw new DamagedBundleException("format " + format + ", expected " + FORMAT);
        }
        String keyId = HexFormat.of().formatHex(take(in, KeyId.BYTES));
        byte[] signature = take(in, SIGNATURE_BYTES);
        int length = in.getInt();
        if (length < 1 || length > ManifestCodec.MAX_BYTES || length > in.remaining()) {
            throw new DamagedBundleException("a manifest of " + length + " bytes with " + in.remaining()
                    + " to come, expected 1 to " + ManifestCodec.MAX_BYTES);
        }
        return new Envelope(keyId, signature, take(in, length));
    }

    private static byte[] take(ByteBuffer in, int bytes) {
        byte[] taken = new byte[bytes];
        in.get(taken);
        return taken;
    }
}
