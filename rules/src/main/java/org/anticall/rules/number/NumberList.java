package org.anticall.rules.number;

import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A named list of numbers and prefixes, each with an end of its own. A number is in the list if it stands there itself or
 * starts with a listed prefix; the longest entry that is still valid counts. Immutable; look-ups allocate nothing.
 */
public final class NumberList {

    /** Not in the list. */
    public static final int NONE = -1;

    /** {@link Entry#untilEpochMillis()} of an entry without end. */
    public static final long FOR_EVER = Long.MAX_VALUE;

    private static final long LARGEST_E164 = 999_999_999_999_999L;

    /**
     * One line of a list.
     *
     * @param number the E.164 digits, or a short code as packed by {@link PartyNumber#shortCode(long, int)}
     * @param prefix whether all numbers that start with these digits are meant
     * @param untilEpochMillis when the entry ends, exclusive; {@link #FOR_EVER} for never
     * @param note why it is there, for people; may be empty
     */
    public record Entry(long number, boolean prefix, long untilEpochMillis, String note) {

        public Entry {
            boolean isComplete = number > 0 && number <= LARGEST_E164;
            boolean isShortCode = !prefix && PartyNumber.kind(number) == PartyNumber.Kind.SHORT;
            if (!isComplete && !isShortCode) {
                throw new IllegalArgumentException("neither a number, a prefix nor a short code: " + number);
            }
        }

        /** As it is written in a list: {@code +77172555555}, {@code +44207946*}, {@code 1414}. */
        public String text() {
            return PartyNumber.kind(number) == PartyNumber.Kind.SHORT
                    ? PartyNumber.format(number)
                    : E164.format(number) + (prefix ? "*" : "");
        }
    }

    private final String name;
    private final List<Entry> entries;
    private final PrefixTable exact;
    private final PrefixTable prefixes;
    private final long[] shortCodes;
    private final int[] shortCodeEntries;

    /** A list of {@code entries} in any order, of which no two have the same number or prefix. */
    public NumberList(String name, List<Entry> entries) {
        this.name = name;
        this.entries = entries.stream()
                .sorted(Comparator.comparingLong(Entry::number).thenComparing(Entry::prefix))
                .toList();
        Map<Long, Integer> numbers = new HashMap<>();
        Map<Long, Integer> starts = new HashMap<>();
        Map<Long, Integer> codes = new HashMap<>();
        for (int i = 0; i < this.entries.size(); i++) {
            Entry entry = this.entries.get(i);
            boolean shortCode = PartyNumber.kind(entry.number()) == PartyNumber.Kind.SHORT;
            Map<Long, Integer> table = shortCode ? codes : entry.prefix() ? starts : numbers;
            if (table.put(entry.number(), i) != null) {
                throw new IllegalArgumentException("list " + name + " has " + entry.text() + " twice");
            }
        }
        this.exact = new PrefixTable(numbers);
        this.prefixes = new PrefixTable(starts);
        this.shortCodes =
                codes.keySet().stream().mapToLong(Long::longValue).sorted().toArray();
        this.shortCodeEntries = Arrays.stream(shortCodes).mapToInt(codes::get).toArray();
    }

    public String name() {
        return name;
    }

    /** The entries, ordered by number, a number before the prefix of the same digits. */
    public List<Entry> entries() {
        return entries;
    }

    /**
     * The entry that {@code partyNumber} falls under at {@code atEpochMillis}.
     *
     * @return index into {@link #entries()}, or {@link #NONE}
     */
    public int find(long partyNumber, long atEpochMillis) {
        if (PartyNumber.kind(partyNumber) == PartyNumber.Kind.SHORT) {
            int at = Arrays.binarySearch(shortCodes, partyNumber);
            return at >= 0 && isValid(shortCodeEntries[at], atEpochMillis) ? shortCodeEntries[at] : NONE;
        }
        long e164 = PartyNumber.e164(partyNumber);
        if (e164 == E164.NONE) {
            return NONE;
        }
        int index = exact.exact(e164);
        if (index != PrefixTable.NONE && isValid(index, atEpochMillis)) {
            return index;
        }
        for (int length = prefixes.longestLength(e164, E164.MAX_DIGITS); length > 0; ) {
            index = prefixes.exact(E164.prefix(e164, length));
            if (isValid(index, atEpochMillis)) {
                return index;
            }
            length = prefixes.longestLength(e164, length - 1);
        }
        return NONE;
    }

    private boolean isValid(int index, long atEpochMillis) {
        return atEpochMillis < entries.get(index).untilEpochMillis();
    }
}
