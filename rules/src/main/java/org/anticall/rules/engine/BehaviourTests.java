package org.anticall.rules.engine;

import org.anticall.rules.call.CallFacts;
import org.anticall.rules.call.Gauge;
import org.anticall.rules.call.Readings;

/** Tests that look at what was counted over many calls. */
public final class BehaviourTests {

    private BehaviourTests() {}

    /**
     * The gauge reads at least, or at most, {@code limit}.
     *
     * @param place where the gauge stands among those of its rule set
     */
    public static Test reads(Gauge gauge, int place, boolean atLeast, int limit) {
        return new Reads(gauge, place, atLeast, limit);
    }

    private record Reads(Gauge gauge, int place, boolean atLeast, int limit) implements Test {

        @Override
        public Truth holds(CallFacts facts, long classes) {
            int value = facts.readings().value(gauge, place);
            return Truth.of(value != Readings.UNKNOWN && (atLeast ? value >= limit : value <= limit));
        }

        @Override
        public String why(CallFacts facts, long classes) {
            int value = facts.readings().value(gauge, place);
            String what = gauge.measure().description() + within();
            if (value == Readings.UNKNOWN) {
                return "not known: " + what
                        + (gauge.ofAtLeast() == 0 ? "" : " (takes " + gauge.ofAtLeast() + " calls)");
            }
            return value + " " + what + ", the limit is " + (atLeast ? "at least " : "at most ") + limit;
        }

        private String within() {
            int seconds = gauge.withinSeconds();
            if (seconds == 0) {
                return "";
            }
            return seconds % 3600 == 0
                    ? " within " + seconds / 3600 + " h"
                    : seconds % 60 == 0 ? " within " + seconds / 60 + " min" : " within " + seconds + " s";
        }
    }
}
