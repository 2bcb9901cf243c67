package org.anticall.gateway.control;

import java.util.function.Consumer;
import org.anticall.gateway.verdict.roaming.RoamingCounters;
import org.anticall.gateway.verdict.roaming.Whereabouts;

/** What became of questions to the roaming oracle. */
final class RoamingMetrics implements Consumer<Families> {

    private final Whereabouts whereabouts;

    RoamingMetrics(Whereabouts whereabouts) {
        this.whereabouts = whereabouts;
    }

    @Override
    public void accept(Families families) {
        RoamingCounters counters = whereabouts.counters();
        Families.Family questions = families.counter(
                "anticall_roaming_questions", "Questions to the roaming look-up by what became of them.");
        questions.add(counters.remembered.sum(), "outcome", "remembered");
        questions.add(counters.joined.sum(), "outcome", "joined");
        questions.add(counters.sent.sum(), "outcome", "sent");
        questions.add(counters.tooMany.sum(), "outcome", "too_many");
        questions.add(counters.resting.sum(), "outcome", "resting");
        Families.Family failures =
                families.counter("anticall_roaming_failures", "Questions the look-up did not answer, by reason.");
        failures.add(counters.late.sum(), "reason", "late");
        failures.add(counters.failed.sum(), "reason", "failed");
        families.gauge("anticall_roaming_trouble", "1 while the roaming look-up is left alone because it fails.")
                .add(whereabouts.oracle().trouble().isEmpty() ? 0 : 1);
    }
}
