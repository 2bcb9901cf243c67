package org.anticall.rules.bench;

import java.lang.management.ManagementFactory;
import java.util.Locale;
import org.anticall.rules.number.NumberList;

/** How many bytes a list takes: those of its arrays, and what the heap says after a collection. Arguments: numbers, prefixes. */
public final class ListMemory {

    private ListMemory() {}

    /** Prints one line. */
    public static void main(String[] arguments) {
        int numbers = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 10_000_000;
        int prefixes = arguments.length > 1 ? Integer.parseInt(arguments[1]) : LongLists.PREFIXES;
        long before = used();
        NumberList list = LongLists.list(numbers, prefixes);
        long heap = used() - before;
        System.out.println(String.format(
                Locale.ROOT,
                "%d entries: %.2f bytes an entry in arrays, %.2f on the heap",
                list.size(),
                (double) list.bytes() / list.size(),
                (double) heap / list.size()));
    }

    private static long used() {
        for (int i = 0; i < 3; i++) {
            System.gc();
        }
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }
}
