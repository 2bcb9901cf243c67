package org.anticall.rules.engine;

import java.util.Arrays;
import org.anticall.rules.call.CallEnd;
import org.anticall.rules.call.CallFacts;
import org.anticall.rules.call.Measure.Subject;
import org.anticall.rules.call.Readings;
import org.anticall.rules.call.TrunkClass;
import org.anticall.rules.number.NumberingPlan;
import org.anticall.rules.number.PartyNumber;
import org.anticall.rules.number.RangeClass;

/**
 * What is remembered of many calls: the only part of the engine that changes. Everything is in tables of fixed size that
 * are made once, so no number of callers makes it grow; under pressure it forgets those that called least.
 *
 * <p>Values are worked out of the remembered events when they are read, so none can be negative or drift, and a lost report
 * of a call's end heals by itself. Thread-safe: every table is guarded by stripes of its keys, and who does not get a
 * stripe at once goes without ({@link #skipped}). Observing allocates nothing, but for the first call of a country on a
 * trunk.
 */
public final class BehaviourCounters {

    /** What the counters may take if nobody says otherwise: 64 MiB. */
    public static final long DEFAULT_MAX_BYTES = 64L << 20;

    /** Below this the smaller tables would have no room: 8 MiB. */
    public static final long MIN_MAX_BYTES = 8L << 20;

    private static final long HUNDRED = 100;

    /** Scratch of scans: one for each stripe of the table of callers and of the five other tables of events. */
    private static final long SCRATCH_BYTES = Stripes.COUNT * (DistinctSet.BYTES + 5 * KeyScan.BYTES);

    /** All messages of the state have one sender. */
    private static final long STATE = 1;

    private static final long THOUSAND = 1000;

    private final NumberingPlan plan;
    private final CallerTable callers;
    private final KeyTable victims;
    private final KeyTable blocks;
    private final KeyTable rejects;
    private final KeyTable fingerprints;
    private final KeyTable messages;
    private final TrunkTable trunks;
    private final RelationTable relations;

    /**
     * Empty counters.
     *
     * @param maxBytes how much memory they may take, at least {@link #MIN_MAX_BYTES}
     */
    public BehaviourCounters(NumberingPlan plan, long maxBytes) {
        if (maxBytes < MIN_MAX_BYTES) {
            throw new IllegalArgumentException(maxBytes + " bytes for counters, expected at least " + MIN_MAX_BYTES);
        }
        this.plan = plan;
        long percent = (maxBytes - SCRATCH_BYTES) / HUNDRED;
        this.callers = new CallerTable(43 * percent);
        this.victims = new KeyTable(18 * percent);
        this.blocks = new KeyTable(10 * percent);
        this.rejects = new KeyTable(5 * percent);
        this.fingerprints = new KeyTable(3 * percent);
        this.messages = new KeyTable(2 * percent);
        this.trunks = new TrunkTable(5 * percent);
        this.relations = new RelationTable(14 * percent);
    }

    /** Counters of the usual size. */
    public BehaviourCounters(NumberingPlan plan) {
        this(plan, DEFAULT_MAX_BYTES);
    }

    /**
     * Counts a call and reads what {@code gauges} ask for, the call itself counted in. Calls to emergency numbers are not
     * counted. Calls of the home network to abroad only make its parties known to each other.
     *
     * @param values one per gauge, all written
     */
    public void observe(CallFacts facts, GaugePlan gauges, int[] values) {
        Arrays.fill(values, 0, gauges.size(), Readings.UNKNOWN);
        long caller = PartyNumber.e164(facts.caller());
        long callee = PartyNumber.e164(facts.callee());
        if (plan.isEmergency(facts.callee())) {
            return;
        }
        int now = Seconds.of(facts.atEpochMillis());
        if (facts.trunkClass() == TrunkClass.OUTBOUND) {
            relations.add(caller, callee, now);
            return;
        }
        long trunk = Mix.hash(facts.trunk());
        messages.read(callee, now, Subject.MESSAGES, gauges, values);
        if (caller != 0) {
            int country = plan.countryCodeOf(caller);
            boolean foreign = plan.classOf(caller) == RangeClass.FOREIGN;
            callers.observe(caller, callee, now, gauges, values);
            victims.observe(callee, foreign ? caller : 0, now, country, Subject.CALLEE, gauges, values);
            blocks.observe(blockKey(trunk, caller), caller, now, KeyTable.NUMBERED, Subject.BLOCK, gauges, values);
            rejects.read(rejectKey(caller, callee), now, Subject.REJECTS, gauges, values);
            relations.observe(caller, callee, now, gauges, values);
            trunks.observe(trunk, country, now, gauges, values);
        } else {
            trunks.observe(trunk, OriginTable.ALL, now, gauges, values);
        }
        if (facts.fingerprint() != 0) {
            fingerprints.observe(facts.fingerprint(), caller, now, 0, Subject.FINGERPRINT, gauges, values);
            relations.reputation(facts.fingerprint(), gauges, values);
        }
    }

