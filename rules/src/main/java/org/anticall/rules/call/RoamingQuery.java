package org.anticall.rules.call;

/**
 * The verdict hangs on where a subscriber is. Ask the roaming oracle, put the answer into the facts and decide again.
 *
 * @param party whose roaming state is missing
 * @param e164 the number to ask for
 */
public record RoamingQuery(Party party, long e164) implements Screening {

    /** A party of the call whose roaming state can decide. */
    public enum Party {
        CALLER,
        REDIRECTING
    }

    /** The facts with the answer filled in for the party asked for. */
    public CallFacts answer(CallFacts facts, RoamingAnswer answer) {
        return party == Party.CALLER ? facts.withCallerRoaming(answer) : facts.withRedirectingRoaming(answer);
    }
}
