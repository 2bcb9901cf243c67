package org.anticall.ops.sip;

import java.time.Duration;

/**
 * How long the desk waits for parties of a call.
 *
 * @param ackPatience for the ACK of an answer
 * @param shortestSession the shortest session interval it agrees to, Min-SE; RFC 4028 §4 wants 90 s at least
 * @param session the interval it asks of phones
 */
record CallTerms(Duration ackPatience, Duration shortestSession, Duration session) {

    /**
     * A bit less than the 64*T1 after which the stack itself forgets a dialog without ACK, and could send no BYE; 90 s and half
     * an hour, as RFC 4028 recommends.
     */
    static final CallTerms USUAL =
            new CallTerms(Duration.ofSeconds(31), Duration.ofSeconds(90), Duration.ofMinutes(30));
}
