package org.anticall.gateway.path;

import org.anticall.gateway.config.OverloadSettings;
import org.anticall.gateway.config.Trunk;
import org.anticall.gateway.transport.Source;
import org.anticall.gateway.verdict.Alarm;
import org.anticall.gateway.verdict.RecentKeys;
import org.jspecify.annotations.Nullable;

/**
 * The gate new calls come through: the gateway's own bounds, each trunk's and each peer's. Above one of them the trunk's
 * policy applies; nothing is queued, and people are told. Owned by one event loop.
 */
final class Overload {

    /** Calls that passed unjudged and are remembered: what 2,000 a second leave in 64×T1. */
    private static final int UNJUDGED_CALLS = 1 << 16;

    /** Of each its transaction and its INVITE. */
    private static final int KEYS_OF_CALL = 2;

    private static final long NANOS_PER_MILLI = 1_000_000;

    private final OverloadSettings settings;
    private final long lagNanos;
    private final int maxTransactions;
    private final PathCounters counters;
    private final Alarm<Strain> alarm;
    private final Loads loads;
    private final LoopLag lag = new LoopLag();
    private final RecentKeys unjudged;
    private final RecentKeys unjudgedDialogs;

    /**
     * @param settings this lane's share
     * @param maxTransactions most calls whose transaction is open, at most {@link CallTable#MAX_CALLS}
     * @param unjudgedNanos how long what belongs to an INVITE that passed unjudged may come after it
     * @param loads what trunks and peers bring to all lanes
     */
    Overload(
            OverloadSettings settings,
            int maxTransactions,
            long unjudgedNanos,
            Loads loads,
            PathCounters counters,
            Alarm<Strain> alarm) {
        this.settings = settings;
        this.lagNanos = settings.lag().toNanos();
        this.maxTransactions = Math.min(maxTransactions, CallTable.MAX_CALLS);
        this.unjudged = new RecentKeys((int) (unjudgedNanos / NANOS_PER_MILLI), UNJUDGED_CALLS * KEYS_OF_CALL);
        this.unjudgedDialogs = new RecentKeys((int) KnownCalls.LONGEST_CALL.toMillis(), UNJUDGED_CALLS);
        this.counters = counters;
        this.alarm = alarm;
        this.loads = loads;
    }

    /** How late the loop is. */
    LoopLag lag() {
        return lag;
    }

    /** Whether a message of a trunk's peer may be read; hops may always speak. */
    boolean admitsMessage(Source source, long nowNanos) {
        if (source.trunk() == null || loads.admitsMessage(source.address().getAddress(), nowNanos)) {
            return true;
        }
        reached(Strain.PEER_MESSAGES, source);
        return false;
    }

    /** What keeps a new call away, null if nothing does, or if that cannot be told. Counted and told. */
    @Nullable
    Strain strain(int callsInSetup, CallTable calls, Source source, Trunk trunk, long nowNanos) {
        try {
            return found(callsInSetup, calls, source, trunk, nowNanos);
        } catch (RuntimeException thrown) {
            counters.failures.increment();
            return null;
        }
    }

    private @Nullable Strain found(int callsInSetup, CallTable calls, Source source, Trunk trunk, long nowNanos) {
        Strain strain;
        if (callsInSetup >= settings.callsInSetup() || calls.size() >= maxTransactions) {
            strain = Strain.CALLS;
        } else if (lag.nanos() > lagNanos) {
            strain = Strain.LAG;
        } else {
            strain = loads.strain(trunk, source.address().getAddress(), nowNanos);
        }
        if (strain != null) {
            reached(strain, source);
        }
        return strain;
    }

    private void reached(Strain strain, Source source) {
        counters.strained(strain);
        Trunk trunk = source.trunk();
        alarm.ring(strain, trunk == null ? "" : trunk.name());
    }

    /**
     * A call passed unjudged: whatever belongs to its INVITE must go the same way.
     *
     * @param transaction key of its transaction
     * @param invite what stands for all bytes of its INVITE
     * @param dialog what stands for its Call-ID and its caller
     */
    void passedUnjudged(long transaction, long invite, long dialog, long nowNanos) {
        unjudged.note(transaction, nowNanos);
        unjudged.note(invite, nowNanos);
        unjudgedDialogs.note(dialog, nowNanos);
    }

    /** Whether the dialog of that Call-ID and caller began with a call that passed unjudged. */
    boolean isUnjudgedDialog(long dialog, long nowNanos) {
        return unjudgedDialogs.has(dialog, nowNanos);
    }

    /** Whether a call whose transaction or INVITE this key stands for passed unjudged not long ago. */
    boolean isUnjudged(long key, long nowNanos) {
        return unjudged.has(key, nowNanos);
    }
}
