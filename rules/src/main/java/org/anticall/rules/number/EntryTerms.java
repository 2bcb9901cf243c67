package org.anticall.rules.number;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What entries of a list say beside their number: their end and their note. Most entries of a long list say nothing, and
 * those that do mostly say the same as many others (one order, one end): each distinct pair is kept once, and a side table
 * tells which entries have which. Immutable; reading an end allocates nothing.
 */
final class EntryTerms {

    /** The terms of an entry that has neither end nor note. */
    static final int NONE = 0;

    private final int[] entries;
    private final int[] termsOfEntry;
    private final byte[] dense;
    private final long[] untils;
    private final String[] notes;

    private EntryTerms(int[] entries, int[] termsOfEntry, byte[] dense, long[] untils, String[] notes) {
        this.entries = entries;
        this.termsOfEntry = termsOfEntry;
        this.dense = dense;
        this.untils = untils;
        this.notes = notes;
    }

    boolean isEmpty() {
        return untils.length == 1;
    }

    long untilEpochMillis(int index) {
        return untils[termsOf(index)];
    }

    String note(int index) {
        return notes[termsOf(index)];
    }

    long bytes() {
        return 4L * entries.length + 4L * termsOfEntry.length + dense.length + 12L * untils.length;
    }

    private int termsOf(int index) {
        if (dense.length > 0) {
            return dense[index] & 0xFF;
        }
        if (entries.length == 0) {
            return termsOfEntry.length == 0 ? NONE : termsOfEntry[index];
        }
        int at = Arrays.binarySearch(entries, index);
        return at < 0 ? NONE : termsOfEntry[at];
    }

    /** Collects the distinct terms while a list is read. Owned by one thread. */
    static final class Collector {

        private static final int MOST_IN_A_BYTE = 256;

        private final Map<Terms, Integer> numbers = new HashMap<>();
        private final List<Terms> distinct = new ArrayList<>();

        private record Terms(long untilEpochMillis, String note) {}

        Collector() {
            numberOf(NumberList.FOR_EVER, "");
        }

        int numberOf(long untilEpochMillis, String note) {
            Terms terms = new Terms(untilEpochMillis, note);
            Integer known = numbers.putIfAbsent(terms, distinct.size());
            if (known != null) {
                return known;
            }
            distinct.add(terms);
            return distinct.size() - 1;
        }

        boolean hasAny() {
            return distinct.size() > 1;
        }

        /**
         * The terms of a list, in whichever table is the smaller.
         *
         * @param termsOf the number of each entry's terms; empty if no entry has any
         */
        EntryTerms build(int[] termsOf) {
            long[] untils = distinct.stream().mapToLong(Terms::untilEpochMillis).toArray();
            String[] notes = distinct.stream().map(Terms::note).toArray(String[]::new);
            int having =
                    (int) Arrays.stream(termsOf).filter(each -> each != NONE).count();
            boolean fitsBytes = distinct.size() <= MOST_IN_A_BYTE;
            long denseBytes = (fitsBytes ? 1L : 4L) * termsOf.length;
            if (8L * having < denseBytes) {
                int[] entries = new int[having];
                int[] theirs = new int[having];
                int at = 0;
                for (int i = 0; i < termsOf.length; i++) {
                    if (termsOf[i] != NONE) {
                        entries[at] = i;
                        theirs[at++] = termsOf[i];
                    }
                }
                return new EntryTerms(entries, theirs, new byte[0], untils, notes);
            }
            if (!fitsBytes) {
                return new EntryTerms(new int[0], termsOf, new byte[0], untils, notes);
            }
            byte[] dense = new byte[termsOf.length];
            for (int i = 0; i < dense.length; i++) {
                dense[i] = (byte) termsOf[i];
            }
            return new EntryTerms(new int[0], new int[0], dense, untils, notes);
        }
    }
}
