package org.anticall.ops.store;

import java.util.ArrayList;
import java.util.List;

/** Long lists in pieces, for work that must not be done all at once. */
public final class Pieces {

    private Pieces() {}

    /** {@code all} in its order, {@code most} of it in each piece and what is left in the last; views of the list. */
    public static <T> List<List<T>> of(List<T> all, int most) {
        List<List<T>> pieces = new ArrayList<>();
        for (int from = 0; from < all.size(); from += most) {
            pieces.add(all.subList(from, Math.min(all.size(), from + most)));
        }
        return pieces;
    }
}
