package org.anticall.rules.number;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;

/**
 * The one written form of a list, {@code number;until;note} a line, ascending; entries without end and note are the bare
 * number. Writes ten million lines without an object for each.
 */
final class ListText {

    private static final int CHUNK_BYTES = 64 * 1024;
    /** {@code +}, fifteen digits, {@code *}, line feed. */
    private static final int LONGEST_PLAIN_LINE = 18;

    private final NumberList list;

    ListText(NumberList list) {
        this.list = list;
    }

    /** SHA-256 of the text in hex; {@code keys} are those of the list, ascending. */
    String sha256(long[] keys) {
        try {
            DigestOutputStream out =
                    new DigestOutputStream(OutputStream.nullOutputStream(), MessageDigest.getInstance("SHA-256"));
            write(keys, out);
            return HexFormat.of().formatHex(out.getMessageDigest().digest());
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java platform has SHA-256", impossible);
        } catch (IOException impossible) {
            throw new UncheckedIOException("a digest does not refuse bytes", impossible);
        }
    }

    void write(long[] keys, OutputStream out) throws IOException {
        byte[] chunk = new byte[CHUNK_BYTES];
        int length = 0;
        boolean plain = list.isPlain();
        for (long key : keys) {
            if (length > CHUNK_BYTES - LONGEST_PLAIN_LINE) {
                out.write(chunk, 0, length);
                length = 0;
            }
            if (plain && !NumberListBuilder.isShortCode(key)) {
                length = putLine(chunk, length, key);
            } else {
                out.write(chunk, 0, length);
                length = 0;
                out.write(line(list.entry(list.indexOf(key))).getBytes(StandardCharsets.UTF_8));
            }
        }
        out.write(chunk, 0, length);
    }

    private static int putLine(byte[] out, int from, long key) {
        long rest = key >>> 1;
        int digits = E164.digits(rest);
        int at = from;
        out[at] = '+';
        for (int place = digits; place > 0; place--) {
            long tenth = rest / 10;
            out[at + place] = (byte) ('0' + (rest - tenth * 10));
            rest = tenth;
        }
        at += digits + 1;
        if ((key & NumberListBuilder.PREFIX) != 0) {
            out[at++] = '*';
        }
        out[at++] = '\n';
        return at;
    }

    private static String line(NumberList.Entry entry) {
        String until = entry.untilEpochMillis() == NumberList.FOR_EVER
                ? ""
                : Instant.ofEpochMilli(entry.untilEpochMillis()).toString();
        return until.isEmpty() && entry.note().isEmpty()
                ? entry.text() + "\n"
                : entry.text() + ";" + until + ";" + entry.note() + "\n";
    }
}
