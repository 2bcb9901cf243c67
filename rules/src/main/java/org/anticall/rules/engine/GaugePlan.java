package org.anticall.rules.engine;

import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.stream.IntStream;
import org.anticall.rules.call.Gauge;
import org.anticall.rules.call.Measure;

/**
 * The gauges that the rules of a set look at, each once, those of one subject side by side; and for each subject the order
 * in which a walk back through its events comes to the end of their times. Immutable.
 */
public final class GaugePlan {

    /** No rule looks at any. */
    public static final GaugePlan EMPTY = new GaugePlan(new Gauge[0]);

    private final Gauge[] gauges;
    private final int[] starts;
    private final int[] order;
    private final int[] withins;

    private GaugePlan(Gauge[] gauges) {
        this.gauges = gauges;
        this.starts = new int[Measure.Subject.values().length + 1];
        for (Gauge gauge : gauges) {
            starts[gauge.measure().subject().ordinal() + 1]++;
        }
        for (int i = 1; i < starts.length; i++) {
            starts[i] += starts[i - 1];
        }
        this.order = IntStream.range(0, gauges.length)
                .boxed()
                .sorted(Comparator.comparing((Integer i) -> gauges[i].measure().subject())
                        .thenComparingInt(i -> within(gauges[i])))
                .mapToInt(Integer::intValue)
                .toArray();
        this.withins = Arrays.stream(order).map(i -> within(gauges[i])).toArray();
    }

    /** A measure with a time of its own looks at all that is remembered. */
    private static int within(Gauge gauge) {
        return gauge.withinSeconds() == 0 ? Integer.MAX_VALUE : gauge.withinSeconds();
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

    /** The place of the gauge that is number {@code turn} in the order of times, from {@link #start} to {@link #end}. */
    int inOrder(int turn) {
        return order[turn];
    }

    /** How far the gauge {@link #inOrder} looks back, seconds; without limit from {@code end} on. */
    int withinAt(int turn, int end) {
        return turn < end ? withins[turn] : Integer.MAX_VALUE;
    }

    /** The gauges; shared with readings, never to be written. */
    public Gauge[] shared() {
        return gauges;
    }
}
