package org.anticall.gateway.verdict.roaming;

import java.util.concurrent.atomic.LongAdder;

/** What became of questions to the roaming oracle. Thread-safe. */
public final class RoamingCounters {

    /** Questions answered from memory. */
    public final LongAdder remembered = new LongAdder();

    /** Questions that waited for the answer to an equal one. */
    public final LongAdder joined = new LongAdder();

    /** Questions sent to the look-up. */
    public final LongAdder sent = new LongAdder();

    /** Questions not sent because too many were pending. */
    public final LongAdder tooMany = new LongAdder();

    /** Questions not sent because the look-up rests after failures. */
    public final LongAdder resting = new LongAdder();

    /** Questions the look-up did not answer in time. */
    public final LongAdder late = new LongAdder();

    /** Questions the look-up answered with nonsense, a failure, or not at all. */
    public final LongAdder failed = new LongAdder();
}
