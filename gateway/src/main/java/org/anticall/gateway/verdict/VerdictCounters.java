package org.anticall.gateway.verdict;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import org.HdrHistogram.Histogram;
import org.anticall.rules.call.Decision;
import org.anticall.rules.call.RoamingAnswer;
import org.anticall.rules.call.Verdict;

/** What was decided, how fast, and what failed. Written by the event loops, read by anyone. */
public final class VerdictCounters {

    private final LongAdder[] verdicts = adders(Verdict.Kind.values().length);
    private final LongAdder[] failOpen = adders(FailOpen.values().length);
    private final LongAdder[] roaming = adders(RoamingAnswer.State.values().length);
    private final Map<String, LongAdder> rules = new ConcurrentHashMap<>();
    private final Map<String, LongAdder> shadow = new ConcurrentHashMap<>();
    private final NanosHistogram decisions = new NanosHistogram(3);
    private final NanosHistogram[] stages = histograms();

    /** Callers that hung up before their verdict was there. */
    public final LongAdder abandoned = new LongAdder();

    /** Answers of the roaming oracle that came after the call had stopped waiting. */
    public final LongAdder lateAnswers = new LongAdder();

    /** Records the journal did not accept, interceptions and samples. */
    public final LongAdder journalRefusals = new LongAdder();

    void decided(Decision decision, Screen screen) {
        verdicts[decision.verdict().kind().ordinal()].increment();
        String rule = decision.rule();
        if (rule != null) {
            rules.computeIfAbsent(rule, id -> new LongAdder()).increment();
        }
        for (int i = 0; i < decision.shadowHits().size(); i++) {
            shadow.computeIfAbsent(decision.shadowHits().get(i), id -> new LongAdder())
                    .increment();
        }
        decisions.record(screen.spentNanos);
        spent(Stage.INDEX, screen.indexNanos);
        spent(Stage.FACTS, screen.factsNanos);
        spent(Stage.COUNT, screen.countNanos);
        spent(Stage.VERDICT, screen.spentNanos);
        if (screen.asked > 0) {
            spent(Stage.ORACLE, screen.waitedNanos);
        }
    }

    void spent(Stage stage, long nanos) {
        stages[stage.ordinal()].record(nanos);
    }

    void failedOpen(FailOpen reason) {
        failOpen[reason.ordinal()].increment();
    }

    void answered(RoamingAnswer answer) {
        roaming[answer.state().ordinal()].increment();
    }

    public long verdicts(Verdict.Kind kind) {
        return verdicts[kind.ordinal()].sum();
    }

    public long failOpen(FailOpen reason) {
        return failOpen[reason.ordinal()].sum();
    }

    public long roamingAnswers(RoamingAnswer.State state) {
        return roaming[state.ordinal()].sum();
    }

    /** Verdicts by id of the deciding rule. */
    public Map<String, Long> verdictsByRule() {
        return sums(rules);
    }

    /** Hits of rules in shadow mode by id. */
    public Map<String, Long> shadowHits() {
        return sums(shadow);
    }

    /** Time from facts to verdict without waiting for the oracle, nanoseconds, over the life of the process. */
    public Histogram decisionNanos() {
        return decisions.total();
    }

    /** Time spent on {@code stage}, nanoseconds, over the life of the process. */
    public Histogram stageNanos(Stage stage) {
        return stages[stage.ordinal()].total();
    }

    private static NanosHistogram[] histograms() {
        NanosHistogram[] histograms = new NanosHistogram[Stage.values().length];
        for (int i = 0; i < histograms.length; i++) {
            histograms[i] = new NanosHistogram(2);
        }
        return histograms;
    }

    private static Map<String, Long> sums(Map<String, LongAdder> adders) {
        Map<String, Long> sums = new TreeMap<>();
        adders.forEach((id, adder) -> sums.put(id, adder.sum()));
        return sums;
    }

    private static LongAdder[] adders(int count) {
        LongAdder[] adders = new LongAdder[count];
        for (int i = 0; i < count; i++) {
            adders[i] = new LongAdder();
        }
        return adders;
    }
}
