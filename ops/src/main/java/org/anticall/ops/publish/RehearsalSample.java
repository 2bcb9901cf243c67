package org.anticall.ops.publish;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.anticall.ops.publish.Assembly.Placed;

/**
 * Whose numbers are called in a rehearsal: those of all orders, or, where there are very many, of those that are new and of every
 * so many-th of the others, who were called when they were new. All are compiled in any case.
 */
final class RehearsalSample {

    /** So many orders are all called; of more those that are new, and some of the others. */
    static final int MOST_CALLED = 100;

    /** Of more new orders than this only about so many are called, evenly chosen. */
    private static final int MOST_NEW_CALLED = 2_000;

    private RehearsalSample() {}

    /** @param before the orders of the revision in force, asked for only where there are many new ones */
    static List<Placed> of(StandingOrders.Standing orders, Supplier<RevisionOrders> before) {
        List<Placed> samples = orders.samples();
        List<Placed> chosen = new ArrayList<>();
        for (int i = 0; i < samples.size(); i += samples.size() / MOST_CALLED + 1) {
            chosen.add(samples.get(i));
        }
        List<Placed> fresh = orders.fresh();
        if (fresh.size() <= MOST_CALLED) {
            chosen.addAll(fresh);
            return chosen;
        }
        Set<String> added = Set.copyOf(orders.names().without(before.get()));
        int step = fresh.size() / MOST_CALLED + 1;
        int stepOfNew = added.size() / MOST_NEW_CALLED + 1;
        int seen = 0;
        for (int i = 0; i < fresh.size(); i++) {
            boolean calledAsNew = added.contains(RevisionOrders.name(
                            fresh.get(i).order(), fresh.get(i).shadow()))
                    && seen++ % stepOfNew == 0;
            if (i % step == 0 || calledAsNew) {
                chosen.add(fresh.get(i));
            }
        }
        return chosen;
    }
}
