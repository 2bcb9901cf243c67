package org.anticall.rules.model;

import org.anticall.rules.call.Verdict;

/** What a rule, or one case of it, says when it hits. */
public sealed interface Action {

    /** The call is decided. */
    record Decide(Verdict verdict) implements Action {}

    /** The rule has nothing against the call; the rules after it go on. */
    record Continue() implements Action {}

    /** Whether the citizen does not get the call as it came, which takes a legal basis. */
    default boolean isInterception() {
        return this instanceof Decide decide && decide.verdict().kind().isInterception();
    }
}
