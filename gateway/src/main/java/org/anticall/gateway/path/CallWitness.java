package org.anticall.gateway.path;

import java.util.List;
import org.anticall.gateway.sip.HeaderId;
import org.anticall.gateway.sip.SipMessage;
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
    private final KeyHash hash;
    private final AnsweredCalls answered = new AnsweredCalls();

    CallWitness(List<CallEvents> listeners, PathCounters counters, KeyHash hash) {
        this.listeners = listeners.toArray(new CallEvents[0]);
        this.counters = counters;
        this.hash = hash;
    }

    /** What stands for the Call-ID of {@code message}. Uses the loop's hash: keep its key before. */
    long callHash(SipMessage message) {
        int line = message.first(HeaderId.CALL_ID);
        return hash.begin()
                .add(message.bytes(), message.valueStart(line), message.valueEnd(line))
                .high();
    }

    /** Answered calls whose end has not been seen yet. */
    int answeredCalls() {
        return answered.size();
    }

    void began(CallStory call, SipMessage invite) {
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
        giveUp(answered.add(call), now);
    }

    /** A failure went upstream, or, with status 0, nothing will. */
    void failed(CallStory call, int status, CallStory.EndedBy by, long now) {
        if (!call.hasEnded() && !call.isAnswered()) {
            call.failed(status, by, now);
            ended(call);
        }
    }

    /** A BYE was forwarded. */
    void bye(SipMessage bye, boolean fromCaller, long now) {
        CallStory call = answered.take(callHash(bye));
        if (call != null) {
            call.ended(fromCaller ? CallStory.EndedBy.CALLER : CallStory.EndedBy.CALLEE, now);
            ended(call);
        }
    }

    /** Gives up calls that cannot last any longer; at most one at a time. */
    void tick(long now) {
        giveUp(answered.takeOverdue(now), now);
    }

    /** Nobody will see how the rest ends. */
    void close(long now) {
        for (CallStory call = answered.takeOldest(); call != null; call = answered.takeOldest()) {
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
