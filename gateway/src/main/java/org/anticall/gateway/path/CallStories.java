package org.anticall.gateway.path;

import org.jspecify.annotations.Nullable;

/**
 * Calls that have come equally far, by the hash of their Call-ID, the oldest first. Bounded: above its limit, and after its
 * longest time, the oldest call is given up. A call is in one of these at a time. Owned by one event loop.
 */
final class CallStories {

    static final int MAX_CALLS = 1 << 18;

    private static final int BUCKETS = 1 << 16;

    private final int maxCalls;
    private final long longestNanos;
    // Of one size from the start: a larger one, made when it is full, would be milliseconds in which no call goes on.
    private final @Nullable CallStory[] buckets = new CallStory[BUCKETS];
    private @Nullable CallStory oldest;
    private @Nullable CallStory newest;
    private int size;

    /**
     * @param maxCalls most calls
     * @param longestNanos how long after the last that happened to it a call stays
     */
    CallStories(int maxCalls, long longestNanos) {
        this.maxCalls = maxCalls;
        this.longestNanos = longestNanos;
    }

    int size() {
        return size;
    }

    /** Keeps a call; gives back the one that had to go for it, if any. */
    @Nullable
    CallStory add(CallStory call) {
        CallStory gone = size >= maxCalls && oldest != null ? remove(oldest) : null;
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

    /** The first call with that hash, null if there is none. */
    @Nullable
    CallStory first(long callHash) {
        return from(buckets[bucket(callHash)], callHash);
    }

    /** The next call with the same hash, null if there is none. */
    static @Nullable CallStory next(CallStory call) {
        return from(call.bucketNext, call.callHash());
    }

    private static @Nullable CallStory from(@Nullable CallStory start, long callHash) {
        CallStory call = start;
        while (call != null && call.callHash() != callHash) {
            call = call.bucketNext;
        }
        return call;
    }

    /** Takes out a call to which nothing has happened for too long, null if there is none. */
    @Nullable
    CallStory takeOverdue(long nowNanos) {
        return oldest != null && nowNanos - oldest.latestNanos() > longestNanos ? remove(oldest) : null;
    }

    /** Takes out the oldest call, null if there is none. */
    @Nullable
    CallStory takeOldest() {
        return oldest == null ? null : remove(oldest);
    }

    /** Takes out {@code call}, which is in here. */
    CallStory remove(CallStory call) {
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

    private static int bucket(long callHash) {
        return (int) callHash & (BUCKETS - 1);
    }
}
