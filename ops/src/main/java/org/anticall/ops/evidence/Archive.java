package org.anticall.ops.evidence;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.anticall.ops.store.Records;
import org.anticall.rules.record.DecisionRecord;
import org.anticall.rules.record.DecisionRecordCodec;
import org.anticall.rules.record.MalformedRecordException;

/** The stored records, read back from the very bytes the gateways sent. */
public final class Archive {

    private final Records records;

    public Archive(Records records) {
        this.records = records;
    }

    /** @throws IllegalStateException if the stored line is damaged */
    public Optional<DecisionRecord> find(String id) {
        return records.line(id).map(Archive::decoded);
    }

    /** The latest records with this verdict ({@code divert}), newest first. */
    public List<DecisionRecord> latest(String verdict, int most) {
        return records.latest(verdict, most).stream().map(Archive::decoded).toList();
    }

    /** The latest records since {@code since}, newest first. */
    public List<DecisionRecord> since(Instant since, int most) {
        return records.since(since, most).stream().map(Archive::decoded).toList();
    }

    private static DecisionRecord decoded(byte[] line) {
        try {
            return DecisionRecordCodec.decode(line);
        } catch (MalformedRecordException damaged) {
            throw new IllegalStateException("a stored record is damaged: " + damaged.getMessage(), damaged);
        }
    }
}
