package org.anticall.gateway.verdict;

import org.HdrHistogram.Histogram;
import org.HdrHistogram.Recorder;
import org.jspecify.annotations.Nullable;

/** How long something took, over the life of the process. Written without allocating, read by anyone. Thread-safe. */
final class NanosHistogram {

    private static final long LONGEST_NANOS = 10_000_000_000L;

    private final Recorder recorder;
    private final Histogram total;
    private @Nullable Histogram interval;

    /**
     * @param digits significant decimal digits of what is recorded
     */
    NanosHistogram(int digits) {
        recorder = new Recorder(LONGEST_NANOS, digits);
        total = new Histogram(LONGEST_NANOS, digits);
    }

    void record(long nanos) {
        recorder.recordValue(Math.max(0, Math.min(nanos, LONGEST_NANOS)));
    }

    /** A copy of everything so far. */
    synchronized Histogram total() {
        interval = recorder.getIntervalHistogram(interval);
        total.add(interval);
        return total.copy();
    }
}
