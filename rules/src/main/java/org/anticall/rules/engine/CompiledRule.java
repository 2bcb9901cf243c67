package org.anticall.rules.engine;

import java.time.Instant;
import java.util.List;
import org.anticall.rules.call.CallFacts;
import org.anticall.rules.call.Decision;
import org.anticall.rules.call.Explanation.Outcome;
import org.anticall.rules.call.Explanation.Tried;
import org.anticall.rules.call.LocalizedText;
import org.jspecify.annotations.Nullable;

/** A rule as the engine runs it. Immutable. */
public final class CompiledRule {

    private final String id;
    private final LocalizedText title;
    private final boolean shadow;
    private final boolean exempting;
    private final long fromEpochMillis;
    private final long untilEpochMillis;
    private final Test when;
    private final CompiledCase[] cases;

    /**
     * One case.
     *
     * @param when what must hold besides the rule's own condition
     * @param decision made when the set was compiled; null if the call goes on to the rules after this one
     */
    public record CompiledCase(Test when, @Nullable Decision decision) {}

    /**
     * A rule.
     *
     * @param id unique in the set
     * @param title what it is about
     * @param shadow whether it only watches
     * @param exempting whether calls it decides are not screened at all, not even in shadow
     * @param from first instant at which it is in force
     * @param until first instant at which it is not in force any more
     * @param when what must hold for any case
     * @param cases in order
     */
    public CompiledRule(
            String id,
            LocalizedText title,
            boolean shadow,
            boolean exempting,
            Instant from,
            Instant until,
            Test when,
            List<CompiledCase> cases) {
        this.id = id;
        this.title = title;
        this.shadow = shadow;
        this.exempting = exempting;
        this.fromEpochMillis = from.toEpochMilli();
        this.untilEpochMillis = until.toEpochMilli();
        this.when = when;
        this.cases = cases.toArray(CompiledCase[]::new);
    }

    String id() {
        return id;
    }

    boolean isShadow() {
        return shadow;
    }

    boolean isExempting() {
        return exempting;
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
                    ? tried(Outcome.NOT_YET, "in force from " + Instant.ofEpochMilli(fromEpochMillis))
                    : tried(Outcome.EXPIRED, "expired at " + Instant.ofEpochMilli(untilEpochMillis));
        }
        CompiledCase open = firstOpen(facts, classes);
        if (open == null) {
            return tried(Outcome.MISS, whyNone(facts, classes));
        }
        String why = joined(when.why(facts, classes), open.when().why(facts, classes));
        if (!holds(open, facts, classes).isKnown()) {
            return tried(Outcome.WAITS, why);
        }
        return open.decision() == null
                ? tried(Outcome.CONTINUE, why + "; the rules after this one decide")
                : tried(Outcome.HIT, why);
    }

    private String whyNone(CallFacts facts, long classes) {
        if (when.holds(facts, classes) == Truth.FALSE) {
            return when.why(facts, classes);
        }
        return cases[0].when().why(facts, classes);
    }

    private Tried tried(Outcome outcome, String why) {
        return new Tried(id, title, outcome, shadow, why);
    }

    private static String joined(String first, String second) {
        return first.isEmpty() || second.isEmpty() || first.equals(second)
                ? first.isEmpty() ? second : first
                : first + ", " + second;
    }
}
