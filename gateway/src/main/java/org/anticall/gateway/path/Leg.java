package org.anticall.gateway.path;

import io.netty.buffer.ByteBuf;
import org.anticall.gateway.hop.NextHop;
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
    long retransmitAt = PathTimers.NEVER;
    long interval;
    long giveUpAt = PathTimers.NEVER;

    /** When the desk must have answered; never for other hops. */
    long answerBy = PathTimers.NEVER;

    Leg(int number, NextHop hop, Treatment treatment, @Nullable Leg before) {
        this.number = number;
        this.hop = hop;
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
