package org.anticall.rules.engine;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.stats.CacheStats;
import org.anticall.rules.number.NumberList;
import org.anticall.rules.number.NumberingPlan;
import org.anticall.rules.number.PartyNumber;

/**
 * What the tables of one rule set say of callers, remembered for those who ring again: in front of lists of millions one
 * look-up instead of several that each miss the processor's cache. Bounded; callers who come once do not displace those who
 * come often. It never changes an answer: a profile is taken only for the time it holds, and the whole is dropped with its
 * rule set. Thread-safe; a hit allocates nothing, because every thread asks with a key of its own that is used again.
 */
public final class NumberProfiles {

    /** Numbers that are remembered at most, about 130 bytes each. */
    static final int MOST_NUMBERS = 1 << 16;

    private static final ThreadLocal<Key> PROBE = ThreadLocal.withInitial(() -> new Key(0));

    private final NumberingPlan plan;
    private final NumberList[] lists;
    private final Cache<Key, NumberProfile> profiles = Caffeine.newBuilder()
            .maximumSize(MOST_NUMBERS)
            .executor(Runnable::run)
            .recordStats()
            .build();

    /** No profiles yet, of the numbers of {@code plan} and {@code lists}. */
    public NumberProfiles(NumberingPlan plan, ProfiledLists lists) {
        this.plan = plan;
        this.lists = lists.inOrder();
    }

    NumberingPlan plan() {
        return plan;
    }

    /** The profile of {@code e164}, which is no {@link org.anticall.rules.number.E164#NONE}, for a call at that time. */
    NumberProfile of(long e164, long atEpochMillis) {
        NumberProfile known = profiles.getIfPresent(PROBE.get().of(e164));
        if (known != null && known.holdsAt(atEpochMillis)) {
            return known;
        }
        NumberProfile fresh = workOut(e164, atEpochMillis);
        // A call of the past, as in a replay, has its own answer but does not overwrite that of the present.
        if (known == null || atEpochMillis >= known.untilEpochMillis()) {
            profiles.put(new Key(e164), fresh);
        }
        return fresh;
    }

    private NumberProfile workOut(long e164, long atEpochMillis) {
        long number = PartyNumber.of(e164, PartyNumber.Form.INTERNATIONAL);
        int hits = 0;
        long until = NumberList.FOR_EVER;
        for (int bit = 0; bit < lists.length; bit++) {
            if (lists[bit].find(number, atEpochMillis) != NumberList.NONE) {
                hits |= 1 << bit;
                until = Math.min(until, lists[bit].answerHoldsUntil(number, atEpochMillis));
            }
        }
        return new NumberProfile(plan.classOf(e164).ordinal(), hits, atEpochMillis, until);
    }

    /** Hits and misses so far. */
    public CacheStats stats() {
        return profiles.stats();
    }

    /** How many numbers are remembered, about. */
    public long size() {
        return profiles.estimatedSize();
    }

    /** A number as a key. Those in the cache never change; a thread's probe does for each question. */
    private static final class Key {

        private long e164;

        Key(long e164) {
            this.e164 = e164;
        }

        Key of(long other) {
            e164 = other;
            return this;
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Key key && key.e164 == e164;
        }

        @Override
        public int hashCode() {
            return (int) Mix.mix(e164);
        }
    }
}
