package org.anticall.rules.engine;

import java.util.ArrayList;
import java.util.List;
import org.anticall.rules.call.Decision;
import org.anticall.rules.call.Decision.Basis;
import org.anticall.rules.call.Verdict;
import org.jspecify.annotations.Nullable;

/** What rules that do not decide leave behind in one call: points and alerts. Made for the first of them only. */
final class Tally {

    private static final int HUNDRED = 100;

    private final List<String> scored = new ArrayList<>(2);
    private final List<String> alerts = new ArrayList<>(2);
    private int points;
    private int percent = HUNDRED;
    private boolean solid;
    private int most;
    private @Nullable CompiledRule strongest;
    private @Nullable Effect strongestEffect;

    void add(CompiledRule rule, Effect effect) {
        if (effect.isScore()) {
            scored.add(rule.id());
            points += effect.points();
            percent = percent * effect.percent() / HUNDRED;
            solid |= rule.isSolid() && effect.points() > 0;
            if (effect.points() > most) {
                most = effect.points();
                strongest = rule;
                strongestEffect = effect;
            }
        }
        if (effect.alert()) {
            alerts.add(rule.id());
        }
    }

    /** All points, weighed, at least 0. */
    int score() {
        return Math.max(0, points * percent / HUNDRED);
    }

    /** {@code decision} with what the rules left behind. */
    Decision in(Decision decision) {
        return new Decision(
                decision.verdict(),
                decision.basis(),
                decision.rule(),
                decision.reason(),
                decision.revision(),
                decision.ruleSetHash(),
                List.of(),
                score(),
                scored,
                alerts);
    }

    /** What the points lead to, {@code otherwise} if to nothing. */
    Decision decide(ScoreSteps steps, Decision otherwise) {
        Verdict verdict = steps.verdict(score(), solid);
        return verdict == null || strongest == null || strongestEffect == null
                ? in(otherwise)
                : new Decision(
                        verdict,
                        Basis.SCORE,
                        strongest.id(),
                        strongestEffect.reason(),
                        otherwise.revision(),
                        otherwise.ruleSetHash(),
                        List.of(),
                        score(),
                        scored,
                        alerts);
    }
}
