package org.anticall.gateway.path;

import java.util.Arrays;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * All calls of one event loop, found from upstream by transaction key and from downstream by slot and generation, which
 * their branches carry. A slot is used again with a new generation, so that a late response never finds another call.
 * Owned by one event loop.
 */
final class CallTable {

    /** Most calls of one loop: a slot has five base-32 digits in a branch. */
    static final int MAX_CALLS = 1 << 18;

    private static final int FIRST_SIZE = 1 << 12;

    private @Nullable Call[] buckets = new Call[FIRST_SIZE];
    private @Nullable Call[] slots = new Call[FIRST_SIZE];
    private int[] free = new int[FIRST_SIZE];
    private int freeCount;
    private int used;
    private int size;
    private long generation;

    /**
     * @param generation where generations start; at random, so that branches from before a restart find nothing
     */
    CallTable(long generation) {
        this.generation = generation & ((1L << 39) - 1);
    }

    int size() {
        return size;
    }

    boolean isFull() {
        return size >= MAX_CALLS;
    }

    /** Gives {@code call} a slot and a generation and keeps it. The table must not be full. */
    void add(Call call) {
        if (used == slots.length && freeCount == 0) {
            grow();
        }
        call.slot = freeCount > 0 ? free[--freeCount] : used++;
        call.generation = ++generation;
        slots[call.slot] = call;
        int bucket = bucket(call.keyHigh);
        call.bucketNext = buckets[bucket];
        buckets[bucket] = call;
        size++;
    }

    /** The call whose INVITE has that transaction key, null if there is none. */
    @Nullable
    Call find(long keyHigh, long keyLow) {
        Call call = buckets[bucket(keyHigh)];
        while (call != null && (call.keyHigh != keyHigh || call.keyLow != keyLow)) {
            call = call.bucketNext;
        }
        return call;
    }

    /** The call in that slot, null if it is gone. */
    @Nullable
    Call at(int slot, long wanted) {
        if (slot >= used) {
            return null;
        }
        Call call = slots[slot];
        return call != null && call.generation == wanted ? call : null;
    }

    void remove(Call call) {
        if (slots[call.slot] != call) {
            return;
        }
        slots[call.slot] = null;
        free[freeCount++] = call.slot;
        size--;
        int bucket = bucket(call.keyHigh);
        Call other = buckets[bucket];
        if (other == call) {
            buckets[bucket] = call.bucketNext;
            return;
        }
        while (other != null) {
            if (other.bucketNext == call) {
                other.bucketNext = call.bucketNext;
                return;
            }
            other = other.bucketNext;
        }
    }

    /** Every call; for shutting down. */
    void forEach(Consumer<Call> action) {
        for (int i = 0; i < used; i++) {
            Call call = slots[i];
            if (call != null) {
                action.accept(call);
            }
        }
    }

    private void grow() {
        int length = slots.length * 2;
        slots = Arrays.copyOf(slots, length);
        free = Arrays.copyOf(free, length);
        buckets = new Call[length];
        for (int i = 0; i < used; i++) {
            Call call = slots[i];
            if (call != null) {
                int bucket = bucket(call.keyHigh);
                call.bucketNext = buckets[bucket];
                buckets[bucket] = call;
            }
        }
    }

    private int bucket(long keyHigh) {
        return (int) keyHigh & (buckets.length - 1);
    }
}
