package org.anticall.rules;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.anticall.rules.call.CallFacts;
import org.anticall.rules.call.Decision;
import org.anticall.rules.call.RoamingQuery;
import org.anticall.rules.call.Screening;
import org.anticall.rules.number.E164;
import org.anticall.rules.record.DecisionRecord;

/**
 * Judges a recorded call again. With the rule set of the record's revision the decision is the recorded one in every field;
 * where it is not, {@link #differences()} says in which.
 *
 * @param screening what the rules say now
 * @param differences fields in which that is not what was recorded, in a fixed order
 * @param judged whether rules judged the call in the first place; a call that passed because the screening failed or was
 *     switched off, or whose caller gave up first, was not
 */
public record Replay(Screening screening, List<Difference> differences, boolean judged) {

    /**
     * One field that came out otherwise.
     *
     * @param field its name
     * @param recorded what the record says
     * @param replayed what the rules say now
     */
    public record Difference(String field, String recorded, String replayed) {}

    public Replay {
        differences = List.copyOf(differences);
    }

    /** Judges the call of {@code record} with the active rules of {@code book}. */
    public static Replay of(RuleBook book, DecisionRecord record) {
        Decision recorded = record.decision();
        boolean judged =
                switch (recorded.basis()) {
                    case RULE, SCORE, NO_RULE -> !recorded.ruleSetHash().isEmpty();
                    case FAIL_OPEN, BYPASS, OVERLOAD -> false;
                };
        Screening screening = book.decide(record.facts());
        if (screening instanceof RoamingQuery query) {
            return new Replay(screening, List.of(unanswered(query, record.facts())), judged);
        }
        return new Replay(screening, differences(recorded, (Decision) screening), judged);
    }

    /** Whether the rules say what they said then. */
    public boolean isSame() {
        return differences.isEmpty();
    }

    private static Difference unanswered(RoamingQuery query, CallFacts facts) {
        boolean caller = query.party() == RoamingQuery.Party.CALLER;
        return new Difference(
                caller ? "callerRoaming" : "redirectingRoaming",
                String.valueOf((caller ? facts.callerRoaming() : facts.redirectingRoaming()).state()),
                "asked for " + E164.format(query.e164()));
    }

    private static List<Difference> differences(Decision recorded, Decision replayed) {
        List<Difference> differences = new ArrayList<>();
        compare(differences, "verdict", recorded, replayed, Decision::verdict);
        compare(differences, "basis", recorded, replayed, Decision::basis);
        compare(differences, "rule", recorded, replayed, Decision::rule);
        compare(differences, "reason", recorded, replayed, Decision::reason);
        compare(differences, "score", recorded, replayed, Decision::score);
        compare(differences, "scored", recorded, replayed, Decision::scored);
        compare(differences, "shadowHits", recorded, replayed, Decision::shadowHits);
        compare(differences, "alerts", recorded, replayed, Decision::alerts);
        compare(differences, "revision", recorded, replayed, Decision::revision);
        compare(differences, "ruleSetHash", recorded, replayed, Decision::ruleSetHash);
        return differences;
    }

    private static void compare(
            List<Difference> differences,
            String field,
            Decision recorded,
            Decision replayed,
            Function<Decision, Object> value) {
        Object then = value.apply(recorded);
        Object now = value.apply(replayed);
        if (!Objects.equals(then, now)) {
            differences.add(new Difference(field, String.valueOf(then), String.valueOf(now)));
        }
    }
}
