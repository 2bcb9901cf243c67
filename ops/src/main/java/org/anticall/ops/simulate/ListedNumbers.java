package org.anticall.ops.simulate;

import java.io.IOException;
import java.util.List;
import java.util.function.Predicate;
import org.anticall.rules.RuleSource;
import org.anticall.rules.model.KnownLists;
import org.anticall.rules.model.Reading;
import org.anticall.rules.number.NumberList;
import org.anticall.rules.number.PartyNumber;
import org.jspecify.annotations.Nullable;

/**
 * What the lists of a rule set hold, as far as traffic needs it. Only the lists are read, never the rules: what a call
 * must come to is its recipe's business.
 *
 * @param hotlines numbers that nobody may call from, with {@code +}
 * @param blocks prefixes whose callers go to the desk, with {@code +}
 * @param allowed numbers that pass whatever else is listed, with {@code +}
 */
record ListedNumbers(List<String> hotlines, List<String> blocks, List<String> allowed) {

    private static final String HOTLINES = "do-not-originate";
    private static final String BLOCKS = "black";
    private static final String ALLOWED = "allow";

    ListedNumbers {
        hotlines = List.copyOf(hotlines);
        blocks = List.copyOf(blocks);
        allowed = List.copyOf(allowed);
        if (hotlines.isEmpty() || blocks.isEmpty()) {
            throw new IllegalArgumentException("traffic needs a number in list '" + HOTLINES
                    + "' and a prefix in list '" + BLOCKS + "', found " + hotlines + " and " + blocks);
        }
    }

    /**
     * The lists of a rule set that is known to be sound, as they hold at {@code atEpochMillis}.
     *
     * @throws IOException if it cannot be read
     * @throws IllegalArgumentException if it lists no hotline or no block, or is not sound
     */
    static ListedNumbers of(RuleSource source, long atEpochMillis) throws IOException {
        Reading reading = source.read(new KnownLists());
        if (!(reading instanceof Reading.Read read)) {
            throw new IllegalArgumentException(source.name() + " is no sound rule set: " + reading);
        }
        var lists = read.ruleSet().lists();
        return new ListedNumbers(
                texts(lists.get(HOTLINES), atEpochMillis, entry -> !entry.prefix()),
                texts(lists.get(BLOCKS), atEpochMillis, NumberList.Entry::prefix),
                texts(lists.get(ALLOWED), atEpochMillis, entry -> !entry.prefix()));
    }

    /** Whether an innocent caller must not have this number. */
    boolean suspects(String number) {
        return hotlines.contains(number) || blocks.stream().anyMatch(number::startsWith);
    }

    private static List<String> texts(
            @Nullable NumberList list, long atEpochMillis, Predicate<NumberList.Entry> suits) {
        return list == null
                ? List.of()
                : list.entries().stream()
                        .filter(entry -> PartyNumber.kind(entry.number()) != PartyNumber.Kind.SHORT)
                        .filter(entry -> atEpochMillis < entry.untilEpochMillis())
                        .filter(suits)
                        .map(entry -> entry.text().replace("*", ""))
                        .toList();
    }
}
