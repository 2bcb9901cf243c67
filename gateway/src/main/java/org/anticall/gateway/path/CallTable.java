package org.anticall.gateway.path;

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

    private static final int BUCKETS = 1 << 16;

    private final @Nullable Call[] buckets = new Call[BUCKETS];
    private final Slots<Call> slots = new Slots<>(MAX_CALLS);
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
        call.slot = slots.add(call);
        call.generation = ++generation;
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
        Call call = slots.at(slot);
        return call != null && call.generation == wanted ? call : null;
    }

    void remove(Call call) {
        if (slots.at(call.slot) != call) {
            return;
        }
        slots.remove(call.slot);
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
        slots.forEach(action);
    }

    private static int bucket(long keyHigh) {
        return (int) keyHigh & (BUCKETS - 1);
    }
}
