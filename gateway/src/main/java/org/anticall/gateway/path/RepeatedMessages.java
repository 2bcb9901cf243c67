package org.anticall.gateway.path;

import io.netty.buffer.ByteBuf;
import java.net.InetSocketAddress;
import org.anticall.gateway.sip.Method;
import org.anticall.gateway.sip.SipMessage;
import org.anticall.gateway.transport.Port;
import org.jspecify.annotations.Nullable;

/**
 * What has no transaction here, came by a stream and went on as a datagram. Its sender trusts its stream and says it once,
 * so it is said again here, for 64×T1 at most (timers A, B, E, F, G and H of RFC 3261 §17):
 *
 * <ul>
 *   <li>a request until it is answered, an INVITE until anything is heard of it;
 *   <li>the failure of an INVITE until its ACK comes;
 *   <li>the ACK to a failure whenever that failure comes again: whoever sent the ACK by a stream has forgotten the INVITE.
 * </ul>
 *
 * The ACK to a 2xx is not among them: its sender says it again when the 2xx comes again. Bounded: what comes above
 * {@link #MOST} leaves once. Owned by one event loop.
 */
final class RepeatedMessages {

    /** Most messages that wait. */
    static final int MOST = 1 << 14;

    private static final int BUCKETS = 1 << 12;

    private final PathLoop loop;
    private final @Nullable Waiting[] buckets = new Waiting[BUCKETS];
    private int size;

    RepeatedMessages(PathLoop loop) {
        this.loop = loop;
    }

    /**
     * A request that came by a stream leaves as a datagram.
     *
     * @param branchHash what its branch is made of; the same for an INVITE, its CANCEL and the ACK to its failure
     * @param bytes as it is sent; still the caller's
     */
    void sends(long branchHash, Method method, ByteBuf bytes, Port out, InetSocketAddress to) {
        if (method == Method.ACK) {
            Waiting failed = find(key(branchHash, Method.ACK));
            if (failed != null) {
                failed.says(bytes, out, to);
            }
            return;
        }
        Waiting request = add(key(branchHash, method));
        if (request != null) {
            request.longest = method == Method.INVITE ? Long.MAX_VALUE : loop.timers.t2();
            request.says(bytes, out, to);
            request.repeats();
        }
    }

    /** A response came by datagram to a request that had come by a stream: its request is repeated no more. */
    void answered(long branchHash, SipMessage response) {
        Waiting request = find(key(branchHash, response.method()));
        if (request == null) {
            return;
        }
        if (response.status() >= 200 || response.method() == Method.INVITE) {
            forget(request);
        } else {
            request.interval = loop.timers.t2();
        }
    }

    /**
     * The failure of an INVITE came by datagram, and goes on by a stream.
     *
     * @return whether it is there already, and has been acknowledged: it need not go on
     */
    boolean isAcknowledged(long branchHash) {
        Waiting failed = find(key(branchHash, Method.ACK));
        if (failed == null) {
            add(key(branchHash, Method.ACK));
            return false;
        }
        return failed.sayAgain();
    }

    /** The failure of an INVITE came by a stream, and leaves as a datagram; {@code bytes} are still the caller's. */
    void fails(long branchHash, ByteBuf bytes, Port out, InetSocketAddress to) {
        Waiting failure = add(key(branchHash, Method.ACK));
        if (failure != null) {
            failure.longest = loop.timers.t2();
            failure.says(bytes, out, to);
            failure.repeats();
        }
    }

    /** The ACK to a failure came by datagram. */
    void acknowledged(long branchHash) {
        Waiting failure = find(key(branchHash, Method.ACK));
        if (failure != null) {
            forget(failure);
        }
    }

    /** Gives back everything. */
    void close() {
        for (int i = 0; i < BUCKETS; i++) {
            for (Waiting each = buckets[i]; each != null; each = buckets[i]) {
                forget(each);
            }
        }
    }

    private static long key(long branchHash, Method method) {
        return branchHash * 31 + method.ordinal();
    }

    private static int bucket(long key) {
        return (int) (key ^ key >>> 32) & (BUCKETS - 1);
    }

    private @Nullable Waiting find(long key) {
        if (size == 0) {
            return null;
        }
        Waiting waiting = buckets[bucket(key)];
        while (waiting != null && waiting.key != key) {
            waiting = waiting.next;
        }
        return waiting;
    }

    /** Makes room for what has that key; null if it is there already, or there is no more room. */
    private @Nullable Waiting add(long key) {
        if (size >= MOST || find(key) != null) {
            return null;
        }
        Waiting waiting = new Waiting(key, loop.clock.nanos() + loop.timers.transaction());
        waiting.next = buckets[bucket(key)];
        buckets[bucket(key)] = waiting;
        size++;
        loop.wheel.schedule(waiting, waiting.giveUpAt);
        return waiting;
    }

    private void forget(Waiting waiting) {
        int bucket = bucket(waiting.key);
        Waiting before = null;
        for (Waiting each = buckets[bucket]; each != null && each != waiting; each = each.next) {
            before = each;
        }
        if (before == null) {
            buckets[bucket] = waiting.next;
        } else {
            before.next = waiting.next;
        }
        size--;
        loop.wheel.cancel(waiting);
        waiting.release();
    }

    private final class Waiting extends Timed {

        private final long key;
        private final long giveUpAt;
        private @Nullable ByteBuf bytes;
        private @Nullable Port out;
        private @Nullable InetSocketAddress to;
        private @Nullable Waiting next;
        private long interval;
        private long longest;
        private long repeatAt = PathTimers.NEVER;

        private Waiting(long key, long giveUpAt) {
            this.key = key;
            this.giveUpAt = giveUpAt;
        }

        private void says(ByteBuf message, Port by, InetSocketAddress whom) {
            release();
            bytes = message.retainedDuplicate();
            out = by;
            to = whom;
        }

        private void repeats() {
            interval = loop.timers.t1();
            repeatAt = loop.clock.nanos() + interval;
            loop.wheel.schedule(this, repeatAt);
        }

        private boolean sayAgain() {
            if (bytes == null || out == null || to == null) {
                return false;
            }
            loop.counters.retransmissionsSent.increment();
            out.send(bytes.retainedDuplicate(), to);
            return true;
        }

        private void release() {
            if (bytes != null) {
                bytes.release();
                bytes = null;
            }
        }

        @Override
        void due(long now) {
            if (now >= giveUpAt) {
                forget(this);
                return;
            }
            if (now >= repeatAt) {
                sayAgain();
                interval = Math.min(interval * 2, longest);
                repeatAt = now + interval;
            }
            loop.wheel.schedule(this, Math.min(repeatAt, giveUpAt));
        }
    }
}
