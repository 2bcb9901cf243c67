package org.anticall.ops.http;

import io.javalin.http.Context;
import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

/**
 * A file that somebody sends, read as it arrives: no longer than allowed, wherever its length was not told; not so slowly that
 * it holds a thread for ever; and a text by its first bytes, for a table that was sent as it lies on the disk (packed, or in
 * UTF-16) would else be a million wrong lines. One reader.
 */
final class SentFile extends InputStream {

    static final Duration GRACE = Duration.ofSeconds(30);
    static final long LEAST_BYTES_A_SECOND = 1_024;

    /** How files begin that are no text in UTF-8, in hex, and what they are. */
    private static final Map<String, String> BEGINNINGS = Map.of(
            "1f8b", "gzip",
            "504b0304", "zip or Excel",
            "d0cf11e0", "an old Excel file",
            "25504446", "PDF",
            "feff", "UTF-16",
            "fffe", "UTF-16");

    private static final int LOOKED_AT = 4;

    private final InputStream in;
    private final long mostBytes;
    private final long beginNanos = System.nanoTime();
    private long read;

    private SentFile(InputStream in, long mostBytes) {
        this.in = in;
        this.mostBytes = mostBytes;
    }

    /**
     * The body of a request.
     *
     * @throws Refused if it begins as no text does; while it is read, if it is too long or comes too slowly
     * @throws IOException if the sender goes away
     */
    static SentFile of(Context context, long mostBytes) throws IOException {
        return of(context.req().getInputStream(), mostBytes);
    }

    static SentFile of(InputStream in, long mostBytes) throws IOException {
        PushbackInputStream body = new PushbackInputStream(in, LOOKED_AT);
        byte[] first = body.readNBytes(LOOKED_AT);
        body.unread(first);
        StringBuilder hex = new StringBuilder();
        for (byte each : first) {
            hex.append(Character.forDigit(each >> 4 & 0xF, 16)).append(Character.forDigit(each & 0xF, 16));
            String what = BEGINNINGS.get(hex.toString());
            if (what != null) {
                throw new Refused(
                        415, "no-text", "Expected a text in UTF-8, found " + what + ".", Map.of("found", what));
            }
        }
        return new SentFile(body, mostBytes);
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] into, int from, int most) throws IOException {
        Objects.checkFromIndexSize(from, most, into.length);
        int got = in.read(into, from, most);
        read += Math.max(0, got);
        if (read > mostBytes) {
            throw new Refused(413, "file-size", "The file has at most " + mostBytes + " bytes.");
        }
        long seconds = TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - beginNanos);
        if (isTooSlow(seconds, read)) {
            throw new Refused(408, "slow", "The file comes at less than " + LEAST_BYTES_A_SECOND + " bytes a second.");
        }
        return got;
    }

    static boolean isTooSlow(long seconds, long bytes) {
        return seconds > GRACE.toSeconds() && bytes < seconds * LEAST_BYTES_A_SECOND;
    }
}
