package org.anticall.gateway.verdict;

import java.net.InetSocketAddress;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import org.anticall.gateway.sip.HeaderId;
import org.anticall.gateway.sip.SipMessage;
import org.anticall.rules.call.CallFacts;
import org.anticall.rules.call.Decision;
import org.anticall.rules.call.LocalizedText;
import org.anticall.rules.call.TrunkClass;
import org.anticall.rules.call.Verdict;
import org.anticall.rules.record.DecisionRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes the decision records of judged calls. No record, no interception: an interception counts only once
 * {@link #keeps} has said so. Passed calls are counted elsewhere; one in so many is written for comparison. Owned by one
 * event loop.
 */
public final class Ledger {

    private static final Logger LOG = LoggerFactory.getLogger(Ledger.class);
    private static final String ABANDONED = "ABANDONED: the caller hung up before the verdict";

    private final String node;
    private final int passSample;
    private final RecordIds ids;
    private final FactsReader facts;
    private final Function<DecisionRecord, byte[]> codec;
    private final RecordSink sink;
    private final VerdictCounters counters;
    private int passedSinceSample;

    /**
     * @param passSample one of this many passed calls is written, 0 for none
     * @param codec turns a record into its line
     */
    public Ledger(
            String node,
            int passSample,
            RecordIds ids,
            FactsReader facts,
            Function<DecisionRecord, byte[]> codec,
            RecordSink sink,
            VerdictCounters counters) {
        this.node = node;
        this.passSample = passSample;
        this.ids = ids;
        this.facts = facts;
        this.codec = codec;
        this.sink = sink;
        this.counters = counters;
    }

    /** A new record id. */
    public String newId(long epochMillis) {
        return ids.next(epochMillis);
    }

    /** Whether this passed call is one of those that are written. */
    public boolean samples() {
        if (passSample == 0 || ++passedSinceSample < passSample) {
            return false;
        }
        passedSinceSample = 0;
        return true;
    }

    /**
     * Writes the record of a decision.
     *
     * @return whether it is kept; anything that goes wrong means no
     */
    public boolean keeps(
            String id,
            Screen screen,
            Decision decision,
            SipMessage invite,
            InetSocketAddress source,
            long epochMillis) {
        boolean kept;
        long started = System.nanoTime();
        try {
            CallFacts known = screen.facts();
            DecisionRecord decided = new DecisionRecord(
                    id,
                    node,
                    Instant.ofEpochMilli(epochMillis),
                    source.getAddress().getHostAddress() + ":" + source.getPort(),
                    invite.text(HeaderId.CALL_ID),
                    known == null ? unread(epochMillis) : known,
                    facts.raw(invite),
                    decision,
                    screen.latency(),
                    copy(invite));
            kept = sink.append(codec.apply(decided));
        } catch (Throwable thrown) {
            LOG.debug("record not written", thrown);
            kept = false;
        }
        counters.spent(Stage.RECORD, System.nanoTime() - started);
        if (!kept) {
            counters.journalRefusals.increment();
        }
        return kept;
    }

    /** Writes that the caller hung up while the verdict was pending. */
    public void abandoned(Screen screen, SipMessage invite, InetSocketAddress source, long epochMillis) {
        counters.abandoned.increment();
        Decision decision = new Decision(
                new Verdict.Pass(), Decision.Basis.NO_RULE, null, LocalizedText.of(ABANDONED), 0, "", List.of());
        keeps(newId(epochMillis), screen, decision, invite, source, epochMillis);
    }

    private static CallFacts unread(long epochMillis) {
        return CallFacts.on("", TrunkClass.INTERNATIONAL, epochMillis).build();
    }

    private static byte[] copy(SipMessage invite) {
        return Arrays.copyOfRange(invite.bytes(), invite.start(), invite.end());
    }
}
