package org.anticall.rules.engine;

import java.time.Instant;
import java.util.List;
import org.anticall.rules.call.CallFacts;
import org.anticall.rules.call.Explanation.Outcome;
import org.anticall.rules.call.Explanation.Tried;
import org.anticall.rules.call.LocalizedText;
import org.jspecify.annotations.Nullable;

/** A rule as the engine runs it. Immutable. */
public final class CompiledRule {

    private final Head head;
    private final long fromEpochMillis;
    private final long untilEpochMillis;
    private final Test when;
    private final CompiledCase[] cases;

    /**
     * What a rule is, apart from when it hits.
     *
     * @param id unique in the set
     * @param title what it is about
     * @param acting for which calls it acts
     * @param exempting whether calls it decides are not screened at all, not even in shadow
     * @param solid whether it is more than a sign, so that its points can help to reject
     * @param turn when it is tried: before all rules with a higher one
     */
    public record Head(String id, LocalizedText title, Acting acting, boolean exempting, boolean solid, long turn) {}

    /**
     * One case.
     *
     * @param when what must hold besides the rule's own condition
     * @param effect what happens then
     */
    public record CompiledCase(Test when, Effect effect) {}

    /**
     * A rule.
     *
     * @param from first instant at which it is in force
     * @param until first instant at which it is not in force any more
     * @param when what must hold for any case
     * @param cases in order
     */
    public CompiledRule(Head head, Instant from, Instant until, Test when, List<CompiledCase> cases) {
        this.head = head;
        this.fromEpochMillis = from.toEpochMilli();
        this.untilEpochMillis = until.toEpochMilli();
        this.when = when;
        this.cases = cases.toArray(CompiledCase[]::new);
    }

    String id() {
        return head.id();
    }

    Acting acting() {
        return head.acting();
    }

    long turn() {
        return head.turn();
    }

    boolean isExempting() {
        return head.exempting();
    }

    boolean isSolid() {
        return head.solid();
    }

    boolean isInForceAt(long epochMillis) {
        return epochMillis >= fromEpochMillis && epochMillis < untilEpochMillis;
    }

    /** The first case that holds or cannot be told yet, or null if none can hold. */
    @Nullable
    CompiledCase firstOpen(CallFacts facts, long classes) {
        if (when.holds(facts, classes) == Truth.FALSE) {
            return null;
        }
        for (CompiledCase one : cases) {
            if (one.when().holds(facts, classes) != Truth.FALSE) {
                return one;
            }
        }
        return null;
    }

    /** Whether {@code one} of this rule holds. */
    Truth holds(CompiledCase one, CallFacts facts, long classes) {
        return when.holds(facts, classes).and(one.when().holds(facts, classes));
    }

    Tried explain(CallFacts facts, long classes) {
        if (!isInForceAt(facts.atEpochMillis())) {
            return facts.atEpochMillis() < fromEpochMillis
                    ? tried(facts, Outcome.NOT_YET, "in force from " + Instant.ofEpochMilli(fromEpochMillis))
                    : tried(facts, Outcome.EXPIRED, "expired at " + Instant.ofEpochMilli(untilEpochMillis));
        }
        CompiledCase open = firstOpen(facts, classes);
        if (open == null) {
            return tried(facts, Outcome.MISS, whyNone(facts, classes));
        }
        String why = joined(when.why(facts, classes), open.when().why(facts, classes));
        return holds(open, facts, classes).isKnown()
                ? hit(facts, open.effect(), why)
                : tried(facts, Outcome.WAITS, why);
    }

    private Tried hit(CallFacts facts, Effect effect, String why) {
        if (effect.decision() != null) {
            return tried(facts, Outcome.HIT, why);
        }
        if (effect.isScore()) {
            String given = effect.points() == 0
                    ? "; all points weigh " + effect.percent() + " %"
                    : "; " + effect.points() + " points";
            return tried(facts, Outcome.SCORE, why + given);
        }
        return effect.alert()
                ? tried(facts, Outcome.ALERT, why + "; somebody should look at it")
                : tried(facts, Outcome.CONTINUE, why + "; the rules after this one decide");
    }

    private String whyNone(CallFacts facts, long classes) {
        if (when.holds(facts, classes) == Truth.FALSE) {
            return when.why(facts, classes);
        }
        return cases[0].when().why(facts, classes);
    }

    private Tried tried(CallFacts facts, Outcome outcome, String why) {
        return new Tried(id(), head.title(), outcome, !acting().isFor(facts), why);
    }

    private static String joined(String first, String second) {
        return first.isEmpty() || second.isEmpty() || first.equals(second)
                ? first.isEmpty() ? second : first
                : first + ", " + second;
    }
}
