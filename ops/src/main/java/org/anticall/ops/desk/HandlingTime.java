package org.anticall.ops.desk;

import java.time.Duration;

/**
 * How long a call keeps a seat, learnt from the calls that were: a moving average in which the latest call weighs an
 * eighth. Owned by the desk's thread.
 */
final class HandlingTime {

    private static final int WEIGHT = 8;

    private double averageMillis = -1;

    /** One more call kept its seat for {@code time}, wrap-up included. */
    void learn(Duration time) {
        double millis = time.toMillis();
        averageMillis = averageMillis < 0 ? millis : averageMillis + (millis - averageMillis) / WEIGHT;
    }

    /** What a call takes on the average; zero while nothing is known. */
    Duration average() {
        return averageMillis < 0 ? Duration.ZERO : Duration.ofMillis((long) averageMillis);
    }

    /**
     * How long a call will wait behind {@code ahead} others for the first of {@code seats} busy seats, if calls end at
     * random; zero while nothing is known.
     */
    Duration expectedWait(int ahead, int seats) {
        return averageMillis < 0 ? Duration.ZERO : Duration.ofMillis((long) (averageMillis * (ahead + 1) / seats));
    }
}
