package org.anticall.rules.engine;

import org.anticall.rules.call.CallFacts;

/** A compiled condition. Immutable; {@link #holds} allocates nothing. */
public interface Test {

    /**
     * Whether it holds.
     *
     * @param facts the call
     * @param classes what the tables say of its numbers, packed as in {@link CallView}
     */
    Truth holds(CallFacts facts, long classes);

    /** What is so in this call that makes the condition hold or fail, for people; a full clause without a full stop. */
    String why(CallFacts facts, long classes);
}
