package org.anticall.rules.number;

import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * A named list of numbers and prefixes, each with an end of its own. A number is in the list if it stands there itself or
 * starts with a listed prefix; the longest entry that is still valid counts. Made for ten million entries, see
 * {@link NumberTable}. Immutable; look-ups allocate nothing.
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

    /**
     * What a list is made of. Numbers come first in the order of entries, prefixes after them, short codes last.
     *
     * @param numbers complete numbers
     * @param starts prefixes, ascending
     * @param shortCodes as {@link PartyNumber#shortCode(long, int)} packs them, ascending
     * @param terms of the entries, in their order
     * @param keys all of them as {@link NumberListBuilder} keeps them, ascending
     */
    record Parts(NumberTable numbers, long[] starts, long[] shortCodes, EntryTerms terms, long[] keys) {}

    private final String name;
    private final NumberTable numbers;
    private final long[] starts;
    private final PrefixTable prefixes;
    private final long[] shortCodes;
    private final EntryTerms terms;
    private final String sha256;

    NumberList(String name, Parts parts) {
        this.name = name;
        this.numbers = parts.numbers();
        this.starts = parts.starts();
        this.shortCodes = parts.shortCodes();
        this.terms = parts.terms();
        int[] places = new int[starts.length];
        Arrays.setAll(places, i -> numbers.size() + i);
        this.prefixes = new PrefixTable(starts, places);
        this.sha256 = new ListText(this).sha256(parts.keys());
    }

    /** A list of {@code entries} in any order, of which no two have the same number or prefix. */
    public NumberList(String name, List<Entry> entries) {
        this(name, parts(name, entries));
    }

    private static Parts parts(String name, List<Entry> entries) {
        NumberListBuilder builder = new NumberListBuilder(name);
        entries.forEach(builder::add);
        int[] twins = builder.twins(1);
        if (twins.length > 0) {
            throw new IllegalArgumentException(
                    "list " + name + " has " + entries.get(twins[0]).text() + " twice");
        }
        return builder.parts();
    }

    public String name() {
        return name;
    }

    /** How many entries there are. */
    public int size() {
        return numbers.size() + starts.length + shortCodes.length;
    }

    /** The entry with that {@code index}, from 0. */
    public Entry entry(int index) {
        int prefix = index - numbers.size();
        int code = prefix - starts.length;
        long number = prefix < 0 ? numbers.at(index) : code < 0 ? starts[prefix] : shortCodes[code];
        return new Entry(number, prefix >= 0 && code < 0, terms.untilEpochMillis(index), terms.note(index));
    }

    /**
     * The entries, ordered by number, a number before the prefix of the same digits. Makes an object for each: for people
     * and short lists, not for calls.
     */
    public List<Entry> entries() {
        List<Entry> entries = new ArrayList<>(size());
        for (int i = 0; i < size(); i++) {
            entries.add(entry(i));
        }
        entries.sort(Comparator.comparingLong(Entry::number).thenComparing(Entry::prefix));
        return List.copyOf(entries);
    }

    /** The entries that stand for many numbers, ascending: few even of a long list. */
    public List<Entry> prefixes() {
        List<Entry> prefixes = new ArrayList<>(starts.length);
        for (int i = 0; i < starts.length; i++) {
            prefixes.add(entry(numbers.size() + i));
        }
        return List.copyOf(prefixes);
    }

    /** SHA-256 in hex of what {@link #write} writes: lists of the same entries have the same. */
    public String sha256() {
        return sha256;
    }

    /**
     * Writes the list in its one form: UTF-8, a line for each of {@link #entries()}.
     *
     * @throws IOException if {@code out} does
     */
    public void write(OutputStream out) throws IOException {
        new ListText(this).write(keys(), out);
    }

    /**
     * The entry that {@code partyNumber} falls under at {@code atEpochMillis}.
     *
     * @return index of the {@link #entry(int)}, or {@link #NONE}
     */
    public int find(long partyNumber, long atEpochMillis) {
        if (PartyNumber.kind(partyNumber) == PartyNumber.Kind.SHORT) {
            int at = shortCodes.length == 0 ? NONE : Arrays.binarySearch(shortCodes, partyNumber);
            int index = numbers.size() + starts.length + at;
            return at >= 0 && isValid(index, atEpochMillis) ? index : NONE;
        }
        long e164 = PartyNumber.e164(partyNumber);
        if (e164 == E164.NONE) {
            return NONE;
        }
        int index = numbers.find(e164);
        if (index != NumberTable.NONE && isValid(index, atEpochMillis)) {
            return index;
        }
        int length = prefixes.longestLength(e164, E164.MAX_DIGITS);
        while (length > 0) {
            index = prefixes.exact(E164.prefix(e164, length));
            if (isValid(index, atEpochMillis)) {
                return index;
            }
            length = prefixes.longestLength(e164, length - 1);
        }
        return NONE;
    }

    /**
     * The first moment after {@code atEpochMillis} at which {@link #find} may answer otherwise for {@code partyNumber},
     * {@link #FOR_EVER} if there is none.
     */
    public long answerHoldsUntil(long partyNumber, long atEpochMillis) {
        if (terms.isEmpty()) {
            return FOR_EVER;
        }
        int index = find(partyNumber, atEpochMillis);
        return index == NONE ? FOR_EVER : terms.untilEpochMillis(index);
    }

    /** Whether no entry has an end or a note. */
    boolean isPlain() {
        return terms.isEmpty();
    }

    /** The entry with exactly this key, which is in the list. */
    int indexOf(long key) {
        long number = key >>> 1;
        if (NumberListBuilder.isShortCode(key)) {
            return numbers.size() + starts.length + Arrays.binarySearch(shortCodes, number);
        }
        boolean prefix = (key & NumberListBuilder.PREFIX) != 0;
        return prefix ? numbers.size() + Arrays.binarySearch(starts, number) : numbers.find(number);
    }

    /** Its numbers, prefixes and short codes as {@link NumberListBuilder} keeps them, ascending. */
    long[] keys() {
        long[] keys = new long[size()];
        long[] ascending = numbers.ascending();
        int at = 0;
        for (long number : ascending) {
            keys[at++] = number << 1;
        }
        for (long start : starts) {
            keys[at++] = start << 1 | NumberListBuilder.PREFIX;
        }
        for (long code : shortCodes) {
            keys[at++] = code << 1;
        }
        Arrays.sort(keys);
        return keys;
    }

    /** Bytes of the arrays that look-ups use; notes are counted by their references only. */
    public long bytes() {
        return numbers.bytes() + 8L * starts.length + prefixes.bytes() + 8L * shortCodes.length + terms.bytes();
    }

    private boolean isValid(int index, long atEpochMillis) {
        return atEpochMillis < terms.untilEpochMillis(index);
    }
}
