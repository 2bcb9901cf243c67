package org.anticall.gateway.path;

import org.anticall.gateway.config.Timers;

/**
 * The time limits of calls in nanoseconds (RFC 3261 §17, Table 4).
 *
 * @param t1 first retransmission interval
 * @param t2 longest retransmission interval
 * @param t4 longest life of a message in the network
 * @param transaction 64×T1: timers B, F, H, L and the life of an answered call's transaction
 * @param ringing Timer C
 * @param hopAnswer without any response after this the next hop is tried
 */
record PathTimers(long t1, long t2, long t4, long transaction, long ringing, long hopAnswer) {

    /** A deadline that never comes. */
    static final long NEVER = Long.MAX_VALUE;

    static PathTimers of(Timers timers) {
        long t1 = timers.t1().toNanos();
        return new PathTimers(
                t1,
                timers.t2().toNanos(),
                timers.t4().toNanos(),
                64 * t1,
                timers.ringing().toNanos(),
                timers.hopAnswer().toNanos());
    }
}
