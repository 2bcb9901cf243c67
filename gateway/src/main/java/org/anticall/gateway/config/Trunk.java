package org.anticall.gateway.config;

import java.util.List;
import org.anticall.rules.call.TrunkClass;

/**
 * One interconnect: who speaks on it, what lies behind it, where its calls go.
 *
 * @param name unique; a metrics label, so 1 to 32 letters, digits, dots, dashes
 * @param trunkClass what lies at the far end
 * @param peers who may speak on it, not empty; where peers of two trunks overlap, the narrower one wins
 * @param route name of the hop group that passed calls go to
 * @param onOverload what happens to its calls above the gateway's limits
 * @param contract what is agreed with its carrier
 * @param limits how much it may bring
 * @param manners how its verdicts look on the wire
 */
public record Trunk(
        String name,
        TrunkClass trunkClass,
        List<Peer> peers,
        String route,
        OnOverload onOverload,
        Contract contract,
        TrunkLimits limits,
        Manners manners) {

    /** What happens to a call above the limits. */
    public enum OnOverload {
        /** It passes unjudged. */
        PASS,
        /** It is answered 503 with Retry-After. */
        REJECT
    }

    public Trunk {
        peers = List.copyOf(peers);
    }

    /** A trunk with the usual contract and no limits of its own. */
    public Trunk(String name, TrunkClass trunkClass, List<Peer> peers, String route, OnOverload onOverload) {
        this(name, trunkClass, peers, route, onOverload, Contract.DEFAULT, TrunkLimits.NONE);
    }

    /** A trunk with the usual manners. */
    public Trunk(
            String name,
            TrunkClass trunkClass,
            List<Peer> peers,
            String route,
            OnOverload onOverload,
            Contract contract,
            TrunkLimits limits) {
        this(name, trunkClass, peers, route, onOverload, contract, limits, Manners.DEFAULT);
    }

    /** Whether it brings the home network's own calls, on their way abroad. */
    public boolean isOutbound() {
        return trunkClass == TrunkClass.OUTBOUND;
    }
}
