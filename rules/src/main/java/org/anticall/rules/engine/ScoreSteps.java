package org.anticall.rules.engine;

import java.util.List;
import org.anticall.rules.call.Verdict;
import org.jspecify.annotations.Nullable;

/** What points lead to, by rising score. Immutable. */
public final class ScoreSteps {

    /** Points lead to nothing. */
    public static final ScoreSteps NONE = new ScoreSteps(List.of(), List.of());

    private final int[] froms;
    private final Verdict[] verdicts;

    /**
     * Steps.
     *
     * @param froms lowest scores, rising
     * @param verdicts what happens from there, as many
     */
    public ScoreSteps(List<Integer> froms, List<Verdict> verdicts) {
        this.froms = froms.stream().mapToInt(Integer::intValue).toArray();
        this.verdicts = verdicts.toArray(Verdict[]::new);
    }

    /**
     * The verdict of {@code score}, null if it reaches no step.
     *
     * @param solid whether a rule that is more than a sign gave points; without one no step rejects
     */
    @Nullable
    Verdict verdict(int score, boolean solid) {
        for (int step = froms.length - 1; step >= 0; step--) {
            boolean rejects = verdicts[step].kind() == Verdict.Kind.REJECT;
            if (score >= froms[step] && (solid || !rejects)) {
                return verdicts[step];
            }
        }
        return null;
    }
}
