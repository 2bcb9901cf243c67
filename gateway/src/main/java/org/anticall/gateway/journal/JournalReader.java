package org.anticall.gateway.journal;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;

/**
 * Reads accepted records in the order they were accepted, those of earlier processes first. Steps over what was claimed
 * and never accepted, and over records the disk has damaged, which it counts.
 */
final class JournalReader {

    private final NavigableMap<Long, Segment> segments;
    private long damaged;

    JournalReader(NavigableMap<Long, Segment> segments) {
        this.segments = segments;
    }

    /**
     * Some records and the position behind them.
     *
     * @param records may be empty
     */
    record Batch(List<byte[]> records, JournalPosition next) {}

    /** Records whose checksum did not hold, so far. */
    long damaged() {
        return damaged;
    }

    /**
     * Reads on from a position.
     *
     * @param maxRecords at most this many
     * @param maxBytes and no more once this many bytes are reached
     */
    Batch read(JournalPosition from, int maxRecords, int maxBytes) {
        List<byte[]> records = new ArrayList<>();
        JournalPosition position = from;
        int bytes = 0;
        while (records.size() < maxRecords && bytes < maxBytes) {
            Segment segment = segments.get(position.sequence());
            int word = segment == null ? Segment.SEALED : segment.word(position.offset());
            if (segment == null || endsAt(segment, position.offset(), word)) {
                Map.Entry<Long, Segment> next = segments.higherEntry(position.sequence());
                if (next == null) {
                    break;
                }
                position = new JournalPosition(next.getKey(), Segment.HEADER_BYTES);
                continue;
            }
            if (word == 0 || (word < 0 && !segment.isFinal())) {
                break;
            }
            if (word > 0) {
                byte[] record = segment.record(position.offset(), word);
                if (segment.isIntact(position.offset(), record)) {
                    records.add(record);
                    bytes += record.length;
                } else {
                    damaged++;
                }
            }
            int frameBytes = Segment.frameBytes(Math.abs(word));
            position = new JournalPosition(position.sequence(), position.offset() + frameBytes);
        }
        return new Batch(records, position);
    }

    private static boolean endsAt(Segment segment, int offset, int word) {
        return word == Segment.SEALED || (segment.isFinal() && (word == 0 || !segment.holds(offset, Math.abs(word))));
    }
}
