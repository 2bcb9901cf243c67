package org.anticall.ops.simulate;

import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.anticall.ops.sip.agent.CallWatcher;
import org.anticall.ops.sip.agent.Carrier;

/**
 * Places calls at an even rate, whatever becomes of those before (an open loop). While an operator waits at the console,
 * every now and then the next one is suspect. Owned by one thread.
 */
final class Callers {

    private static final long SUSPECT_APART_NANOS = 1_500_000_000L;

    private final Carrier carrier;
    private final Traffic traffic;
    private final Ledger ledger;
    private final BooleanSupplier operatorWaits;

    Callers(Carrier carrier, Traffic traffic, Ledger ledger, BooleanSupplier operatorWaits) {
        this.carrier = carrier;
        this.traffic = traffic;
        this.ledger = ledger;
        this.operatorWaits = operatorWaits;
    }

    /**
     * Places {@code calls} calls, or calls without end if that is 0; returns when the last is placed, or {@code goOn} says
     * no, or the thread is interrupted.
     *
     * @param rate calls a second
     */
    void place(int calls, double rate, BooleanSupplier goOn) {
        long start = System.nanoTime();
        double step = 1e9 / rate;
        long suspectFrom = start;
        for (long i = 0; (calls == 0 || i < calls) && goOn.getAsBoolean(); i++) {
            long due = start + (long) (i * step);
            for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
                LockSupport.parkNanos(left);
                if (Thread.currentThread().isInterrupted()) {
                    return;
                }
            }
            if (due - suspectFrom >= 0 && operatorWaits.getAsBoolean()) {
                suspectFrom = due + SUSPECT_APART_NANOS;
                place(traffic.plan(Recipe.ROTATING));
            } else {
                place(traffic.next());
            }
        }
    }

    private void place(PlannedCall plan) {
        CallTrace trace = ledger.open(plan);
        carrier.place(plan.offer(), plan.patience(), plan.talk(), new CallWatcher() {
            @Override
            public void progress(int status) {
                trace.progress(status);
            }

            @Override
            public void answered(String session) {
                trace.answered(session);
            }

            @Override
            public void declined(int status) {
                trace.declined(status);
                ledger.settle(trace);
            }

            @Override
            public void ended() {
                trace.ended();
                ledger.settle(trace);
            }
        });
    }
}
