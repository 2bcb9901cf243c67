package org.anticall.gateway.path;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Answered calls whose end has not been seen yet, by the hash of their Call-ID. Only for telling {@link CallEvents} when a
 * call ended: forwarding in dialogs needs no memory and does not look here. Bounded: above {@link #MAX_CALLS}, and after
 * {@link #LONGEST_CALL}, the oldest call is given up and nobody knows its end. Owned by one event loop.
 */
final class AnsweredCalls {

    static final int MAX_CALLS = 1 << 18;
    static final Duration LONGEST_CALL = Duration.ofHours(12);

    private static final int FIRST_SIZE = 1 << 10;

    private final int maxCalls;
    private @Nullable CallStory[] buckets = new CallStory[FIRST_SIZE];
    private @Nullable CallStory oldest;
    private @Nullable CallStory newest;
    private int size;

    AnsweredCalls() {
        this(MAX_CALLS);
    }

    AnsweredCalls(int maxCalls) {
        this.maxCalls = maxCalls;
    }

    int size() {
        return size;
    }

    /** Keeps an answered call; gives back the one that had to go for it, if any. */
    @Nullable
    CallStory add(CallStory call) {
        CallStory gone = size >= maxCalls && oldest != null ? remove(oldest) : null;
        if (size >= buckets.length) {
            grow();
        }
        chain(call);
        call.older = newest;
        if (newest == null) {
            oldest = call;
        } else {
            newest.newer = call;
        }
        newest = call;
        size++;
        return gone;
    }

    /** Takes out the call with that hash, null if there is none. */
    @Nullable
    CallStory take(long callHash) {
        CallStory call = buckets[bucket(callHash)];
        while (call != null && call.callHash() != callHash) {
            call = call.bucketNext;
        }
        return call == null ? null : remove(call);
    }

    /** Takes out a call that was answered longer ago than any call lasts, null if there is none. */
    @Nullable
    CallStory takeOverdue(long nowNanos) {
        return oldest != null && nowNanos - oldest.answeredNanos() > LONGEST_CALL.toNanos() ? remove(oldest) : null;
    }

    /** Takes out the oldest call, null if there is none. */
    @Nullable
    CallStory takeOldest() {
        return oldest == null ? null : remove(oldest);
    }

    private CallStory remove(CallStory call) {
        int bucket = bucket(call.callHash());
        CallStory before = null;
        for (CallStory each = buckets[bucket]; each != null && each != call; each = each.bucketNext) {
            before = each;
        }
        if (before == null) {
            buckets[bucket] = call.bucketNext;
        } else {
            before.bucketNext = call.bucketNext;
        }
        if (call.older == null) {
            oldest = call.newer;
        } else {
            call.older.newer = call.newer;
        }
        if (call.newer == null) {
            newest = call.older;
        } else {
            call.newer.older = call.older;
        }
        call.bucketNext = null;
        call.older = null;
        call.newer = null;
        size--;
        return call;
    }

    private void chain(CallStory call) {
        int bucket = bucket(call.callHash());
        call.bucketNext = buckets[bucket];
        buckets[bucket] = call;
    }

    private void grow() {
        buckets = new CallStory[buckets.length * 2];
        for (CallStory call = oldest; call != null; call = call.newer) {
            chain(call);
        }
    }

    private int bucket(long callHash) {
        return (int) callHash & (buckets.length - 1);
    }
}
