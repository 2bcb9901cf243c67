package org.anticall.rules.engine;

import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import org.anticall.rules.call.Gauge;
import org.anticall.rules.call.Measure;

/** The gauges that the rules of a set look at, each once, those of one subject side by side. Immutable. */
public final class GaugePlan {

    /** No rule looks at any. */
    public static final GaugePlan EMPTY = new GaugePlan(new Gauge[0]);

    private final Gauge[] gauges;
    private final int[] starts;

    private GaugePlan(Gauge[] gauges) {
        this.gauges = gauges;
        this.starts = new int[Measure.Subject.values().length + 1];
        for (Gauge gauge : gauges) {
            starts[gauge.measure().subject().ordinal() + 1]++;
        }
        for (int i = 1; i < starts.length; i++) {
            starts[i] += starts[i - 1];
        }
    }

    /** The plan of {@code gauges}, in whatever order and however often they come. */
    public static GaugePlan of(Collection<Gauge> gauges) {
        return new GaugePlan(gauges.stream()
                .distinct()
                .sorted(Comparator.comparing((Gauge gauge) -> gauge.measure().subject())
                        .thenComparing(Gauge::measure)
                        .thenComparingInt(Gauge::withinSeconds)
                        .thenComparingInt(Gauge::ofAtLeast))
                .toArray(Gauge[]::new));
    }

    /** How many gauges there are. */
    public int size() {
        return gauges.length;
    }

    /** Where {@code gauge} stands, -1 if it is not in the plan. */
    public int placeOf(Gauge gauge) {
        return Arrays.asList(gauges).indexOf(gauge);
    }

    Gauge gauge(int place) {
        return gauges[place];
    }

    /** First place of a gauge of {@code subject}. */
    int start(Measure.Subject subject) {
        return starts[subject.ordinal()];
    }

    /** Place after the last gauge of {@code subject}. */
    int end(Measure.Subject subject) {
        return starts[subject.ordinal() + 1];
    }

    /** The gauges; shared with readings, never to be written. */
    public Gauge[] shared() {
        return gauges;
    }
}
