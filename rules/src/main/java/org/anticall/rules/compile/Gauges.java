package org.anticall.rules.compile;

import java.util.LinkedHashSet;
import java.util.Set;
import org.anticall.rules.call.Gauge;
import org.anticall.rules.engine.GaugePlan;
import org.anticall.rules.model.Condition;
import org.anticall.rules.model.Rule;
import org.anticall.rules.model.RuleSet;

/** Finds the counters that the rules of a set look at. */
final class Gauges {

    private Gauges() {}

    static GaugePlan of(RuleSet set) {
        Set<Gauge> found = new LinkedHashSet<>();
        for (Rule rule : set.rules()) {
            add(rule.when(), found);
            rule.cases().forEach(one -> add(one.when(), found));
        }
        return GaugePlan.of(found);
    }

    private static void add(Condition condition, Set<Gauge> found) {
        if (condition instanceof Condition.All all) {
            all.parts().forEach(part -> add(part, found));
        } else if (condition instanceof Condition.Any any) {
            any.parts().forEach(part -> add(part, found));
        } else if (condition instanceof Condition.Not not) {
            add(not.part(), found);
        } else if (condition instanceof Condition.Reads reads) {
            found.add(reads.gauge());
        }
    }
}
