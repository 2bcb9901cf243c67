package org.anticall.gateway.path;

import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.LongAdder;
import org.anticall.gateway.config.WireSettings;
import org.anticall.gateway.sip.Method;
import org.anticall.gateway.sip.SipFault;
import org.anticall.rules.call.Verdict;

/** What happened on the path of calls. Written by the event loops, read by anyone. */
public final class PathCounters {

    private final LongAdder[] requests = adders(Method.values().length);
    private final LongAdder[] responses = adders(7);
    private final LongAdder[] replies = adders(7);
    private final LongAdder[] faults = adders(SipFault.values().length);
    private final LongAdder[] strains = adders(Strain.values().length);
    private final LongAdder[] ladder = adders(Verdict.LadderStep.values().length);

    private final LongAdder[] deskCalls = adders(DeskPass.Outcome.values().length);

    /** Messages dropped because too many waited for the event loop they belong to. */
    public final LongAdder handOversDropped = new LongAdder();

    /** New calls: INVITEs without To-tag that were not retransmissions. */
    public final LongAdder calls = new LongAdder();

    /** INVITEs that came again and were absorbed. */
    public final LongAdder retransmissionsAbsorbed = new LongAdder();

    /** Requests and responses the gateway itself sent again. */
    public final LongAdder retransmissionsSent = new LongAdder();

    /** Responses that belong to nothing. */
    public final LongAdder strayResponses = new LongAdder();

    /** Calls passed unjudged because too many were in flight. */
    public final LongAdder overloadPassed = new LongAdder();

    /** Calls refused because too many were in flight. */
    public final LongAdder overloadRefused = new LongAdder();

    /** Legs to which nobody answered in time. */
    public final LongAdder hopTimeouts = new LongAdder();

    /** OPTIONS sent to next hops. */
    public final LongAdder hopProbes = new LongAdder();

    /** OPTIONS next hops did not answer in time, or with 503. */
    public final LongAdder hopProbesMissed = new LongAdder();

    /** Calls the desk let go on to the callee. */
    public final LongAdder released = new LongAdder();

    /** Requests in dialogs and their responses, forwarded without memory. */
    public final LongAdder stateless = new LongAdder();

    /** Listeners to calls that threw something. */
    public final LongAdder listenerFailures = new LongAdder();

    /** Requests of SIP scanners, dropped without an answer. */
    public final LongAdder scanners = new LongAdder();

    /** Messages whose handling threw something. */
    public final LongAdder failures = new LongAdder();

    private final AtomicIntegerArray open = new AtomicIntegerArray(WireSettings.MAX_LOOPS);
    private final AtomicIntegerArray inSetup = new AtomicIntegerArray(WireSettings.MAX_LOOPS);
    private final AtomicIntegerArray answered = new AtomicIntegerArray(WireSettings.MAX_LOOPS);
    private final LongestTurn[] turns = turns();

    /** What loop {@code number} has at hand. */
    void atHand(int number, int openTransactions, int callsInSetup, int answeredCalls) {
        open.lazySet(number, openTransactions);
        inSetup.lazySet(number, callsInSetup);
        answered.lazySet(number, answeredCalls);
    }

    /** Calls whose transaction is open. */
    public int openTransactions() {
        return sum(open);
    }

    /** Calls that have no final response yet. */
    public int callsInSetup() {
        return sum(inSetup);
    }

    /** Answered calls whose end has not been seen yet. */
    public int answeredCalls() {
        return sum(answered);
    }

    /** How long turns of loop {@code number} take; written by that loop. */
    LongestTurn turns(int number) {
        return turns[number];
    }

    /** How long a turn of any loop took at most within the last minute, nanoseconds. */
    public long longestTurnNanos() {
        long longest = 0;
        for (LongestTurn each : turns) {
            longest = Math.max(longest, each.nanos());
        }
        return longest;
    }

    private static LongestTurn[] turns() {
        LongestTurn[] turns = new LongestTurn[WireSettings.MAX_LOOPS];
        for (int i = 0; i < turns.length; i++) {
            turns[i] = new LongestTurn();
        }
        return turns;
    }

    private static int sum(AtomicIntegerArray numbers) {
        int sum = 0;
        for (int i = 0; i < numbers.length(); i++) {
            sum += numbers.get(i);
        }
        return sum;
    }

    void request(Method method) {
        requests[method.ordinal()].increment();
    }

    void response(int status) {
        responses[status / 100].increment();
    }

    void replied(int status) {
        replies[status / 100].increment();
    }

    void fault(SipFault fault) {
        faults[fault.ordinal()].increment();
    }

    void deskCall(DeskPass.Outcome outcome) {
        deskCalls[outcome.ordinal()].increment();
    }

    /** Calls that hops placed and that were let through. */
    public long deskCallsPlaced() {
        return deskCalls[DeskPass.Outcome.VALID.ordinal()].sum();
    }

    /** Calls that hops placed and that were refused: without a token, or with one that is worth nothing. */
    public long deskCallsRefused() {
        long refused = 0;
        for (DeskPass.Outcome outcome : DeskPass.Outcome.values()) {
            refused += outcome == DeskPass.Outcome.VALID ? 0 : deskCalls[outcome.ordinal()].sum();
        }
        return refused;
    }

    /** Calls of hops whose token was found so. */
    long deskCalls(DeskPass.Outcome outcome) {
        return deskCalls[outcome.ordinal()].sum();
    }

    void strained(Strain strain) {
        strains[strain.ordinal()].increment();
    }

    void ladder(Verdict.LadderStep step) {
        ladder[step.ordinal()].increment();
    }

    /** Requests received by method. */
    public long requests(Method method) {
        return requests[method.ordinal()].sum();
    }

    /** Responses received by class, 1 to 6. */
    public long responses(int statusClass) {
        return responses[statusClass].sum();
    }

    /** Responses the gateway itself made by class, 1 to 6. */
    public long replies(int statusClass) {
        return replies[statusClass].sum();
    }

    /** Messages with that fault: dropped if it has no status, else refused. */
    public long faults(SipFault fault) {
        return faults[fault.ordinal()].sum();
    }

    /** Calls not admitted, or messages not read, because that limit was reached. */
    public long strains(Strain strain) {
        return strains[strain.ordinal()].sum();
    }

    /** Diverted calls that went down to that step because the desk did not take them. */
    public long ladderSteps(Verdict.LadderStep step) {
        return ladder[step.ordinal()].sum();
    }

    private static LongAdder[] adders(int count) {
        LongAdder[] adders = new LongAdder[count];
        for (int i = 0; i < count; i++) {
            adders[i] = new LongAdder();
        }
        return adders;
    }
}
