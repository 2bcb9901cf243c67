package org.anticall.gateway.hop;

import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * The next hops of one group and the order they are tried in: by health, then by priority, then at random by weight.
 * Hops that do not seem well come last, so that a group of which nobody answers is still tried. Immutable but for the
 * health of its hops.
 */
public final class HopOrder {

    /** Most hops of a group: what a call has tried is a set of bits. */
    public static final int MAX_HOPS = 64;

    private final String name;
    private final NextHop[] hops;
    private final List<NextHop> list;

    HopOrder(String name, List<NextHop> hops) {
        this.name = name;
        this.hops = hops.toArray(new NextHop[0]);
        this.list = List.copyOf(hops);
        if (this.hops.length > MAX_HOPS) {
            throw new IllegalArgumentException(
                    "hop group " + name + " has " + this.hops.length + " hops, at most " + MAX_HOPS + " are possible");
        }
    }

    public String name() {
        return name;
    }

    public List<NextHop> hops() {
        return list;
    }

    /**
     * The hop to try next, null if all were tried or may not be.
     *
     * @param tried bit {@code i} stands for hop {@code i}, see {@link #bit}
     */
    public @Nullable NextHop next(long tried, long nowNanos) {
        long best = Long.MAX_VALUE;
        NextHop first = null;
        int candidates = 0;
        int total = 0;
        for (int i = 0; i < hops.length; i++) {
            long rank = rank(i, tried, nowNanos);
            if (rank < best) {
                best = rank;
                first = hops[i];
                candidates = 0;
                total = 0;
            }
            if (rank == best && rank != Long.MAX_VALUE) {
                candidates++;
                total += hops[i].weight();
            }
        }
        return candidates < 2 || total == 0 ? first : drawn(best, total, tried, nowNanos);
    }

    private @Nullable NextHop drawn(long best, int total, long tried, long nowNanos) {
        int lot = ThreadLocalRandom.current().nextInt(total);
        NextHop last = null;
        for (int i = 0; i < hops.length; i++) {
            if (rank(i, tried, nowNanos) == best) {
                last = hops[i];
                lot -= last.weight();
                if (lot < 0) {
                    return last;
                }
            }
        }
        return last == null ? next(tried, nowNanos) : last;
    }

    private long rank(int index, long tried, long nowNanos) {
        NextHop hop = hops[index];
        if ((tried & (1L << index)) != 0) {
            return Long.MAX_VALUE;
        }
        NextHop.Fitness fitness = hop.fitness(nowNanos);
        return fitness == NextHop.Fitness.OUT ? Long.MAX_VALUE : (long) fitness.ordinal() << 56 | hop.priority();
    }

    /** The bit that stands for {@code hop} in a set of tried hops. */
    public long bit(NextHop hop) {
        for (int i = 0; i < hops.length; i++) {
            if (hops[i] == hop) {
                return 1L << i;
            }
        }
        return 0;
    }
}
