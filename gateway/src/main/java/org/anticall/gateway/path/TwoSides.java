package org.anticall.gateway.path;

import org.anticall.gateway.transport.Port;
import org.jspecify.annotations.Nullable;

/**
 * Who talks to whom in a call: the caller by the hash of its tag, and by theirs the two phones that rang or answered last,
 * each with the leg it was reached by. Owned by one event loop.
 */
abstract class TwoSides {

    /** Stands for a missing tag; in no dialog. */
    static final long NOBODY = 0;

    private long caller = NOBODY;
    private @Nullable Port callerPort;
    private long callee = NOBODY;
    private @Nullable Leg calleeLeg;
    private long otherCallee = NOBODY;
    private @Nullable Leg otherLeg;
    private boolean ringing;

    void calledBy(long tag, Port port) {
        caller = tag;
        callerPort = port;
    }

    void calls(long tag, Leg leg) {
        if (tag != callee) {
            otherCallee = callee;
            otherLeg = calleeLeg;
            callee = tag;
        }
        calleeLeg = leg;
    }

    /** What the caller is reached by. */
    @Nullable
    Port callerPort() {
        return callerPort;
    }

    /** The leg to the phone with that tag, if the caller has the other one; null if there is no such dialog. */
    @Nullable
    Leg leg(long callerTag, long calleeTag) {
        if (callerTag != caller || callerTag == NOBODY || calleeTag == NOBODY) {
            return null;
        }
        if (calleeTag == callee) {
            return calleeLeg;
        }
        return calleeTag == otherCallee ? otherLeg : null;
    }

    /** Whether a request with those tags is in a dialog of this call; who has no tag has but one (RFC 2543). */
    boolean hasDialog(long callerTag, long calleeTag) {
        return callerTag == caller && (calleeTag == callee || calleeTag == otherCallee);
    }

    boolean isCaller(long tag) {
        return tag == caller;
    }

    /** Whether it is known as one that rings. */
    boolean isRinging() {
        return ringing;
    }

    void isRinging(boolean known) {
        ringing = known;
    }
}
