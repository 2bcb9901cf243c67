package org.anticall.gateway.control;

import java.util.HashSet;
import java.util.Set;
import java.util.TreeSet;
import org.anticall.gateway.verdict.Judge;
import org.anticall.rules.call.CallFacts;
import org.anticall.rules.call.Decision;
import org.anticall.rules.call.Screening;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The switch that lets all calls pass unjudged, or those of one trunk. It stands in front of the judge, so nothing of the
 * rules is asked while it is on. A restart turns it off. Thread-safe; a call costs one volatile read.
 */
public final class Bypass implements Judge {

    private static final Logger LOG = LoggerFactory.getLogger(Bypass.class);

    private final Judge judge;
    private final Set<String> trunks;
    private volatile State state = new State(false, Set.of());

    /**
     * What passes.
     *
     * @param all every call
     * @param trunks calls of these trunks
     */
    public record State(boolean all, Set<String> trunks) {
        public State {
            trunks = Set.copyOf(trunks);
        }

        boolean covers(String trunk) {
            return all || trunks.contains(trunk);
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
        return state.covers(facts.trunk())
                ? Decision.unjudged(Decision.Basis.BYPASS, "The gateway is switched to bypass.", 0, "")
                : judge.decide(facts);
    }

    public State state() {
        return state;
    }

    /** The trunks there are, sorted. */
    Set<String> trunks() {
        return new TreeSet<>(trunks);
    }

    /**
     * Switches.
     *
     * @param trunk whose calls, null for all
     * @return false if there is no such trunk
     */
    synchronized boolean turn(@Nullable String trunk, boolean on) {
        if (trunk == null) {
            state = new State(on, on ? state.trunks : Set.of());
        } else if (trunks.contains(trunk)) {
            Set<String> named = new HashSet<>(state.trunks);
            if (on) {
                named.add(trunk);
            } else {
                named.remove(trunk);
            }
            state = new State(state.all, named);
        } else {
            return false;
        }
        LOG.atWarn()
                .addKeyValue("trunk", trunk == null ? "all" : trunk)
                .addKeyValue("bypass", on ? "on" : "off")
                .log("bypass switched");
        return true;
    }
}
