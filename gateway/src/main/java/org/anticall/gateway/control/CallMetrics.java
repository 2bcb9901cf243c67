package org.anticall.gateway.control;

import java.util.function.Consumer;
import org.anticall.gateway.config.Trunk;
import org.anticall.rules.call.Verdict;

/**
 * How the calls of each trunk fare: the ratios of RFC 6076 and ITU-T E.411/E.425 since the start, and the counters to
 * compute them over any other time.
 */
final class CallMetrics implements Consumer<Families> {

    private final CallStatistics statistics;
    private final LiveConfig live;

    CallMetrics(CallStatistics statistics, LiveConfig live) {
        this.statistics = statistics;
        this.live = live;
    }

    @Override
    public void accept(Families families) {
        for (Trunk trunk : live.current().trunks()) {
            statistics.of(trunk.name());
        }
        counters(families);
        ratios(families);
        times(families);
    }

    private void counters(Families families) {
        Families.Family outcomes = families.counter(
                "anticall_trunk_calls", "Calls whose setup ended, by trunk and outcome; retransmissions are no calls.");
        Families.Family verdicts =
                families.counter("anticall_trunk_verdicts", "Calls by trunk and verdict carried out.");
        Families.Family rules = families.counter("anticall_trunk_rule_verdicts", "Calls by trunk and deciding rule.");
        Families.Family desk = families.counter("anticall_trunk_desk_answers", "Calls the desk answered, by trunk.");
        Families.Family ended = families.counter("anticall_trunk_calls_ended", "Answered calls whose end was seen.");
        Families.Family talk = families.counter("anticall_trunk_talk_seconds", "How long those talked together.");
        statistics.byTrunk().forEach((trunk, calls) -> {
            for (CallOutcome outcome : CallOutcome.values()) {
                outcomes.add(calls.outcome(outcome), "trunk", trunk, "outcome", outcome.label());
            }
            for (Verdict.Kind kind : Verdict.Kind.values()) {
                verdicts.add(calls.verdicts(kind), "trunk", trunk, "verdict", kind.text());
            }
            calls.verdictsByRule().forEach((rule, count) -> rules.add(count, "trunk", trunk, "rule", rule));
            desk.add(calls.answeredByDesk(), "trunk", trunk);
            ended.add(calls.ended(), "trunk", trunk);
            talk.add(calls.talkSeconds(), "trunk", trunk);
        });
    }

    private void ratios(Families families) {
        Families.Family ser = families.gauge("anticall_trunk_ser_ratio", "Session Establishment Ratio, RFC 6076 4.6.");
        Families.Family seer =
                families.gauge("anticall_trunk_seer_ratio", "Session Establishment Effectiveness Ratio, RFC 6076 4.7.");
        Families.Family isa = families.gauge("anticall_trunk_isa_ratio", "Ineffective Session Attempts, RFC 6076 4.8.");
        Families.Family asr = families.gauge("anticall_trunk_asr_ratio", "Answer-Seizure Ratio, ITU-T E.411.");
        Families.Family ner = families.gauge("anticall_trunk_ner_ratio", "Network Effectiveness Ratio, ITU-T E.425.");
        Families.Family acd = families.gauge("anticall_trunk_acd_seconds", "Average Call Duration of ended calls.");
        statistics.byTrunk().forEach((trunk, calls) -> {
            ser.add(calls.establishment(), "trunk", trunk);
            seer.add(calls.effectiveness(), "trunk", trunk);
            isa.add(calls.ineffectiveness(), "trunk", trunk);
            asr.add(calls.answerSeizure(), "trunk", trunk);
            ner.add(calls.networkEffectiveness(), "trunk", trunk);
            acd.add(calls.averageDuration(), "trunk", trunk);
        });
    }

    private void times(Families families) {
        Families.Histograms srd = families.histograms(
                "anticall_trunk_srd_seconds",
                "Session Request Delay, RFC 6076 4.3: INVITE to first word of the callee's side, or to a failure.");
        Families.Histograms stages = families.histograms(
                "anticall_stage_seconds", "Time from a call's INVITE to its verdict and to its answer, by stage.");
        statistics.byTrunk().forEach((trunk, calls) -> {
            srd.add(calls.ringing, "trunk", trunk, "result", "successful");
            srd.add(calls.failing, "trunk", trunk, "result", "failed");
            stages.add(calls.screening, "trunk", trunk, "stage", "screening");
            stages.add(calls.answering, "trunk", trunk, "stage", "answer");
        });
    }
}
