package org.anticall.gateway.control;

import java.util.function.Consumer;
import org.anticall.gateway.journal.DecisionJournal;
import org.anticall.gateway.journal.RecordShipper;
import org.jspecify.annotations.Nullable;

/** The journal and the way of its records to ops. */
final class JournalMetrics implements Consumer<Families> {

    private final DecisionJournal journal;
    private final @Nullable RecordShipper shipper;

    JournalMetrics(DecisionJournal journal, @Nullable RecordShipper shipper) {
        this.journal = journal;
        this.shipper = shipper;
    }

    @Override
    public void accept(Families families) {
        families.counter("anticall_journal_records_accepted", "Decision records accepted.")
                .add(journal.accepted());
        families.counter("anticall_journal_accepted_bytes", "Bytes of the decision records accepted.")
                .add(journal.acceptedBytes());
        families.counter("anticall_journal_records_refused", "Decision records refused: no room, or the disk fails.")
                .add(journal.refused());
        families.gauge("anticall_journal_segments", "Segment files on disk.").add(journal.segmentCount());
        families.gauge("anticall_journal_well", "1 while the journal needs no help, else 0.")
                .add(journal.condition().isWell() ? 1 : 0);
        if (shipper != null) {
            families.gauge("anticall_journal_backlog_bytes", "Bytes on disk that ops has not confirmed.")
                    .add(shipper.backlogBytes());
            families.counter("anticall_records_shipped", "Records ops has confirmed.")
                    .add(shipper.shipped());
            families.counter("anticall_records_refused_by_ops", "Records ops would not have; kept in a file.")
                    .add(shipper.refused());
            families.counter("anticall_records_damaged", "Records whose checksum did not hold.")
                    .add(shipper.damaged());
            families.counter("anticall_records_shipping_failures", "Attempts to ship that failed.")
                    .add(shipper.failures());
        }
    }
}
