package org.anticall.rules.bundle;

/**
 * What a receiver takes at most.
 *
 * @param bundleBytes a bundle as it comes, 1 byte to 2 GiB
 * @param contentBytes all its parts together when unpacked, 1 byte to 2 GiB
 */
public record BundleLimits(int bundleBytes, int contentBytes) {

    /** Room for lists of some ten million numbers: 256 MiB as it comes, 1 GiB unpacked. */
    public static final BundleLimits DEFAULT = new BundleLimits(256 << 20, 1 << 30);

    public BundleLimits {
        if (bundleBytes < 1 || contentBytes < 1) {
            throw new IllegalArgumentException(
                    "limits are " + bundleBytes + " and " + contentBytes + " bytes, expected at least 1");
        }
    }

    /** Refuses parts that are larger unpacked than this takes, before any is unpacked. */
    void check(Manifest manifest) throws DamagedBundleException {
        long bytes = 0;
        for (Manifest.Part part : manifest.parts()) {
            // A thousand parts of 2 GiB at most: no overflow.
            bytes += Math.min(part.bytes(), Integer.MAX_VALUE);
        }
        if (bytes > contentBytes) {
            throw new DamagedBundleException(
                    Refusal.TOO_LARGE, "its parts have " + bytes + " bytes or more, expected at most " + contentBytes);
        }
    }
}
