package org.anticall.gateway.control;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.anticall.gateway.path.CallEvents;
import org.anticall.gateway.path.CallStory;
import org.anticall.rules.call.CallFacts;
import org.jspecify.annotations.Nullable;

/** Counts what becomes of calls, trunk by trunk. Listens on event loops, is read by anyone. */
public final class CallStatistics implements CallEvents {

    private final Map<String, TrunkStatistics> trunks = new ConcurrentHashMap<>();

    @Override
    public void judged(CallStory call, @Nullable CallFacts facts) {
        of(call).judged(call);
    }

    @Override
    public void answered(CallStory call) {
        of(call).answered(call);
    }

    @Override
    public void ended(CallStory call) {
        of(call).ended(call);
    }

    private TrunkStatistics of(CallStory call) {
        return of(call.trunk().name());
    }

    /** The statistics of that trunk; empty ones if it had no call yet. */
    TrunkStatistics of(String trunk) {
        TrunkStatistics known = trunks.get(trunk);
        return known != null ? known : trunks.computeIfAbsent(trunk, each -> new TrunkStatistics());
    }

    /** By trunk, those that were taken out of the configuration since included. */
    Map<String, TrunkStatistics> byTrunk() {
        return new TreeMap<>(trunks);
    }
}
