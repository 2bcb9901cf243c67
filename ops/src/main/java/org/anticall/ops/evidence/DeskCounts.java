package org.anticall.ops.evidence;

import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import org.anticall.ops.desk.DeskCall;
import org.anticall.ops.desk.DeskListener;
import org.anticall.ops.desk.SeatStatus;

/** How the desk's calls have come out since the start, and how long they waited. Written by the desk, read by anybody. */
public final class DeskCounts implements DeskListener {

    private final Map<DeskCall.Outcome, LongAdder> ends = new EnumMap<>(DeskCall.Outcome.class);
    private final LongAdder answered = new LongAdder();
    private final LongAdder waitedMillis = new LongAdder();

    public DeskCounts() {
        for (DeskCall.Outcome outcome : DeskCall.Outcome.values()) {
            ends.put(outcome, new LongAdder());
        }
    }

    @Override
    public void changed(DeskCall call) {
        if (call.state() == DeskCall.State.ANSWERED) {
            answered.increment();
            waitedMillis.add(Math.max(
                    0, Duration.between(call.offeredAt(), call.changedAt()).toMillis()));
        }
        DeskCall.Outcome outcome = call.outcome();
        LongAdder count = outcome == null ? null : ends.get(outcome);
        if (count != null) {
            count.increment();
        }
    }

    @Override
    public void changed(SeatStatus seat) {
        // What seats do now is on the board.
    }

    /** Calls that ended so. */
    public long ended(DeskCall.Outcome outcome) {
        LongAdder count = ends.get(outcome);
        return count == null ? 0 : count.sum();
    }

    /** Calls an operator has answered. */
    public long answered() {
        return answered.sum();
    }

    /** How long all answered calls together waited for an operator, in seconds. */
    public double waitedSeconds() {
        return waitedMillis.sum() / 1000.0;
    }
}
