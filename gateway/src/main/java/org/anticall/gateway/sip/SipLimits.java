package org.anticall.gateway.sip;

/**
 * What a message may cost to read. A longer message is not framed; what else is beyond a limit is refused.
 *
 * @param maxBytes longest message, bytes
 * @param maxUriBytes longest Request-URI, bytes
 * @param maxHeaders most header lines
 * @param maxHops most Via values, and most Route values
 */
public record SipLimits(int maxBytes, int maxUriBytes, int maxHeaders, int maxHops) {

    /** Longest datagram that is read, bytes: room for every message seen on an interconnect, and far below what hurts. */
    public static final int MAX_DATAGRAM_BYTES = 8191;

    /** Longest start line and headers on a stream, bytes. */
    public static final int MAX_HEAD_BYTES = 16 << 10;

    /** Longest body on a stream, bytes. */
    public static final int MAX_BODY_BYTES = 44 << 10;

    /** What the longest message of a stream needs; none is longer than a datagram could be (RFC 3261 §18.1.1). */
    public static final SipLimits DEFAULT = new SipLimits(MAX_HEAD_BYTES + MAX_BODY_BYTES, 2048, 128, 70);

    public SipLimits {
        if (maxBytes < 256 || maxUriBytes < 64 || maxHeaders < 8 || maxHops < 1) {
            throw new IllegalArgumentException(
                    "limits of at least 256 bytes, 64 bytes of URI, 8 headers and 1 hop, not " + maxBytes + ", "
                            + maxUriBytes + ", " + maxHeaders + ", " + maxHops);
        }
    }
}
