package org.anticall.ops.publish;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.anticall.rules.RuleBook;
import org.anticall.rules.call.CallFacts;
import org.anticall.rules.call.Decision;
import org.anticall.rules.call.Screening;
import org.anticall.rules.record.DecisionRecord;

/**
 * What a rule set would have made of calls that were recorded, against what the one in force makes of them.
 *
 * @param calls recorded calls that were judged with both
 * @param changes how many calls went from one verdict to another, {@code pass>divert}
 * @param caught callers some of whose calls do not pass any more
 * @param freed callers some of whose calls pass now
 * @param operators operators more (or, below 0, fewer) at work in the busiest hour
 * @param examples record ids of the first calls that change, at most {@value #MOST_EXAMPLES}
 */
public record Backtest(
        int calls, Map<String, Integer> changes, int caught, int freed, double operators, List<String> examples) {

    static final int MOST_EXAMPLES = 50;

    /** What an operator's call takes, wrap-up included. */
    static final Duration HANDLING = Duration.ofMinutes(2);

    private static final String PASS = "pass";
    private static final String DIVERT = "divert";

    public Backtest {
        changes = Map.copyOf(changes);
        examples = List.copyOf(examples);
    }

    static Backtest of(RuleBook before, RuleBook after, List<DecisionRecord> records) {
        Map<String, Integer> changes = new TreeMap<>();
        Set<Long> caught = new HashSet<>();
        Set<Long> freed = new HashSet<>();
        Map<Long, Integer> divertsByHour = new HashMap<>();
        List<String> examples = new ArrayList<>();
        for (DecisionRecord record : records) {
            CallFacts facts = record.facts();
            String was = verdict(before.decide(facts));
            String is = verdict(after.decide(facts));
            if (was.equals(is)) {
                continue;
            }
            changes.merge(was + ">" + is, 1, Integer::sum);
            (was.equals(PASS) ? caught : is.equals(PASS) ? freed : new HashSet<Long>()).add(facts.caller());
            divertsByHour.merge(
                    hour(record.at()), (is.equals(DIVERT) ? 1 : 0) - (was.equals(DIVERT) ? 1 : 0), Integer::sum);
            if (examples.size() < MOST_EXAMPLES) {
                examples.add(record.id());
            }
        }
        return new Backtest(records.size(), changes, caught.size(), freed.size(), operators(divertsByHour), examples);
    }

    private static double operators(Map<Long, Integer> divertsByHour) {
        int busiest = divertsByHour.values().stream()
                .reduce(0, (most, each) -> Math.abs(each) > Math.abs(most) ? each : most);
        return Math.round(busiest
                        * HANDLING.toSeconds()
                        * 10.0
                        / Duration.ofHours(1).toSeconds())
                / 10.0;
    }

    private static long hour(Instant at) {
        return at.getEpochSecond() / Duration.ofHours(1).toSeconds();
    }

    /** A call that hangs on a roaming answer nobody asked for then is judged as it is without one. */
    private static String verdict(Screening screening) {
        return screening instanceof Decision decision
                ? decision.verdict().kind().text()
                : "unknown";
    }
}