    /** A call that was observed is rejected. */
    public void rejected(CallFacts facts) {
        int now = Seconds.of(facts.atEpochMillis());
        trunks.rejected(Mix.hash(facts.trunk()), now);
        long caller = PartyNumber.e164(facts.caller());
        if (caller != 0) {
            rejects.add(rejectKey(caller, PartyNumber.e164(facts.callee())), caller, now, 0);
        }
    }

    /** A call that was observed has ended. */
    public void ended(CallEnd end) {
        long caller = PartyNumber.e164(end.caller());
        if (caller != 0) {
            callers.ended(
                    caller, PartyNumber.e164(end.callee()), Seconds.of(end.beganEpochMillis()), CallDetail.of(end));
        }
    }

    /**
     * The state sent a message to a subscriber, such as a code that only its owner should know.
     *
     * @param e164 the subscriber's number
     * @param epochMillis when
     */
    public void messaged(long e164, long epochMillis) {
        messages.add(e164, STATE, Seconds.of(epochMillis), 0);
    }

    /** Operators found out that a call with {@code fingerprint} was, or was not, fraudulent. */
    public void found(long fingerprint, boolean isFraud) {
        if (fingerprint != 0) {
            relations.found(fingerprint, isFraud);
        }
    }

    /** Forgets what was counted under {@code e164}, as caller and as callee, and under its block on {@code trunk}. */
    public void reset(long e164, String trunk) {
        callers.reset(e164);
        victims.reset(e164);
        messages.reset(e164);
        blocks.reset(blockKey(Mix.hash(trunk), e164));
    }

    /** Forgets what was counted under {@code fingerprint}. */
    public void resetFingerprint(long fingerprint) {
        fingerprints.reset(fingerprint);
        relations.resetReputation(fingerprint);
    }

    /** What the tables take at most, bytes; never above the limit they were made with. */
    public long bytes() {
        return SCRATCH_BYTES
                + callers.bytes()
                + victims.bytes()
                + blocks.bytes()
                + rejects.bytes()
                + fingerprints.bytes()
                + messages.bytes()
                + trunks.bytes()
                + relations.bytes();
    }

    /** How often something was not counted because another thread had the stripe. */
    public long skipped() {
        return callers.skipped()
                + victims.skipped()
                + blocks.skipped()
                + rejects.skipped()
                + fingerprints.skipped()
                + messages.skipped()
                + trunks.skipped()
                + relations.skipped();
    }

    /** All that is worth keeping over a restart, as bytes. May take a second; calls go on being counted, so not on an
     * event loop. */
    public byte[] save() {
        SavedBytes out = new SavedBytes(1 << 20);
        out.putInt(Seconds.MAGIC);
        callers.save(out);
        victims.save(out);
        blocks.save(out);
        rejects.save(out);
        fingerprints.save(out);
        messages.save(out);
        trunks.save(out);
        relations.save(out);
        byte[] body = out.written();
        return out.putLong(Mix.hash(body)).written();
    }

    /**
     * Takes over what {@link #save} wrote, into counters of the same or another size.
     *
     * @throws IllegalArgumentException if {@code saved} is damaged or of another version; what was counted stays
     */
    public void restore(byte[] saved) {
        if (saved.length < 3 * Integer.BYTES) {
            throw new IllegalArgumentException("saved counters of " + saved.length + " bytes, expected more");
        }
        byte[] body = Arrays.copyOf(saved, saved.length - Long.BYTES);
        SavedBytes sum = new SavedBytes(Arrays.copyOfRange(saved, body.length, saved.length));
        SavedBytes in = new SavedBytes(body);
        if (in.getInt() != Seconds.MAGIC || sum.getLong() != Mix.hash(body)) {
            throw new IllegalArgumentException("saved counters are damaged or of another version");
        }
        callers.restore(in);
        victims.restore(in);
        blocks.restore(in);
        rejects.restore(in);
        fingerprints.restore(in);
        messages.restore(in);
        trunks.restore(in);
        relations.restore(in);
    }

    private static long blockKey(long trunk, long caller) {
        return Mix.mix(trunk) ^ (caller / HUNDRED);
    }

    private static long rejectKey(long caller, long callee) {
        return Mix.mix(caller / THOUSAND) ^ callee;
    }
}
