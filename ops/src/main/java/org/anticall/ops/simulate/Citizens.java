package org.anticall.ops.simulate;

import java.io.IOException;
import java.time.Duration;
import org.anticall.ops.sip.agent.CalledParty;
import org.anticall.ops.sip.agent.Manner;
import org.jspecify.annotations.Nullable;

/** Everybody who is called: each treats a call as its plan says. */
final class Citizens {

    private static final int NOT_FOUND = 404;

    private Citizens() {}

    static CalledParty open(DemoPorts ports, Ledger ledger) throws DemoUnavailable {
        try {
            return CalledParty.open("citizens", DemoPorts.HOST, ports.core(), call -> {
                CallTrace trace = ledger.withCallId(call.callId());
                if (trace == null) {
                    return connected(ledger.withSession(call.session()));
                }
                trace.arrived(call);
                return trace.plan().callee();
            });
        } catch (IOException e) {
            throw new DemoUnavailable("the simulated citizens cannot listen: " + e.getMessage(), e);
        }
    }

    /** What becomes of a call that an operator has answered and lets go on: the desk places it anew. */
    private static Manner connected(@Nullable CallTrace answered) {
        return answered == null
                ? new Manner.Refuses(Duration.ZERO, NOT_FOUND)
                : answered.plan().callee();
    }
}
