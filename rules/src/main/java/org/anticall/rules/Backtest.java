package org.anticall.rules;

import java.util.EnumMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.anticall.rules.call.CallFacts;
import org.anticall.rules.call.Decision;
import org.anticall.rules.call.RoamingAnswer;
import org.anticall.rules.call.RoamingQuery;
import org.anticall.rules.call.Screening;
import org.anticall.rules.call.Verdict;
import org.anticall.rules.number.PartyNumber;
import org.anticall.rules.record.DecisionRecord;

/**
 * Judges recorded calls with two rule sets and counts where they part: what would change if the second followed the first.
 * Calls are judged with what the counters said then and the roaming answers of then; where the second set needs an answer
 * that nobody asked for, it gets UNKNOWN and the call is counted as assumed. Owned by one thread.
 */
public final class Backtest {

    /** The rule that stands before all others. */
    private static final String NEVER_TOUCH = "N01";

    private static final long HOUR_MILLIS = 3_600_000;

    private final RuleBook before;
    private final RuleBook after;
    private final Map<Verdict.Kind, Tally> verdicts = new EnumMap<>(Verdict.Kind.class);
    private final Map<String, Tally> rules = new TreeMap<>();
    private final Map<Long, Tally> divertsByHour = new TreeMap<>();
    private final Set<Long> newlyInterceptedCallers = new HashSet<>();
    private final Set<Long> freedCallers = new HashSet<>();
    private long calls;
    private long changed;
    private long freed;
    private long newlyIntercepted;
    private long newlyDiverted;
    private long noLongerDiverted;
    private long assumed;
    private long neverTouchHits;

    /** What both sets make of the same thing. */
    public static final class Tally {

        private long before;
        private long after;

        /** Calls under the first set. */
        public long before() {
            return before;
        }

        /** Calls under the second set. */
        public long after() {
            return after;
        }
    }

    /** Compares the active rules of {@code before} with those of {@code after}. */
    public Backtest(RuleBook before, RuleBook after) {
        this.before = before;
        this.after = after;
        for (Verdict.Kind kind : Verdict.Kind.values()) {
            verdicts.put(kind, new Tally());
        }
    }

    /** Judges the call of {@code record} with both. */
    public void take(DecisionRecord record) {
        calls++;
        CallFacts facts = record.facts();
        Decision old = judge(before, facts);
        Decision young = judge(after, facts);
        tally(verdicts, old.verdict().kind(), young.verdict().kind());
        tally(rules, name(old), name(young));
        countDiverts(facts, old, young);
        if (!old.verdict().equals(young.verdict())) {
            changed++;
            countMoves(facts, old.verdict().kind(), young.verdict().kind());
        }
        boolean neverTouch = after.plan().isEmergency(facts.callee()) || NEVER_TOUCH.equals(old.rule());
        neverTouchHits += neverTouch && young.verdict().kind().isInterception() ? 1 : 0;
    }

    private Decision judge(RuleBook book, CallFacts call) {
        CallFacts facts = call;
        Screening screening = book.decide(facts);
        boolean asked = false;
        while (screening instanceof RoamingQuery query) {
            asked = true;
            facts = query.answer(facts, RoamingAnswer.UNKNOWN);
            screening = book.decide(facts);
        }
        assumed += asked && book == after ? 1 : 0;
        return (Decision) screening;
    }

    private void countMoves(CallFacts facts, Verdict.Kind old, Verdict.Kind young) {
        long caller = PartyNumber.e164(facts.caller());
        if (!old.isInterception() && young.isInterception()) {
            newlyIntercepted++;
            newlyInterceptedCallers.add(caller);
        } else if (old.isInterception() && !young.isInterception()) {
            freed++;
            freedCallers.add(caller);
        }
        newlyDiverted += young == Verdict.Kind.DIVERT && old != young ? 1 : 0;
        noLongerDiverted += old == Verdict.Kind.DIVERT && old != young ? 1 : 0;
    }

    private void countDiverts(CallFacts facts, Decision old, Decision young) {
        boolean was = old.verdict().kind() == Verdict.Kind.DIVERT;
        boolean is = young.verdict().kind() == Verdict.Kind.DIVERT;
        if (was || is) {
            Tally hour = divertsByHour.computeIfAbsent(facts.atEpochMillis() / HOUR_MILLIS, any -> new Tally());
            hour.before += was ? 1 : 0;
            hour.after += is ? 1 : 0;
        }
    }

    private static <K> void tally(Map<K, Tally> tallies, K old, K young) {
        tallies.computeIfAbsent(old, any -> new Tally()).before++;
        tallies.computeIfAbsent(young, any -> new Tally()).after++;
    }

    private static String name(Decision decision) {
        return decision.rule() == null ? "none" : decision.rule();
    }

    /** Calls judged. */
    public long calls() {
        return calls;
    }

    /** Calls whose verdict changes in any respect. */
    public long changed() {
        return changed;
    }

    /** Calls that reach the citizen as they came, or labelled, only under the second set. */
    public long freed() {
        return freed;
    }

    /** Calls that do so only under the first set. */
    public long newlyIntercepted() {
        return newlyIntercepted;
    }

    /** Calls that go to the desk only under the second set. */
    public long newlyDiverted() {
        return newlyDiverted;
    }

    /** Calls that go to the desk only under the first set. */
    public long noLongerDiverted() {
        return noLongerDiverted;
    }

    /** Different callers of {@link #newlyIntercepted()}. */
    public int newlyInterceptedCallers() {
        return newlyInterceptedCallers.size();
    }

    /** Different callers of {@link #freed()}. */
    public int freedCallers() {
        return freedCallers.size();
    }

    /** Calls for which the second set needs a roaming answer that the record does not have. */
    public long assumed() {
        return assumed;
    }

    /** Calls to emergency and never-touch numbers that the second set would keep from them: must be 0. */
    public long neverTouchHits() {
        return neverTouchHits;
    }

    /** Calls with a verdict of this kind. */
    public Tally verdict(Verdict.Kind kind) {
        return verdicts.getOrDefault(kind, new Tally());
    }

    /** Calls by deciding rule, {@code none} where no rule decided; ascending by id. */
    public Map<String, Tally> rules() {
        return new TreeMap<>(rules);
    }

    /** Most diverted calls in one clock hour under the first set. */
    public long busiestHourBefore() {
        return divertsByHour.values().stream().mapToLong(Tally::before).max().orElse(0);
    }

    /** Most diverted calls in one clock hour under the second set. */
    public long busiestHourAfter() {
        return divertsByHour.values().stream().mapToLong(Tally::after).max().orElse(0);
    }
}
