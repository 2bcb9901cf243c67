package org.anticall.gateway.verdict;

import java.nio.charset.StandardCharsets;

/**
 * Makes ids of decision records: 20 characters of Crockford base 32 that sort by time. 45 bits of milliseconds, 20 bits
 * of the node's name, 35 bits of a counter that starts anywhere. Owned by one event loop.
 */
public final class RecordIds {

    /** Length of an id in characters. */
    public static final int LENGTH = 20;

    private static final byte[] DIGITS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ".getBytes(StandardCharsets.US_ASCII);

    private final long node;
    private long counter;

    /**
     * @param node name of the gateway
     * @param start where to start counting, best at random: a restart must not repeat an id of the same millisecond
     */
    public RecordIds(String node, long start) {
        long hash = 0xcbf29ce484222325L;
        for (byte b : node.getBytes(StandardCharsets.UTF_8)) {
            hash = (hash ^ b) * 0x100000001b3L;
        }
        this.node = ((hash ^ (hash >>> 32)) * 0x9E3779B97F4A7C15L) >>> 44;
        this.counter = start;
    }

    /** A new id for a call that arrived at {@code epochMillis}. */
    public String next(long epochMillis) {
        byte[] id = new byte[LENGTH];
        put(id, 0, 9, epochMillis);
        put(id, 9, 4, node);
        put(id, 13, 7, counter++);
        return new String(id, StandardCharsets.US_ASCII);
    }

    /** Whether a gateway of this name made that id. */
    public boolean isOurs(String id) {
        byte[] own = new byte[4];
        put(own, 0, 4, node);
        return id.length() == LENGTH && id.regionMatches(9, new String(own, StandardCharsets.US_ASCII), 0, 4);
    }

    private static void put(byte[] id, int from, int digits, long value) {
        for (int i = digits - 1; i >= 0; i--) {
            id[from + i] = DIGITS[(int) (value >>> (5 * (digits - 1 - i))) & 31];
        }
    }
}
