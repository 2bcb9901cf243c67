package org.anticall.gateway.path;

import org.anticall.gateway.sip.SipMessage;
import org.anticall.rules.call.CallFacts;
import org.jspecify.annotations.Nullable;

/**
 * Whoever wants to know what becomes of calls: behaviour counters, metrics, CDRs. Called on the event loop that owns the
 * call, from several threads where the gateway has several loops, so nothing here may block, and nothing should allocate. What is thrown is counted and changes nothing for the call.
 *
 * <pre>
 *   began ──> judged ──> answered ──> ended (a BYE, or nobody knows when)
 *     │          └─────────────────> ended (failed, cancelled)
 *     └────────────────────────────> ended (the caller hung up before the verdict)
 * </pre>
 *
 * Retransmissions, and calls that passed unjudged above the gateway's limits, are told to nobody.
 */
public interface CallEvents {

    /** Nobody listens. */
    CallEvents NOBODY = new CallEvents() {};

    /**
     * A new call.
     *
     * @param invite as it came; not to be kept
     */
    default void began(CallStory call, SipMessage invite) {}

    /**
     * It has its verdict, and its record where it needs one.
     *
     * @param facts what the verdict rests on, null if they could not be read; not to be kept
     */
    default void judged(CallStory call, @Nullable CallFacts facts) {}

    /** The first 2xx went upstream. */
    default void answered(CallStory call) {}

    /** Nothing more will happen to it; the last event of every call, told once. */
    default void ended(CallStory call) {}
}
