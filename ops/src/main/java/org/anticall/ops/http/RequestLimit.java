package org.anticall.ops.http;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * How fast one account, or a stranger at one address, may ask: {@value #BURST} requests at once and then
 * {@value #PER_SECOND} a second. A person never notices; a program that runs wild holds up nobody else. Thread-safe,
 * bounded.
 */
final class RequestLimit {

    static final int BURST = 200;
    static final int PER_SECOND = 50;

    private static final int MOST_KEYS = 20_000;
    private static final long NANOS_EACH = TimeUnit.SECONDS.toNanos(1) / PER_SECOND;

    private final Ticker ticker;
    private final Cache<String, Bucket> buckets;

    RequestLimit(Ticker ticker) {
        this.ticker = ticker;
        this.buckets = Caffeine.newBuilder()
                .maximumSize(MOST_KEYS)
                .expireAfterAccess(Duration.ofMinutes(1))
                .ticker(ticker)
                .build();
    }

    /**
     * Counts a request.
     *
     * @throws Refused if there were too many
     */
    void take(String key) {
        if (!buckets.get(key, each -> new Bucket(ticker.read())).take(ticker.read())) {
            throw new Refused(429, "too-fast", "At most " + PER_SECOND + " requests a second; try again in a second.");
        }
    }

    /** Requests that may still be made, as the time at which none was used. Guarded by itself. */
    private static final class Bucket {
        private long fullAtNanos;

        private Bucket(long nowNanos) {
            fullAtNanos = nowNanos;
        }

        private synchronized boolean take(long nowNanos) {
            long next = (fullAtNanos - nowNanos > 0 ? fullAtNanos : nowNanos) + NANOS_EACH;
            if (next - nowNanos > BURST * NANOS_EACH) {
                return false;
            }
            fullAtNanos = next;
            return true;
        }
    }
}
