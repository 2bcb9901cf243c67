package org.anticall.gateway.control;

import java.util.concurrent.atomic.LongAdder;

/**
 * Times counted in fixed buckets, as Prometheus adds them up over many gateways. Counting allocates nothing. Thread-safe; a
 * reading may be one count behind in one of its parts.
 */
final class TimeBuckets {

    /** For what a person waits for: from the verdict to ringing and answer. */
    static final double[] SECONDS = {0.1, 0.25, 0.5, 1, 2.5, 5, 10, 20, 30, 60, 120};

    /** For what the gateway does itself. */
    static final double[] FRACTIONS = {0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5
    };

    private static final double NANOS_PER_SECOND = 1e9;

    private final long[] upperNanos;
    private final double[] upperSeconds;
    private final LongAdder[] counts;
    private final LongAdder sumNanos = new LongAdder();

    /**
     * @param upperSeconds upper bounds, ascending; what is longer is counted in one more bucket
     */
    TimeBuckets(double... upperSeconds) {
        this.upperSeconds = upperSeconds.clone();
        this.upperNanos = new long[upperSeconds.length];
        this.counts = new LongAdder[upperSeconds.length + 1];
        for (int i = 0; i < counts.length; i++) {
            counts[i] = new LongAdder();
            if (i < upperNanos.length) {
                upperNanos[i] = Math.round(upperSeconds[i] * NANOS_PER_SECOND);
            }
        }
    }

    void add(long nanos) {
        int bucket = 0;
        while (bucket < upperNanos.length && nanos > upperNanos[bucket]) {
            bucket++;
        }
        counts[bucket].increment();
        sumNanos.add(nanos);
    }

    /** Upper bounds in seconds, the last one infinite. */
    double[] bounds() {
        double[] bounds = new double[counts.length];
        System.arraycopy(upperSeconds, 0, bounds, 0, upperSeconds.length);
        bounds[upperSeconds.length] = Double.POSITIVE_INFINITY;
        return bounds;
    }

    /** How many there are in each bucket, not cumulative. */
    long[] counts() {
        long[] sums = new long[counts.length];
        for (int i = 0; i < sums.length; i++) {
            sums[i] = counts[i].sum();
        }
        return sums;
    }

    double sumSeconds() {
        return sumNanos.sum() / NANOS_PER_SECOND;
    }
}
