package org.anticall.gateway.path;

import io.netty.buffer.ByteBuf;
import java.net.InetSocketAddress;
import org.anticall.gateway.sip.Method;
import org.anticall.gateway.sip.SipMessage;
import org.anticall.gateway.transport.Port;
import org.jspecify.annotations.Nullable;

/**
 * Requests without a transaction that came by a stream and went on as datagrams. Their sender trusts its stream and does not
 * repeat them, so they are repeated here until they are answered, or given up without a word after 64×T1, when their sender
 * gives them up too (timers A, B, E and F of RFC 3261 §17.1). ACK is not among them: its sender repeats it when the response
 * it is for comes again. Bounded: what comes above {@link #MOST} leaves once. Owned by one event loop.
 */
final class RepeatedRequests {

    /** Most requests that wait for an answer. */
    static final int MOST = 1 << 14;

    private static final int BUCKETS = 1 << 12;

    private final PathLoop loop;
    private final @Nullable Unanswered[] buckets = new Unanswered[BUCKETS];
    private int size;

    RepeatedRequests(PathLoop loop) {
        this.loop = loop;
    }

    /**
     * A request leaves.
     *
     * @param branchHash what its branch is made of; the same for an INVITE and its CANCEL
     * @param bytes as it is sent; still the caller's
     */
    void sends(long branchHash, Method method, ByteBuf bytes, Port out, InetSocketAddress to) {
        long key = key(branchHash, method);
        if (method != Method.ACK && size < MOST && find(key) == null) {
            Unanswered request = new Unanswered(key, method, bytes.retainedDuplicate(), out, to);
            request.next = buckets[bucket(key)];
            buckets[bucket(key)] = request;
            size++;
            request.begins(loop.clock.nanos());
        }
    }

    /** A response came for a branch with that hash. */
    void answered(long branchHash, SipMessage response) {
        if (size == 0) {
            return;
        }
        Unanswered request = find(key(branchHash, response.method()));
        if (request == null) {
            return;
        }
        if (response.status() >= 200 || response.method() == Method.INVITE) {
            forget(request);
        } else {
            request.interval = loop.timers.t2();
        }
    }

    /** Gives back everything. */
    void close() {
        for (int i = 0; i < BUCKETS; i++) {
            for (Unanswered each = buckets[i]; each != null; each = buckets[i]) {
                forget(each);
            }
        }
    }

    private @Nullable Unanswered find(long key) {
        Unanswered request = buckets[bucket(key)];
        while (request != null && request.key != key) {
            request = request.next;
        }
        return request;
    }

    private void forget(Unanswered request) {
        int bucket = bucket(request.key);
        Unanswered before = null;
        for (Unanswered each = buckets[bucket]; each != null && each != request; each = each.next) {
            before = each;
        }
        if (before == null) {
            buckets[bucket] = request.next;
        } else {
            before.next = request.next;
        }
        size--;
        loop.wheel.cancel(request);
        request.bytes.release();
    }

    private static long key(long branchHash, Method method) {
        return branchHash * 31 + method.ordinal();
    }

    private static int bucket(long key) {
        return (int) (key ^ key >>> 32) & (BUCKETS - 1);
    }

    private final class Unanswered extends Timed {

        private final long key;
        private final boolean invite;
        private final ByteBuf bytes;
        private final Port out;
        private final InetSocketAddress to;
        private @Nullable Unanswered next;
        private long interval;
        private long repeatAt;
        private long giveUpAt;

        private Unanswered(long key, Method method, ByteBuf bytes, Port out, InetSocketAddress to) {
            this.key = key;
            this.invite = method == Method.INVITE;
            this.bytes = bytes;
            this.out = out;
            this.to = to;
        }

        private void begins(long now) {
            interval = loop.timers.t1();
            repeatAt = now + interval;
            giveUpAt = now + loop.timers.transaction();
            loop.wheel.schedule(this, repeatAt);
        }

        @Override
        void due(long now) {
            if (now >= giveUpAt) {
                forget(this);
                return;
            }
            if (now >= repeatAt) {
                loop.counters.retransmissionsSent.increment();
                out.send(bytes.retainedDuplicate(), to);
                interval = invite ? interval * 2 : Math.min(interval * 2, loop.timers.t2());
                repeatAt = now + interval;
            }
            loop.wheel.schedule(this, Math.min(repeatAt, giveUpAt));
        }
    }
}
