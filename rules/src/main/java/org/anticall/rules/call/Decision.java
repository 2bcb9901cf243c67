package org.anticall.rules.call;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A verdict with its ground. Immutable; for calls without shadow hits, points and alerts the engine hands out instances
 * made when the rule set was compiled.
 *
 * @param verdict what happens to the call
 * @param basis what the verdict rests on
 * @param rule id of the deciding rule; for {@link Basis#SCORE} of the one that gave the most points; else null
 * @param reason one sentence for people
 * @param revision revision of the rule set, 0 where none was active
 * @param ruleSetHash SHA-256 of the rule set's canonical bytes in hex, empty where none was active
 * @param shadowHits ids of rules in shadow mode that hit too; they change nothing
 * @param score points that live rules gave
 * @param scored ids of the rules that gave or weighed points, in order of evaluation
 * @param alerts ids of the rules that ask for somebody's attention; they change nothing
 */
public record Decision(
        Verdict verdict,
        Basis basis,
        @Nullable String rule,
        LocalizedText reason,
        long revision,
        String ruleSetHash,
        List<String> shadowHits,
        int score,
        List<String> scored,
        List<String> alerts)
        implements Screening {

    /** What a verdict rests on. */
    public enum Basis {
        /** A rule decided. */
        RULE,
        /** No rule decided; the points of several did. */
        SCORE,
        /** No rule hit: the call passes. */
        NO_RULE,
        /** The screening itself failed or was late: the call passes, an alarm rises. */
        FAIL_OPEN,
        /** The trunk, or the whole gateway, is switched to bypass. */
        BYPASS,
        /** Above the limits of the overload gate. */
        OVERLOAD
    }

    public Decision {
        shadowHits = List.copyOf(shadowHits);
        scored = List.copyOf(scored);
        alerts = List.copyOf(alerts);
    }

    /** A decision without points and alerts. */
    public Decision(
            Verdict verdict,
            Basis basis,
            @Nullable String rule,
            LocalizedText reason,
            long revision,
            String ruleSetHash,
            List<String> shadowHits) {
        this(verdict, basis, rule, reason, revision, ruleSetHash, shadowHits, 0, List.of(), List.of());
    }

    /** The call passes although it was not, or not properly, judged. */
    public static Decision unjudged(Basis basis, String reason, long revision, String ruleSetHash) {
        return new Decision(
                new Verdict.Pass(), basis, null, LocalizedText.of(reason), revision, ruleSetHash, List.of());
    }
}
