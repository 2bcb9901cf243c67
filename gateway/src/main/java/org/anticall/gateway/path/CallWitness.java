package org.anticall.gateway.path;

import java.util.List;
import org.anticall.gateway.sip.SipMessage;
import org.anticall.gateway.transport.Port;
import org.anticall.rules.call.CallFacts;
import org.anticall.rules.call.Decision;
import org.anticall.rules.call.Verdict;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes the {@link CallStory} of every call and tells those who listen. A listener that throws is counted and otherwise
 * ignored. Owned by one event loop.
 */
final class CallWitness {

    private static final Logger LOG = LoggerFactory.getLogger(CallWitness.class);

    private final CallEvents[] listeners;
    private final PathCounters counters;
    private final KnownCalls known;

    CallWitness(List<CallEvents> listeners, PathCounters counters, KnownCalls known) {
        this.listeners = listeners.toArray(new CallEvents[0]);
        this.counters = counters;
        this.known = known;
    }

    void began(CallStory call, SipMessage invite, Port port) {
        known.began(call, invite, port);
        for (CallEvents listener : listeners) {
            try {
                listener.began(call, invite);
            } catch (Throwable thrown) {
                failed(thrown);
            }
        }
    }

    void judged(
            CallStory call, Decision decision, Verdict verdict, String recordId, @Nullable CallFacts facts, long now) {
        call.judged(decision, verdict, recordId, facts, now);
        for (CallEvents listener : listeners) {
            try {
                listener.judged(call, facts);
            } catch (Throwable thrown) {
                failed(thrown);
            }
        }
    }

    /** A leg said more than 100. */
    void progressed(CallStory call, Leg leg, SipMessage response, long now) {
        call.ringing(now);
        known.progressed(call, leg, response);
    }

    /** The first 2xx went upstream. */
    void answered(CallStory call, int status, boolean byDesk, long now) {
        call.answered(status, byDesk, now);
        for (CallEvents listener : listeners) {
            try {
                listener.answered(call);
            } catch (Throwable thrown) {
                failed(thrown);
            }
        }
        giveUp(known.answered(call), now);
    }

    /** A failure went upstream, or, with status 0, nothing will. */
    void failed(CallStory call, int status, CallStory.EndedBy by, long now) {
        known.rangOut(call);
        if (!call.hasEnded() && !call.isAnswered()) {
            call.failed(status, by, now);
            ended(call);
        }
    }

    /**
     * A BYE was forwarded.
     *
     * @param recalled whether only what is known of the call told where to
     */
    void bye(SipMessage bye, boolean recalled, long now) {
        CallStory call = known.takeEnded(bye);
        if (call != null) {
            call.ended(known.isOfCaller(call, bye) ? CallStory.EndedBy.CALLER : CallStory.EndedBy.CALLEE, now);
            ended(call);
            known.lingers(call, recalled);
        }
    }

    /** Gives up calls that cannot last any longer; at most one at a time. */
    void tick(long now) {
        giveUp(known.takeOverdue(now), now);
    }

    /** Nobody will see how the rest ends. */
    void close(long now) {
        for (CallStory call = known.takeOldest(); call != null; call = known.takeOldest()) {
            giveUp(call, now);
        }
    }

    private void giveUp(@Nullable CallStory call, long now) {
        if (call != null) {
            call.ended(CallStory.EndedBy.NOBODY_KNOWS, now);
            ended(call);
        }
    }

    private void ended(CallStory call) {
        for (CallEvents listener : listeners) {
            try {
                listener.ended(call);
            } catch (Throwable thrown) {
                failed(thrown);
            }
        }
    }

    private void failed(Throwable thrown) {
        counters.listenerFailures.increment();
        LOG.atDebug().setCause(thrown).log("a listener to calls failed");
    }
}
