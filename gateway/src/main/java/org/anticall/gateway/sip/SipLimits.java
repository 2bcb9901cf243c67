package org.anticall.gateway.sip;

/**
 * What a message may cost to read. A message beyond a limit is not framed.
 *
 * @param maxBytes longest message, bytes
 * @param maxHeaders most header lines
 * @param maxHops most Via values, and most Route values
 */
public record SipLimits(int maxBytes, int maxHeaders, int maxHops) {

    /** Room for every message seen on an interconnect, and far below what hurts. */
    public static final SipLimits DEFAULT = new SipLimits(8191, 128, 70);

    public SipLimits {
        if (maxBytes < 256 || maxHeaders < 8 || maxHops < 1) {
            throw new IllegalArgumentException("limits of at least 256 bytes, 8 headers and 1 hop, not " + maxBytes
                    + ", " + maxHeaders + ", " + maxHops);
        }
    }
}
