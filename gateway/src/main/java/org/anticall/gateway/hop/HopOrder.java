package org.anticall.gateway.hop;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The next hops of one group in the order they are tried. Hops that are being avoided come last, so that a group of which
 * nobody answers is still tried.
 */
public final class HopOrder {

    /** Most hops of a group: what a call has tried is a set of bits. */
    public static final int MAX_HOPS = 64;

    private final String name;
    private final List<NextHop> hops;

    HopOrder(String name, List<NextHop> hops) {
        this.name = name;
        this.hops = List.copyOf(hops);
        if (hops.size() > MAX_HOPS) {
            throw new IllegalArgumentException(
                    "hop group " + name + " has " + hops.size() + " hops, at most " + MAX_HOPS + " are possible");
        }
    }

    public String name() {
        return name;
    }

    public List<NextHop> hops() {
        return hops;
    }

    /**
     * The hop to try next, null if all were tried.
     *
     * @param tried bit {@code i} stands for hop {@code i}, see {@link #bit}
     */
    public @Nullable NextHop next(long tried, long nowNanos) {
        NextHop lastResort = null;
        for (int i = 0; i < hops.size(); i++) {
            if ((tried & (1L << i)) == 0) {
                NextHop hop = hops.get(i);
                if (!hop.isAvoided(nowNanos)) {
                    return hop;
                }
                if (lastResort == null) {
                    lastResort = hop;
                }
            }
        }
        return lastResort;
    }

    /** The bit that stands for {@code hop} in a set of tried hops. */
    public long bit(NextHop hop) {
        return 1L << hops.indexOf(hop);
    }
}
