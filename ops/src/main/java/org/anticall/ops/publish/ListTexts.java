package org.anticall.ops.publish;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.anticall.ops.order.PackedNumbers;
import org.anticall.ops.store.NumberLists;
import org.anticall.rules.bundle.PartContent;

/**
 * The lists that orders name, as rule sets have them. A list is written out once for each state it is in, so an order that
 * changes costs nothing for the millions of numbers beside it: the very same content
 * stands in the next revision. Thread-safe.
 */
final class ListTexts {

    private static final PartContent NOTHING = PartContent.of(new byte[0]);

    private final NumberLists lists;
    private final Map<String, Written> written = new ConcurrentHashMap<>();

    /** A list in one of its states. */
    private record Written(long state, PartContent content) {}

    ListTexts(NumberLists lists) {
        this.lists = lists;
    }

    /**
     * The list as it counts now.
     *
     * @return nothing for a list that nobody has made, which means no number
     */
    PartContent of(String name) {
        NumberLists.Standing now = lists.standing(name).orElse(null);
        if (now == null) {
            return NOTHING;
        }
        Written known = written.get(name);
        if (known == null || known.state() != now.state()) {
            byte[] lines = PackedNumbers.lines(lists.keys(now.list().id()));
            known = new Written(now.state(), PartContent.of(lines));
            written.put(name, known);
        }
        return known.content();
    }
}
