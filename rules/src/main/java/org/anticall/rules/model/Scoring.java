package org.anticall.rules.model;

import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import org.anticall.rules.call.Verdict;
import org.jspecify.annotations.Nullable;

/**
 * What points lead to. The highest step that the score reaches counts, but for one thing: a call is rejected only if a rule
 * that is not a mere sign gave points; otherwise the highest step below that does not reject counts.
 *
 * @param steps by rising score; no two have the same
 * @param basis the ground on which the score keeps calls from citizens, null if there is none
 */
public record Scoring(List<Step> steps, @Nullable LegalBasis basis) {

    /** Highest score a step can begin at. */
    public static final int MAX_SCORE = 1000;

    /**
     * One step.
     *
     * @param from the lowest score that reaches it, 1 to 1000
     * @param verdict what happens to the call
     */
    public record Step(int from, Verdict verdict) {}

    public Scoring {
        steps = steps.stream().sorted(Comparator.comparingInt(Step::from)).toList();
    }

    /** What holds where a rule file says nothing: 30 label, 50 divert, 70 reject. */
    public static Scoring standard(@Nullable LegalBasis basis) {
        String label = ActionReader.DEFAULT_LABEL;
        return new Scoring(
                List.of(
                        new Step(30, new Verdict.Label(label)),
                        new Step(
                                50,
                                new Verdict.Divert(
                                        Duration.ofSeconds(15), List.of(Verdict.LadderStep.PASS_WITH_LABEL), label)),
                        new Step(70, new Verdict.Reject(ActionReader.DEFAULT_STATUS))),
                basis);
    }

    /** Whether one of the steps keeps calls from reaching the citizen as they came. */
    public boolean isInterception() {
        return steps.stream().anyMatch(step -> step.verdict().kind().isInterception());
    }
}
