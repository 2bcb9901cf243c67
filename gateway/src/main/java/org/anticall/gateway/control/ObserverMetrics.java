package org.anticall.gateway.control;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What call detail records and the mirror to Homer did, and did not. */
final class ObserverMetrics implements Consumer<Families> {

    private final @Nullable CdrWriter cdrs;
    private final @Nullable HepMirror mirror;

    ObserverMetrics(@Nullable CdrWriter cdrs, @Nullable HepMirror mirror) {
        this.cdrs = cdrs;
        this.mirror = mirror;
    }

    @Override
    public void accept(Families families) {
        if (cdrs != null) {
            families.counter("anticall_cdr_written", "Call detail records written.")
                    .add(cdrs.written());
            families.counter(
                            "anticall_cdr_dropped",
                            "Calls without a detail record: too many at once, or the disk fails.")
                    .add(cdrs.dropped());
        }
        if (mirror != null) {
            families.counter("anticall_hep_sent", "Packets sent to the HEP collector.")
                    .add(mirror.sent());
            families.counter("anticall_hep_dropped", "Packets that were to be mirrored and were not.")
                    .add(mirror.dropped());
        }
    }
}
