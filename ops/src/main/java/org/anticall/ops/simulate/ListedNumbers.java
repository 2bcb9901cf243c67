package org.anticall.ops.simulate;

import java.util.List;

/**
 * What the rule set in force lists, as far as traffic needs it.
 *
 * @param hotlines numbers that nobody may call from
 * @param blocks prefixes whose callers go to the desk
 */
record ListedNumbers(List<String> hotlines, List<String> blocks) {

    ListedNumbers {
        hotlines = List.copyOf(hotlines);
        blocks = List.copyOf(blocks);
        if (hotlines.isEmpty() || blocks.isEmpty()) {
            throw new IllegalArgumentException("traffic needs a hotline and a black-listed block: " + hotlines + ", " + blocks);
        }
    }

    /** Whether an innocent caller must not have this number. */
    boolean holds(String number) {
        return hotlines.contains(number) || blocks.stream().anyMatch(number::startsWith);
    }
}
