package org.anticall.rules.engine;

import java.util.Set;
import org.anticall.rules.call.CallFacts;

/** For which calls a rule acts; for the others it only watches. Depends on the call alone, so a replay finds the same. */
public final class Acting {

    private static final int THOUSAND = 1000;

    /** For all. */
    public static final Acting LIVE = new Acting(Set.of(), THOUSAND, 0);

    /** For none. */
    public static final Acting SHADOW = new Acting(Set.of(), 0, 0);

    private final Set<String> trunks;
    private final int perMille;
    private final long salt;

    private Acting(Set<String> trunks, int perMille, long salt) {
        this.trunks = trunks;
        this.perMille = perMille;
        this.salt = salt;
    }

    /** For the calls on {@code trunks}. */
    public static Acting onTrunks(Set<String> trunks) {
        return new Acting(Set.copyOf(trunks), 0, 0);
    }

    /**
     * For {@code perMille} calls in a thousand.
     *
     * @param rule id of the rule, so that two rules on trial do not meet in the same calls
     */
    public static Acting onShare(int perMille, String rule) {
        return new Acting(Set.of(), perMille, Mix.hash(rule));
    }

    boolean isForAll() {
        return perMille == THOUSAND;
    }

    boolean isForNone() {
        return perMille == 0 && trunks.isEmpty();
    }

    boolean isFor(CallFacts facts) {
        if (perMille == THOUSAND) {
            return true;
        }
        if (perMille == 0) {
            return !trunks.isEmpty() && trunks.contains(facts.trunk());
        }
        long call = Mix.mix(Mix.mix(Mix.mix(salt ^ facts.atEpochMillis()) ^ facts.caller()) ^ facts.callee());
        return (int) ((call >>> 33) % THOUSAND) < perMille;
    }
}
