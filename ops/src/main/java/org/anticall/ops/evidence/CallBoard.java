package org.anticall.ops.evidence;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.anticall.ops.desk.DeskCall;
import org.anticall.ops.desk.DeskListener;
import org.anticall.ops.desk.SeatStatus;
import org.anticall.rules.call.Verdict;
import org.anticall.rules.record.DecisionRecord;
import org.jspecify.annotations.Nullable;

/**
 * The diverted calls of the last hours and the seats, joined from two sources that know nothing of each other: the desk
 * tells states, the gateways' records tell reasons, and either may be first. Held in memory, bounded. Thread-safe; no
 * method blocks, so the desk may call it on its own thread.
 */
public final class CallBoard implements DeskListener {

    /** Most calls on the board; the oldest that is over leaves first. */
    static final int MOST_CALLS = 1_500;

    /** Most records that wait for their call. */
    static final int MOST_GROUNDS = 5_000;

    private final Map<String, DeskCall> calls = new LinkedHashMap<>();
    private final Map<String, SeatStatus> seats = new TreeMap<>();
    private final Map<String, Ground> grounds = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Ground> eldest) {
            return size() > MOST_GROUNDS;
        }
    };
    private final Map<String, Instant> answered = new HashMap<>();
    private final List<BoardView> views = new CopyOnWriteArrayList<>();
    private long seq;

    /** A view that begins with a snapshot. The caller closes it. */
    public BoardView view() {
        BoardView view = new BoardView(this);
        views.add(view);
        return view;
    }

    /** All calls and seats as they are now. */
    public synchronized BoardChange snapshot() {
        List<BoardCall> all = new ArrayList<>();
        calls.values().forEach(call -> all.add(joined(call)));
        Collections.reverse(all);
        return new BoardChange(seq, true, all, new ArrayList<>(seats.values()));
    }

    /** The call {@code recordId}, null if it is not on the board. */
    public synchronized @Nullable BoardCall find(String recordId) {
        DeskCall call = calls.get(recordId);
        return call == null ? null : joined(call);
    }

    @Override
    public synchronized void changed(DeskCall call) {
        calls.put(call.recordId(), call);
        if (call.state() == DeskCall.State.ANSWERED) {
            answered.putIfAbsent(call.recordId(), call.changedAt());
        }
        if (calls.size() > MOST_CALLS) {
            dropOldest();
        }
        tell(List.of(joined(call)), List.of());
    }

    @Override
    public synchronized void changed(SeatStatus seat) {
        seats.put(seat.seat(), seat);
        tell(List.of(), List.of(seat));
    }

    /** A record was stored. Only those of diverted calls belong on the board. */
    public synchronized void recorded(DecisionRecord record) {
        if (record.decision().verdict().kind() != Verdict.Kind.DIVERT) {
            return;
        }
        grounds.put(record.id(), Ground.of(record));
        DeskCall call = calls.get(record.id());
        if (call != null) {
            tell(List.of(joined(call)), List.of());
        }
    }

    synchronized BoardChange snapshotFor(BoardView view) {
        view.restart();
        return snapshot();
    }

    void remove(BoardView view) {
        views.remove(view);
    }

    private BoardCall joined(DeskCall call) {
        return new BoardCall(call, grounds.get(call.recordId()), answered.get(call.recordId()));
    }

    private void dropOldest() {
        String oldest = null;
        for (DeskCall call : calls.values()) {
            if (oldest == null || call.state().isFinal()) {
                oldest = call.recordId();
            }
            if (call.state().isFinal()) {
                break;
            }
        }
        calls.remove(oldest);
        answered.remove(oldest);
    }

    private void tell(List<BoardCall> changedCalls, List<SeatStatus> changedSeats) {
        BoardChange change = new BoardChange(++seq, false, changedCalls, changedSeats);
        views.forEach(view -> view.offer(change));
    }
}
