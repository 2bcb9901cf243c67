package org.anticall.rules.engine;

import java.util.ArrayList;
import java.util.List;
import org.anticall.rules.number.NumberList;

/** Which lists of a rule set have a bit in {@link NumberProfile}: the first that rules ask for callers. Used while compiling. */
public final class ProfiledLists {

    /** The list has no bit. */
    public static final int NONE = -1;

    /** How many there is room for; what comes after is looked up each time. */
    public static final int MOST = 15;

    private final List<NumberList> lists = new ArrayList<>();

    /** The bit of {@code list}, which it gets now if it has none and there is one; {@link #NONE} if there is none. */
    public int bitOf(NumberList list) {
        for (int bit = 0; bit < lists.size(); bit++) {
            if (lists.get(bit) == list) {
                return bit;
            }
        }
        if (lists.size() == MOST) {
            return NONE;
        }
        lists.add(list);
        return lists.size() - 1;
    }

    /** The lists in the order of their bits. */
    NumberList[] inOrder() {
        return lists.toArray(NumberList[]::new);
    }
}
