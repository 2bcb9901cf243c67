package org.anticall.ops.simulate;

import java.io.IOException;
import java.time.Duration;
import org.anticall.ops.sip.agent.CalledParty;
import org.anticall.ops.sip.agent.Manner;

/** Everybody who is called: each treats a call as its plan says. */
final class Citizens {

    private static final int NOT_FOUND = 404;

    private Citizens() {}

    static CalledParty open(DemoPorts ports, Ledger ledger) throws DemoUnavailable {
        try {
            return CalledParty.open("citizens", DemoPorts.HOST, ports.core(), call -> {
                CallTrace trace = ledger.withCallId(call.callId());
                if (trace == null) {
                    return new Manner.Refuses(Duration.ZERO, NOT_FOUND);
                }
                trace.arrived(call);
                return trace.plan().callee();
            });
        } catch (IOException e) {
            throw new DemoUnavailable("the simulated citizens cannot listen: " + e.getMessage(), e);
        }
    }
}
