package org.anticall.rules.model;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Some orders, ascending by their numbers: a part of a bundle of its own, so that one order that changes is one small
 * part that changes. Two sets that have it in common share it.
 *
 * @param file name of the file it stands in
 * @param digest SHA-256 in hex of that file's bytes, empty if nobody knows
 * @param lines the orders, ascending
 * @param rows in which line of the file each of them stands, from 1
 * @param sha256 of the lines in their one written form, in hex
 */
public record OrderTable(String file, String digest, List<OrderLine> lines, List<Integer> rows, String sha256) {

    public OrderTable {
        lines = List.copyOf(lines);
        rows = List.copyOf(rows);
    }

    /** A table of {@code lines}, ascending by their numbers. */
    static OrderTable of(String file, String digest, List<OrderLine> lines, List<Integer> rows) {
        try {
            MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
            lines.forEach(line -> sha256.update((line.text() + "\n").getBytes(StandardCharsets.UTF_8)));
            return new OrderTable(file, digest, lines, rows, HexFormat.of().formatHex(sha256.digest()));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java platform has SHA-256", impossible);
        }
    }

    /** The order with that number, null if it is not here. */
    public @Nullable OrderLine find(long number) {
        int at = indexOf(number);
        return at < 0 ? null : lines.get(at);
    }

    /** Where {@code line}, which is one of this table, stands. */
    public Place place(OrderLine line) {
        return new Place(file, rows.get(indexOf(line.number())), 1);
    }

    private int indexOf(long number) {
        int low = 0;
        int high = lines.size() - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            long found = lines.get(middle).number();
            if (found == number) {
                return middle;
            }
            if (found < number) {
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        return -1;
    }
}
