package org.anticall.gateway.path;

import io.netty.buffer.ByteBuf;
import java.net.InetSocketAddress;
import org.anticall.gateway.transport.Port;
import org.jspecify.annotations.Nullable;

/**
 * What upstream is told: the latest response, kept to be said again when the INVITE comes again or, for a failure, until
 * it is acknowledged (timer G of RFC 3261 §17.2.1). Owned by one event loop.
 */
final class Upstream {

    private final Port port;
    private final InetSocketAddress source;
    private final InetSocketAddress replyTo;
    private final PathTimers timers;
    private @Nullable ByteBuf latest;
    private long interval;
    private long repeatAt = PathTimers.NEVER;

    /**
     * @param source where the INVITE came from
     * @param replyTo where responses go that cannot go back the way it came
     */
    Upstream(Port port, InetSocketAddress source, InetSocketAddress replyTo, PathTimers timers) {
        this.port = port;
        this.source = source;
        this.replyTo = replyTo;
        this.timers = timers;
    }

    /** Sends {@code response}, which from now on is the latest one; takes it over. */
    void say(ByteBuf response) {
        forget();
        latest = response;
        sayAgain();
    }

    /** Sends a failure and, unless it is sure to arrive, repeats it until {@link #forget}. */
    void sayUntilAcknowledged(ByteBuf response, long now) {
        say(response);
        if (!port.isReliable()) {
            interval = timers.t1();
            repeatAt = now + interval;
        }
    }

    /** Sends {@code response} without keeping it; takes it over. */
    void pass(ByteBuf response) {
        port.reply(response, source, replyTo);
    }

    /** Sends the latest response again, if there is one. */
    void sayAgain() {
        if (latest != null) {
            port.reply(latest.retainedDuplicate(), source, replyTo);
        }
    }

    /** Whether the latest response was sent again because it is time to. */
    boolean repeats(long now) {
        if (now < repeatAt) {
            return false;
        }
        sayAgain();
        interval = Math.min(interval * 2, timers.t2());
        repeatAt = now + interval;
        return true;
    }

    /** When the latest response is to be sent again. */
    long deadline() {
        return repeatAt;
    }

    /** Gives up the latest response; nothing is repeated any more. */
    void forget() {
        repeatAt = PathTimers.NEVER;
        if (latest != null) {
            latest.release();
            latest = null;
        }
    }
}
