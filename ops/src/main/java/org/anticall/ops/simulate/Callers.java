package org.anticall.ops.simulate;

import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.anticall.ops.sip.agent.CallWatcher;
import org.anticall.ops.sip.agent.Carrier;

/** Places calls at an even rate, whatever becomes of those before (an open loop). Owned by one thread. */
final class Callers {

    private final Carrier carrier;
    private final Traffic traffic;
    private final Ledger ledger;

    Callers(Carrier carrier, Traffic traffic, Ledger ledger) {
        this.carrier = carrier;
        this.traffic = traffic;
        this.ledger = ledger;
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
        for (long i = 0; (calls == 0 || i < calls) && goOn.getAsBoolean(); i++) {
            long due = start + (long) (i * step);
            for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
                LockSupport.parkNanos(left);
                if (Thread.currentThread().isInterrupted()) {
                    return;
                }
            }
            place(traffic.next());
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
