package org.anticall.ops.sip;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.anticall.ops.desk.DeskCall;
import org.anticall.ops.desk.SeatStatus;
import org.jspecify.annotations.Nullable;

/** Notices what has changed about the calls that are talked on and hands only that to {@link KeptCalls}. Owned by the desk's thread. */
final class Upkeep {

    private final KeptCalls kept;
    private final Map<String, KeptCall> calls = new HashMap<>();
    private List<KeptSeat> seats = List.of();

    Upkeep(KeptCalls kept) {
        this.kept = kept;
    }

    /** What an earlier run left is ours now. */
    void begin(Collection<KeptCall> found) {
        found.forEach(call -> calls.put(call.recordId(), call));
    }

    void look(DivertedCallSignals call, @Nullable DeskCall known) {
        KeptCall before = calls.get(call.recordId());
        KeptCall now = call.keepable(known, before == null ? null : before.facts());
        if (now != null && !now.equals(before)) {
            calls.put(now.recordId(), now);
            kept.keep(now);
        }
    }

    /** All other calls are over. */
    void retain(Set<String> open) {
        for (String each : List.copyOf(calls.keySet())) {
            if (!open.contains(each)) {
                calls.remove(each);
                kept.forget(each);
            }
        }
    }

    /** @param atConsole the seats whose operators sit at a page */
    void look(List<SeatStatus> all, Set<String> atConsole) {
        List<KeptSeat> now = new ArrayList<>();
        for (SeatStatus each : all) {
            if (atConsole.contains(each.seat())) {
                now.add(new KeptSeat(each.seat(), each.pauseReason(), each.unfiled() ? each.recordId() : null));
            }
        }
        if (!now.equals(seats)) {
            seats = now;
            kept.keepSeats(now);
        }
    }
}
