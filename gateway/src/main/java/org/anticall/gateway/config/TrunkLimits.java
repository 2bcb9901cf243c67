package org.anticall.gateway.config;

/**
 * How much a trunk may bring.
 *
 * @param callsPerSecond most new calls in a second, 0 for no limit
 * @param calls most calls at a time, in set-up and talking, 0 for no limit
 * @param beyond what happens to a call above either
 */
public record TrunkLimits(int callsPerSecond, int calls, Trunk.OnOverload beyond) {

    /** No limits of its own. */
    public static final TrunkLimits NONE = new TrunkLimits(0, 0, Trunk.OnOverload.PASS);
}
