package org.anticall.rules.bench;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.google.i18n.phonenumbers.NumberParseException;
import com.google.i18n.phonenumbers.PhoneNumberUtil;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.anticall.rules.number.NumberList;
import org.anticall.rules.number.NumberingPlan;
import org.anticall.rules.number.PartyNumber;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Whether a cache of number profiles (class and list hits) in front of the tables pays: the same callers looked up in the
 * tables, in Caffeine with a boxed key, and in Caffeine with a key that is used again; and what plausibility by
 * libphonenumber would cost without a cache.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(value = 1, jvmArgsAppend = "-Xmx6g")
@Warmup(iterations = 2, time = 1)
@Measurement(iterations = 3, time = 2)
public class NumberProfileBench {

    private static final int PARTIES = 1 << 17;

    @Param({"1000", "10000000"})
    private int listed;

    /** Different callers among the calls that follow one another. */
    @Param({"1000", "100000"})
    private int callers;

    private NumberingPlan plan;
    private NumberList[] lists;
    private long[] parties;
    private int next;
    private final Key probe = new Key();
    private final Cache<Long, Profile> boxed =
            Caffeine.newBuilder().maximumSize(200_000).recordStats().build();
    private final Cache<Key, Profile> reused =
            Caffeine.newBuilder().maximumSize(200_000).recordStats().build();

    private record Profile(int rangeClass, int hits) {}

    /** A number as a key; the probe is changed for every look-up, keys inside the cache never are. */
    private static final class Key {

        private long number;

        Key of(long other) {
            number = other;
            return this;
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Key key && key.number == number;
        }

        @Override
        public int hashCode() {
            return Long.hashCode(number);
        }
    }

    @Setup
    public void fill() {
        plan = NumberingPlan.of("KZ");
        // As in the reference policies: four lists, one of them the long one.
        lists = new NumberList[] {
            LongLists.list(listed, LongLists.PREFIXES), LongLists.list(100, 10), LongLists.list(50, 5), LongLists.list(20, 2)
        };
        long[] different = LongLists.parties(lists[0], callers);
        Random random = new Random(3);
        parties = new long[PARTIES];
        for (int i = 0; i < PARTIES; i++) {
            parties[i] = different[random.nextInt(callers)];
        }
        for (long party : different) {
            boxed.put(party, profile(party));
            reused.put(new Key().of(party), profile(party));
        }
    }

    @Benchmark
    public int tables() {
        long party = next();
        return plan.classOf(PartyNumber.e164(party)).ordinal() + hits(party);
    }

    @Benchmark
    public Profile caffeineBoxedKey() {
        return boxed.getIfPresent(next());
    }

    @Benchmark
    public Profile caffeineReusedKey() {
        return reused.getIfPresent(probe.of(next()));
    }

    @Benchmark
    public boolean libphonenumber() throws NumberParseException {
        PhoneNumberUtil util = PhoneNumberUtil.getInstance();
        return util.isPossibleNumber(util.parse(PartyNumber.format(next()), "ZZ"));
    }

    private Profile profile(long party) {
        return new Profile(plan.classOf(PartyNumber.e164(party)).ordinal(), hits(party));
    }

    private int hits(long party) {
        int hits = 0;
        for (NumberList list : lists) {
            hits = hits << 1 | (list.find(party, 0) == NumberList.NONE ? 0 : 1);
        }
        return hits;
    }

    private long next() {
        next = (next + 1) & (PARTIES - 1);
        return parties[next];
    }
}
