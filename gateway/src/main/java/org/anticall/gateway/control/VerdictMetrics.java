package org.anticall.gateway.control;

import java.util.Locale;
import java.util.function.Consumer;
import org.anticall.gateway.verdict.FailOpen;
import org.anticall.gateway.verdict.Stage;
import org.anticall.gateway.verdict.VerdictCounters;
import org.anticall.rules.call.RoamingAnswer;
import org.anticall.rules.call.Verdict;

/** What was decided, how fast, and what failed. */
final class VerdictMetrics implements Consumer<Families> {

    private final VerdictCounters counters;

    VerdictMetrics(VerdictCounters counters) {
        this.counters = counters;
    }

    @Override
    public void accept(Families families) {
        Families.Family verdicts = families.counter("anticall_verdicts", "Judged calls by verdict.");
        for (Verdict.Kind kind : Verdict.Kind.values()) {
            verdicts.add(counters.verdicts(kind), "verdict", kind.text());
        }
        Families.Family rules = families.counter("anticall_rule_verdicts", "Judged calls by deciding rule.");
        counters.verdictsByRule().forEach((rule, count) -> rules.add(count, "rule", rule));
        Families.Family shadow = families.counter("anticall_rule_shadow_hits", "Hits of rules in shadow mode.");
        counters.shadowHits().forEach((rule, count) -> shadow.add(count, "rule", rule));
        Families.Family failOpen = families.counter(
                "anticall_fail_open", "Calls that passed because the screening itself failed, by reason.");
        for (FailOpen reason : FailOpen.values()) {
            failOpen.add(counters.failOpen(reason), "reason", label(reason));
        }
        Families.Family roaming =
                families.counter("anticall_roaming_answers", "Answers of the roaming oracle by state.");
        for (RoamingAnswer.State state : RoamingAnswer.State.values()) {
            roaming.add(counters.roamingAnswers(state), "state", label(state));
        }
        families.counter("anticall_roaming_late_answers", "Answers of the roaming oracle no call waited for any more.")
                .add(counters.lateAnswers.sum());
        families.counter("anticall_calls_abandoned", "Callers that hung up before their verdict was there.")
                .add(counters.abandoned.sum());
        families.summary(
                "anticall_decision_seconds",
                "Time from the facts of a call to its verdict, waiting for the roaming oracle excluded, since the start.",
                counters.decisionNanos());
        for (Stage stage : Stage.values()) {
            families.summary(
                    "anticall_stage_" + label(stage) + "_seconds",
                    "Time judged calls spent on this stage, since the start.",
                    counters.stageNanos(stage));
        }
    }

    private static String label(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}
