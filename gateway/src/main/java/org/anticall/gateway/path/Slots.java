package org.anticall.gateway.path;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Things by small numbers, which are used again. It takes memory page by page and moves nothing it has: a table that is made
 * anew at twice the size when it is full stops all calls of its loop for milliseconds. Owned by one event loop.
 */
final class Slots<T> {

    /** What is taken at once. */
    static final int PAGE = 1 << 12;

    private static final int NONE = -1;

    private final @Nullable Object[][] pages;

    /** For a slot that is free, the one that is free after it. */
    private final int[][] freeAfter;

    private int firstFree = NONE;
    private int used;

    /** At most {@code capacity} things, a multiple of {@link #PAGE}. */
    Slots(int capacity) {
        this.pages = new Object[capacity / PAGE][];
        this.freeAfter = new int[capacity / PAGE][];
    }

    /** Keeps {@code thing}, for which there must be room; gives its number, from 0 on. */
    int add(T thing) {
        int slot = take();
        pages[slot / PAGE][slot % PAGE] = thing;
        return slot;
    }

    /** What has that number, null if nothing has. */
    @Nullable
    @SuppressWarnings("unchecked") // nothing else is put in
    T at(int slot) {
        return slot < used ? (T) pages[slot / PAGE][slot % PAGE] : null;
    }

    /** Gives up what has that number, which is in use. */
    void remove(int slot) {
        pages[slot / PAGE][slot % PAGE] = null;
        freeAfter[slot / PAGE][slot % PAGE] = firstFree;
        firstFree = slot;
    }

    void forEach(Consumer<T> action) {
        for (int slot = 0; slot < used; slot++) {
            T thing = at(slot);
            if (thing != null) {
                action.accept(thing);
            }
        }
    }

    private int take() {
        int slot = firstFree;
        if (slot != NONE) {
            firstFree = freeAfter[slot / PAGE][slot % PAGE];
            return slot;
        }
        if (used % PAGE == 0) {
            pages[used / PAGE] = new Object[PAGE];
            freeAfter[used / PAGE] = new int[PAGE];
        }
        return used++;
    }
}
