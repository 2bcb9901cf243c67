package org.anticall.gateway.path;

import io.netty.buffer.ByteBuf;
import org.anticall.gateway.hop.NextHop;
import org.anticall.gateway.transport.Port;
import org.jspecify.annotations.Nullable;

/**
 * One try to bring a call to a next hop: an INVITE client transaction (RFC 3261 §17.1.1, RFC 6026 §7.2).
 *
 * <pre>
 *   CALLING ──1xx──> PROCEEDING ──2xx──> ANSWERED (further 2xx go through)
 *      │                 ├──────3xx-6xx─> FAILED  (ACK for each one that comes)
 *      └─────────────────┴─ gives up: the call goes on without it, a late 1xx is answered with CANCEL
 * </pre>
 *
 * Owned by one event loop.
 */
final class Leg {

    /** How far the hop got with the INVITE. */
    enum State {
        CALLING,
        PROCEEDING,
        ANSWERED,
        FAILED
    }

    final int number;
    final NextHop hop;
    final Port port;
    final Treatment treatment;
    final @Nullable Leg before;

    /** The INVITE as sent, until it is of no more use; owned by the leg. */
    @Nullable
    ByteBuf sent;

    /** The CANCEL as sent, while it is repeated; owned by the leg. */
    @Nullable
    ByteBuf cancel;

    State state = State.CALLING;
    boolean cancelWanted;

    /** Whether a response from 101 to 199 came: the call got beyond the hop. */
    boolean rang;

    /** When the INVITE went out first. */
    long sentAt;

    long retransmitAt = PathTimers.NEVER;
    long interval;
    long giveUpAt = PathTimers.NEVER;

    /** When the desk must have answered; never for other hops. */
    long answerBy = PathTimers.NEVER;

    /**
     * @param port what the hop is reached by
     */
    Leg(int number, NextHop hop, Port port, Treatment treatment, @Nullable Leg before) {
        this.number = number;
        this.hop = hop;
        this.port = port;
        this.treatment = treatment;
        this.before = before;
    }

    boolean isPending() {
        return state == State.CALLING || state == State.PROCEEDING;
    }

    boolean isDesk() {
        return treatment.kind() == Treatment.Kind.DESK;
    }

    /** The earliest of its deadlines. */
    long deadline() {
        return Math.min(retransmitAt, Math.min(giveUpAt, answerBy));
    }

    /**
     * Sends the INVITE; takes it over.
     *
     * @param others whether somebody else could take the call, so that silence need not be waited out
     */
    void invite(ByteBuf request, long now, PathTimers timers, boolean others) {
        sent = request.retainedDuplicate();
        sentAt = now;
        giveUpAt = now + (others ? timers.hopAnswer() : timers.transaction());
        repeatFrom(now, timers);
        port.send(request, hop.address());
    }

    /** Sends the CANCEL and repeats it until it is answered; takes it over. */
    void cancel(ByteBuf request, long now, PathTimers timers) {
        cancel = request.retainedDuplicate();
        repeatFrom(now, timers);
        giveUpAt = now + timers.transaction();
        answerBy = PathTimers.NEVER;
        port.send(request, hop.address());
    }

    /** Timers A and E run only where what is sent may get lost. */
    private void repeatFrom(long now, PathTimers timers) {
        interval = timers.t1();
        retransmitAt = port.isReliable() ? PathTimers.NEVER : now + interval;
    }

    /** Whether the INVITE (timer A) or its CANCEL (timer E) was sent again because it is time to. */
    boolean repeats(long now, PathTimers timers) {
        if (now < retransmitAt) {
            return false;
        }
        ByteBuf again = cancel != null ? cancel : sent;
        if (again == null) {
            retransmitAt = PathTimers.NEVER;
            return false;
        }
        port.send(again.retainedDuplicate(), hop.address());
        interval = cancel != null ? Math.min(interval * 2, timers.t2()) : interval * 2;
        retransmitAt = now + interval;
        return true;
    }

    /** No deadline counts any more. */
    void rest() {
        retransmitAt = PathTimers.NEVER;
        giveUpAt = PathTimers.NEVER;
        answerBy = PathTimers.NEVER;
    }

    void release() {
        releaseSent();
        releaseCancel();
    }

    void releaseSent() {
        if (sent != null) {
            sent.release();
            sent = null;
        }
    }

    void releaseCancel() {
        if (cancel != null) {
            cancel.release();
            cancel = null;
        }
    }
}
