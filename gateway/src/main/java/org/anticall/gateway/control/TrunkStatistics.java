package org.anticall.gateway.control;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import org.anticall.gateway.path.CallStory;
import org.anticall.rules.call.Decision;
import org.anticall.rules.call.Verdict;

/** What became of the calls of one trunk since the start. Written on event loops, read by anyone. */
final class TrunkStatistics {

    /** Most rules that are counted one by one; what comes after is counted as {@value #OTHER}. */
    static final int MAX_RULES = 1_000;

    static final String OTHER = "other";

    private static final int TEMPORARILY_UNAVAILABLE = 480;

    private final LongAdder[] outcomes = adders(CallOutcome.values().length);
    private final LongAdder[] verdicts = adders(Verdict.Kind.values().length);
    private final Map<String, LongAdder> rules = new ConcurrentHashMap<>();
    private final LongAdder answeredByDesk = new LongAdder();
    private final LongAdder unavailable = new LongAdder();
    private final LongAdder ended = new LongAdder();
    private final LongAdder talkNanos = new LongAdder();

    final TimeBuckets screening = new TimeBuckets(TimeBuckets.FRACTIONS);
    final TimeBuckets ringing = new TimeBuckets(TimeBuckets.SECONDS);
    final TimeBuckets failing = new TimeBuckets(TimeBuckets.SECONDS);
    final TimeBuckets answering = new TimeBuckets(TimeBuckets.SECONDS);

    void judged(CallStory call) {
        Verdict verdict = call.verdict();
        if (verdict != null) {
            verdicts[verdict.kind().ordinal()].increment();
        }
        Decision decision = call.decision();
        if (decision != null && decision.rule() != null) {
            rule(decision.rule()).increment();
        }
        screening.add(call.judgedNanos() - call.arrivedNanos());
    }

    private LongAdder rule(String id) {
        LongAdder known = rules.get(id);
        if (known != null) {
            return known;
        }
        return rules.computeIfAbsent(rules.size() < MAX_RULES ? id : OTHER, each -> new LongAdder());
    }

    void answered(CallStory call) {
        outcomes[CallOutcome.ANSWERED.ordinal()].increment();
        if (call.isAnsweredByDesk()) {
            answeredByDesk.increment();
        }
        long firstWord = call.ringingNanos() == CallStory.NEVER ? call.answeredNanos() : call.ringingNanos();
        ringing.add(firstWord - call.arrivedNanos());
        answering.add(call.answeredNanos() - call.arrivedNanos());
    }

    void ended(CallStory call) {
        if (!call.isAnswered()) {
            failed(call);
        } else if (call.endedBy() != CallStory.EndedBy.NOBODY_KNOWS) {
            ended.increment();
            talkNanos.add(call.talkNanos());
        }
    }

    private void failed(CallStory call) {
        CallOutcome outcome = CallOutcome.of(call.status());
        outcomes[outcome.ordinal()].increment();
        if (call.status() == TEMPORARILY_UNAVAILABLE) {
            unavailable.increment();
        }
        if (call.ringingNanos() != CallStory.NEVER) {
            ringing.add(call.ringingNanos() - call.arrivedNanos());
        } else if (outcome != CallOutcome.REDIRECTED && outcome != CallOutcome.UNKNOWN) {
            failing.add(call.endedNanos() - call.arrivedNanos());
        }
    }

    long outcome(CallOutcome outcome) {
        return outcomes[outcome.ordinal()].sum();
    }

    long verdicts(Verdict.Kind kind) {
        return verdicts[kind.ordinal()].sum();
    }

    /** Judged calls by deciding rule. */
    Map<String, Long> verdictsByRule() {
        Map<String, Long> sums = new TreeMap<>();
        rules.forEach((id, count) -> sums.put(id, count.sum()));
        return sums;
    }

    long answeredByDesk() {
        return answeredByDesk.sum();
    }

    /** Answered calls whose end was seen. */
    long ended() {
        return ended.sum();
    }

    /** How long they talked together. */
    double talkSeconds() {
        return talkNanos.sum() / 1e9;
    }

    /** Session Establishment Ratio: 200 / (all − 3xx) (RFC 6076 §4.6); not a number before the first call. */
    double establishment() {
        return (double) outcome(CallOutcome.ANSWERED) / notRedirected();
    }

    /** Session Establishment Effectiveness Ratio: 200, 480, 486, 600, 603 / (all − 3xx) (RFC 6076 §4.7). */
    double effectiveness() {
        long effective = outcome(CallOutcome.ANSWERED)
                + outcome(CallOutcome.BUSY)
                + outcome(CallOutcome.DECLINED)
                + unavailable.sum();
        return (double) effective / notRedirected();
    }

    /** Ineffective Session Attempts: 408, 500, 503, 504 / all (RFC 6076 §4.8). */
    double ineffectiveness() {
        return (double) outcome(CallOutcome.INEFFECTIVE) / all();
    }

    /** Answer-Seizure Ratio (ITU-T E.411): answered / all. */
    double answerSeizure() {
        return (double) outcome(CallOutcome.ANSWERED) / all();
    }

    /** Network Effectiveness Ratio (ITU-T E.425): all but what the network itself failed / all. */
    double networkEffectiveness() {
        long network = outcome(CallOutcome.INEFFECTIVE) + outcome(CallOutcome.FAILED) + outcome(CallOutcome.UNKNOWN);
        return (double) (all() - network) / all();
    }

    /** Average Call Duration in seconds, of calls whose end was seen; not a number before the first one. */
    double averageDuration() {
        return talkSeconds() / ended();
    }

    private long all() {
        long all = 0;
        for (LongAdder outcome : outcomes) {
            all += outcome.sum();
        }
        return all;
    }

    private long notRedirected() {
        return all() - outcome(CallOutcome.REDIRECTED);
    }

    private static LongAdder[] adders(int count) {
        LongAdder[] adders = new LongAdder[count];
        for (int i = 0; i < count; i++) {
            adders[i] = new LongAdder();
        }
        return adders;
    }
}
