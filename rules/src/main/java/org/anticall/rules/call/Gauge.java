package org.anticall.rules.call;

/**
 * One value that rules look at: a measure over a time, with the fewest calls it takes to mean anything.
 *
 * @param measure what is counted
 * @param withinSeconds the time looked back, 1 to {@value #MAX_WITHIN_SECONDS} s; 0 for measures with a time of their own
 * @param ofAtLeast fewest calls that a share or a mean is taken of, 0 to {@value #MAX_COUNT}
 */
public record Gauge(Measure measure, int withinSeconds, int ofAtLeast) {

    /** A day: the longest time a rule can look back. */
    public static final int MAX_WITHIN_SECONDS = 86_400;

    /** Most calls of one number that are remembered; no count of a sliding window exceeds it. */
    public static final int MAX_COUNT = 64;

    public Gauge {
        boolean sliding = measure.window() == Measure.Window.SLIDING;
        if (sliding ? withinSeconds < 1 || withinSeconds > MAX_WITHIN_SECONDS : withinSeconds != 0) {
            throw new IllegalArgumentException(measure.text() + " within " + withinSeconds + " s");
        }
        if (ofAtLeast < 0) {
            throw new IllegalArgumentException(measure.text() + " of at least " + ofAtLeast);
        }
    }

    /** In records: {@code distinct-callees/600/0}. */
    public String text() {
        return measure.text() + "/" + withinSeconds + "/" + ofAtLeast;
    }

    /**
     * The gauge that {@link #text()} wrote.
     *
     * @throws IllegalArgumentException if {@code text} is none
     */
    public static Gauge parse(String text) {
        String[] parts = text.split("/", -1);
        if (parts.length == 3) {
            for (Measure measure : Measure.values()) {
                if (measure.text().equals(parts[0])) {
                    return new Gauge(measure, Integer.parseInt(parts[1]), Integer.parseInt(parts[2]));
                }
            }
        }
        throw new IllegalArgumentException("'" + text + "', expected a measure, seconds and a count: attempts/60/0");
    }
}
