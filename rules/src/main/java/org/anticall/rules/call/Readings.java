package org.anticall.rules.call;

import java.util.Arrays;
import java.util.List;

/**
 * What the counters said at the moment a call was observed. With the rest of the facts it is all that a verdict depends
 * on, so a record that keeps it can be judged again. Immutable.
 */
public final class Readings {

    /** Nothing is known of a gauge: too few calls for a share, or nobody counted. Rules never hit on it. */
    public static final int UNKNOWN = -1;

    /** Nobody counted. */
    public static final Readings NONE = new Readings(new Gauge[0], new int[0]);

    private final Gauge[] gauges;
    private final int[] values;

    private Readings(Gauge[] gauges, int[] values) {
        this.gauges = gauges;
        this.values = values;
    }

    /**
     * Readings of {@code gauges}.
     *
     * @param gauges shared, not to be changed any more
     * @param values one for each gauge, or {@link #UNKNOWN}; not to be changed any more
     */
    public static Readings of(Gauge[] gauges, int[] values) {
        if (gauges.length != values.length) {
            throw new IllegalArgumentException(values.length + " values for " + gauges.length + " gauges");
        }
        return gauges.length == 0 ? NONE : new Readings(gauges, values);
    }

    /**
     * The value of {@code gauge}, or {@link #UNKNOWN}.
     *
     * @param place where it probably stands; any value will do
     */
    public int value(Gauge gauge, int place) {
        if (place < gauges.length && gauges[place].equals(gauge)) {
            return values[place];
        }
        for (int i = 0; i < gauges.length; i++) {
            if (gauges[i].equals(gauge)) {
                return values[i];
            }
        }
        return UNKNOWN;
    }

    public List<Gauge> gauges() {
        return List.of(gauges);
    }

    /** The value at {@code index} of {@link #gauges()}. */
    public int valueAt(int index) {
        return values[index];
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Readings readings
                && Arrays.equals(gauges, readings.gauges)
                && Arrays.equals(values, readings.values);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(gauges) + Arrays.hashCode(values);
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder("Readings[");
        for (int i = 0; i < gauges.length; i++) {
            text.append(i == 0 ? "" : ", ").append(gauges[i].text()).append('=').append(values[i]);
        }
        return text.append(']').toString();
    }
}
