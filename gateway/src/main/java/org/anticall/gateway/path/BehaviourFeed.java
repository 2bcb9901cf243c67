package org.anticall.gateway.path;

import org.anticall.gateway.verdict.Judge;
import org.anticall.rules.call.CallEnd;
import org.anticall.rules.number.PartyNumber;

/**
 * Tells the judge how the calls it counted went on: who ended them, how long they rang, how long the parties talked. What
 * nobody saw end, because its BYE went another way or the gateway restarted meanwhile, is told only once it has lasted as
 * long as no call does. On the event loop of the call.
 */
final class BehaviourFeed implements CallEvents {

    private static final long NANOS_PER_MILLI = 1_000_000;

    private final Judge judge;

    BehaviourFeed(Judge judge) {
        this.judge = judge;
    }

    @Override
    public void ended(CallStory call) {
        if (!call.isObserved() || isForgotten(call)) {
            return;
        }
        long caller = PartyNumber.isPresent(call.asserted()) ? call.asserted() : call.presented();
        judge.ended(new CallEnd(
                caller,
                call.callee(),
                call.arrivedMillis(),
                call.isAnswered() ? millis(call, call.answeredNanos()) : 0,
                millis(call, call.endedNanos()),
                party(call.endedBy())));
    }

    private static boolean isForgotten(CallStory call) {
        return call.isAnswered()
                && call.endedBy() == CallStory.EndedBy.NOBODY_KNOWS
                && call.endedNanos() - call.answeredNanos() <= KnownCalls.LONGEST_CALL.toNanos();
    }

    private static long millis(CallStory call, long nanos) {
        return call.arrivedMillis() + (nanos - call.arrivedNanos()) / NANOS_PER_MILLI;
    }

    private static CallEnd.Party party(CallStory.EndedBy by) {
        return switch (by) {
            case CALLER -> CallEnd.Party.CALLER;
            case CALLEE -> CallEnd.Party.CALLEE;
            case GATEWAY, NOBODY_KNOWS -> CallEnd.Party.NETWORK;
        };
    }
}
