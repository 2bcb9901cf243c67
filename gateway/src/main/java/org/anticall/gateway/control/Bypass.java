package org.anticall.gateway.control;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.anticall.gateway.verdict.Judge;
import org.anticall.rules.call.CallEnd;
import org.anticall.rules.call.CallFacts;
import org.anticall.rules.call.Decision;
import org.anticall.rules.call.Screening;
import org.anticall.rules.call.Verdict;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The switch that lets all calls pass unjudged, or those of one trunk. It stands in front of the judge, so nothing of the
 * rules is asked while it is on. It may be given an end and then lapses by itself, call by call; a restart turns it off.
 * Thread-safe; a call costs one volatile read.
 */
public final class Bypass implements Judge {

    /** The end of a switch that somebody has to turn off. */
    public static final Instant UNTIL_TURNED_OFF = Instant.ofEpochMilli(Long.MAX_VALUE);

    private static final Logger LOG = LoggerFactory.getLogger(Bypass.class);

    private final Judge judge;
    private volatile Set<String> trunks;
    private volatile State state = new State(null, Map.of());

    /**
     * What passes, and until when.
     *
     * @param all end of the switch for every call, null if it is off
     * @param trunks ends by trunk, of those that are switched
     */
    public record State(@Nullable Instant all, Map<String, Instant> trunks) {
        public State {
            trunks = Map.copyOf(trunks);
        }

        boolean covers(String trunk, long atEpochMillis) {
            return isBefore(atEpochMillis, all) || (!trunks.isEmpty() && isBefore(atEpochMillis, trunks.get(trunk)));
        }

        private static boolean isBefore(long atEpochMillis, @Nullable Instant end) {
            return end != null && atEpochMillis < end.toEpochMilli();
        }

        /** What of it still holds at {@code now}. */
        State at(Instant now) {
            Map<String, Instant> lasting = new TreeMap<>(trunks);
            lasting.values().removeIf(end -> !now.isBefore(end));
            return new State(all == null || !now.isBefore(all) ? null : all, lasting);
        }
    }

    /**
     * @param trunks names of the trunks there are
     */
    public Bypass(Judge judge, Set<String> trunks) {
        this.judge = judge;
        this.trunks = Set.copyOf(trunks);
    }

    @Override
    public Screening decide(CallFacts facts) {
        return state.covers(facts.trunk(), facts.atEpochMillis())
                ? Decision.unjudged(Decision.Basis.BYPASS, "The gateway is switched to bypass.", 0, "")
                : judge.decide(facts);
    }

    @Override
    public CallFacts observe(CallFacts facts) {
        return state.covers(facts.trunk(), facts.atEpochMillis()) ? facts : judge.observe(facts);
    }

    @Override
    public void decided(CallFacts facts, Verdict.Kind verdict) {
        judge.decided(facts, verdict);
    }

    @Override
    public void ended(CallEnd end) {
        judge.ended(end);
    }

    /** What is switched now; what has lapsed is left out. */
    public State state() {
        return state.at(Instant.now());
    }

    /** Whether calls of that trunk pass unjudged now. */
    boolean isOn(String trunk) {
        return state.covers(trunk, System.currentTimeMillis());
    }

    /** The trunks there are from now on. A switch of one that is gone means nothing until it is there again. */
    void trunks(Set<String> named) {
        trunks = Set.copyOf(named);
    }

    /** The trunks there are, sorted. */
    Set<String> trunks() {
        return new TreeSet<>(trunks);
    }

    /**
     * Switches on.
     *
     * @param trunk whose calls, null for all
     * @param until when it lapses, {@link #UNTIL_TURNED_OFF} if it does not
     * @return false if there is no such trunk
     */
    synchronized boolean turnOn(@Nullable String trunk, Instant until) {
        State before = state.at(Instant.now());
        if (trunk == null) {
            state = new State(until, before.trunks);
        } else if (trunks.contains(trunk)) {
            Map<String, Instant> named = new HashMap<>(before.trunks);
            named.put(trunk, until);
            state = new State(before.all, named);
        } else {
            return false;
        }
        log(trunk, until.equals(UNTIL_TURNED_OFF) ? "on" : "until " + until);
        return true;
    }

    /** Switches off: for all, whatever was switched on, if {@code trunk} is null. False if there is no such trunk. */
    synchronized boolean turnOff(@Nullable String trunk) {
        if (trunk == null) {
            state = new State(null, Map.of());
        } else if (trunks.contains(trunk)) {
            Map<String, Instant> named = new HashMap<>(state.trunks);
            named.remove(trunk);
            state = new State(state.all, named);
        } else {
            return false;
        }
        log(trunk, "off");
        return true;
    }

    private static void log(@Nullable String trunk, String text) {
        LOG.atWarn()
                .addKeyValue("trunk", trunk == null ? "all" : trunk)
                .addKeyValue("bypass", text)
                .log("bypass switched");
    }
}
