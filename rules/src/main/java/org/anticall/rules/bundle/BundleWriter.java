package org.anticall.rules.bundle;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;

/**
 * Puts envelope and parts together and ends them with the SHA-256 of all that. This last digest gives no authority, that is
 * the signature's business; it tells a bundle that was damaged on the way from one that somebody made.
 */
final class BundleWriter {

    private BundleWriter() {}

    /** @param packed the parts in the manifest's order */
    static byte[] write(Envelope envelope, List<byte[]> packed) {
        long bytes = (long) envelope.bytes() + Digests.BYTES;
        for (byte[] each : packed) {
            bytes += each.length;
        }
        ByteBuffer out = ByteBuffer.allocate(Math.toIntExact(bytes));
        envelope.write(out);
        packed.forEach(out::put);
        return sealed(out.array());
    }

    /** {@code bundle} with its last {@value Digests#BYTES} bytes overwritten by the digest of those before. */
    static byte[] sealed(byte[] bundle) {
        int end = bundle.length - Digests.BYTES;
        System.arraycopy(Digests.sha256(bundle, 0, end), 0, bundle, end, Digests.BYTES);
        return bundle;
    }

    /** What stands before the digest, if the digest fits. */
    static ByteBuffer unsealed(byte[] bundle) throws DamagedBundleException {
        int end = bundle.length - Digests.BYTES;
        if (end < 0 || !Arrays.equals(Digests.sha256(bundle, 0, end), Arrays.copyOfRange(bundle, end, bundle.length))) {
            throw new DamagedBundleException(
                    "its last bytes are not the digest of the others: cut or changed on the way");
        }
        return ByteBuffer.wrap(bundle, 0, end);
    }
}
