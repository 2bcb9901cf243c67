package org.anticall.rules.number;

import java.util.ArrayList;
import java.util.List;

/**
 * What one list has that another has not. Two lists of ten million are compared without an object for each entry.
 *
 * @param added how many entries are in the second only
 * @param removed how many are in the first only
 * @param changed how many have another end or note
 * @param addedFirst the first of the added, ascending
 * @param removedFirst the first of the removed, ascending
 * @param changedFirst the first of the changed, as they are in the second, ascending
 */
public record NumberListDiff(
        int added,
        int removed,
        int changed,
        List<NumberList.Entry> addedFirst,
        List<NumberList.Entry> removedFirst,
        List<NumberList.Entry> changedFirst) {

    public NumberListDiff {
        addedFirst = List.copyOf(addedFirst);
        removedFirst = List.copyOf(removedFirst);
        changedFirst = List.copyOf(changedFirst);
    }

    /** Whether both lists say the same. */
    public boolean isEmpty() {
        return added + removed + changed == 0;
    }

    /**
     * What {@code after} has that {@code before} has not, and the other way round.
     *
     * @param most how many entries of each kind to name
     */
    public static NumberListDiff between(NumberList before, NumberList after, int most) {
        long[] old = before.keys();
        long[] young = after.keys();
        boolean plain = before.isPlain() && after.isPlain();
        int[] counts = new int[3];
        List<NumberList.Entry> added = new ArrayList<>();
        List<NumberList.Entry> removed = new ArrayList<>();
        List<NumberList.Entry> changed = new ArrayList<>();
        int inOld = 0;
        int inYoung = 0;
        while (inOld < old.length || inYoung < young.length) {
            if (inYoung == young.length || (inOld < old.length && old[inOld] < young[inYoung])) {
                note(removed, counts[1]++, most, before, old[inOld++]);
            } else if (inOld == old.length || young[inYoung] < old[inOld]) {
                note(added, counts[0]++, most, after, young[inYoung++]);
            } else {
                if (!plain && !entry(before, old[inOld]).equals(entry(after, young[inYoung]))) {
                    note(changed, counts[2]++, most, after, young[inYoung]);
                }
                inOld++;
                inYoung++;
            }
        }
        return new NumberListDiff(counts[0], counts[1], counts[2], added, removed, changed);
    }

    private static void note(List<NumberList.Entry> named, int count, int most, NumberList list, long key) {
        if (count < most) {
            named.add(entry(list, key));
        }
    }

    private static NumberList.Entry entry(NumberList list, long key) {
        return list.entry(list.indexOf(key));
    }
}
