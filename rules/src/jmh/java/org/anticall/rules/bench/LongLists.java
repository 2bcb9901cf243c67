package org.anticall.rules.bench;

import java.util.Arrays;
import java.util.Random;
import org.anticall.rules.number.NumberList;
import org.anticall.rules.number.NumberListBuilder;
import org.anticall.rules.number.PartyNumber;

/** Lists of the size that a country needs at most: ten million numbers and a hundred thousand prefixes, drawn by lot. */
final class LongLists {

    static final int PREFIXES = 100_000;

    private static final long[] COUNTRIES = {
        7_700_000_0000L, 44_7000_000_000L, 90_5000_000_000L, 86_1300_0000_000L, 380_50_0000_000L, 92_3000_000_000L
    };

    private LongLists() {}

    /** A number that depends on {@code seed} alone; even ones are listed, odd ones are not. */
    static long number(Random random) {
        return COUNTRIES[random.nextInt(COUNTRIES.length)] + 2L * random.nextInt(500_000_000);
    }

    static NumberList list(int numbers, int prefixes) {
        Random random = new Random(1);
        NumberListBuilder builder = new NumberListBuilder("long");
        long[] drawn = distinct(random, numbers);
        for (long number : drawn) {
            builder.add(number);
        }
        for (int i = 0; i < prefixes; i++) {
            // Six to nine digits: a city to a block of a hundred numbers.
            builder.add(new NumberList.Entry(100_000L * (i % 4 == 0 ? 1 : 100) + 7L * i, true, NumberList.FOR_EVER, ""));
        }
        return builder.build();
    }

    /** {@code count} different numbers in no order. */
    static long[] distinct(Random random, int count) {
        long[] drawn = random.longs(count + count / 4L + 16, 0, Long.MAX_VALUE)
                .map(lot -> COUNTRIES[(int) (lot % COUNTRIES.length)] + 2 * (lot / COUNTRIES.length % 500_000_000))
                .sorted()
                .toArray();
        int different = 0;
        for (int i = 0; i < drawn.length && different < count; i++) {
            if (i == 0 || drawn[i] != drawn[i - 1]) {
                drawn[different++] = drawn[i];
            }
        }
        if (different < count) {
            throw new IllegalStateException("drew " + different + " of " + count);
        }
        for (int i = count - 1; i > 0; i--) {
            int other = random.nextInt(i + 1);
            long swapped = drawn[i];
            drawn[i] = drawn[other];
            drawn[other] = swapped;
        }
        return Arrays.copyOf(drawn, count);
    }

    /** {@code count} numbers as calls bring them: half of them listed. */
    static long[] parties(NumberList list, int count) {
        Random random = new Random(2);
        long[] parties = new long[count];
        for (int i = 0; i < count; i++) {
            long number = i % 2 == 0 ? list.entry(random.nextInt(list.size() - PREFIXES)).number() : number(random) + 1;
            parties[i] = PartyNumber.of(number, PartyNumber.Form.INTERNATIONAL);
        }
        return parties;
    }
}
