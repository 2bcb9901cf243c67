package org.anticall.gateway.path;

import io.netty.buffer.ByteBuf;
import java.net.InetSocketAddress;
import java.util.Objects;
import org.anticall.gateway.config.GatewayConfig;
import org.anticall.gateway.config.Transport;
import org.anticall.gateway.hop.HopOrder;
import org.anticall.gateway.hop.HopSwitch;
import org.anticall.gateway.hop.NextHop;
import org.anticall.gateway.sip.SipMessage;
import org.anticall.gateway.transport.Port;
import org.anticall.gateway.verdict.FailOpen;
import org.anticall.rules.call.Verdict;
import org.jspecify.annotations.Nullable;

/**
 * The legs of one call, one after the other (serial forking, RFC 3261 §16.5–16.7): hop by hop through a group, and from
 * the desk down the rule's ladder or, released, on to the callee. A leg that is given up stays until the call ends, so that
 * what it still sends is answered. Owned by one event loop.
 */
final class Forks {

    private static final int DECLINED = 603;

    private final Call call;
    private final PathLoop loop;
    private final LegAnswers answers;
    final BestFailure best = new BestFailure();
    private @Nullable Leg leg;
    private int legs;
    private @Nullable HopOrder group;
    private long tried;
    private Treatment treatment = Treatment.PLAIN;
    private @Nullable Ladder ladder;
    private long deskUntil = PathTimers.NEVER;
    private boolean cancelled;
    private byte[] cancelReason = LegMessages.NO_LINES;
    private boolean failedForGood;

    Forks(Call call) {
        this.call = call;
        this.loop = call.loop;
        this.answers = new LegAnswers(call, this);
    }

    boolean isEmpty() {
        return leg == null;
    }

    /** Whether {@code other} is the leg the call depends on now. */
    boolean isCurrent(Leg other) {
        return other == leg;
    }

    /** Whether a leg shows its hop another From than upstream wrote. */
    boolean marksCaller() {
        for (Leg each = leg; each != null; each = each.before) {
            if (each.treatment.changesFrom()) {
                return true;
            }
        }
        return false;
    }

    // ---- Where the call goes ----

    /** Takes the call to the desk; where that fails, down the ladder of {@code rule}. */
    void toDesk(SipMessage message, Verdict.Divert rule, Treatment chosen) {
        ladder = new Ladder(rule);
        deskUntil = loop.clock.nanos() + ladder.answerWithinNanos();
        treatment = chosen.announcing(ladder.announces());
        group = call.hops.group(GatewayConfig.DESK);
        tried = 0;
        if (group == null || !fork(message)) {
            downTheLadder(message);
        }
    }

    /** Takes the call to where the trunk's calls go. */
    void toCallee(SipMessage message, Treatment chosen) {
        treatment = chosen;
        group = Objects.requireNonNull(
                call.hops.group(call.trunk.route()), "the configuration has every trunk's route");
        tried = 0;
        if (!fork(message)) {
            call.finish(message, 503, Replies.RETRY_LATER);
        }
    }

    private void downTheLadder(SipMessage message) {
        Ladder rungs = Objects.requireNonNull(ladder);
        Verdict.LadderStep step = rungs.next();
        while (isBehindUs(step) || (step == Verdict.LadderStep.NEXT_DESK && !toNextDesk(message, rungs))) {
            step = rungs.next();
        }
        loop.counters.ladder(step);
        switch (step) {
            case NEXT_DESK, ANNOUNCEMENT -> {}
            case PASS -> toCallee(message, Treatment.PLAIN);
            case PASS_WITH_LABEL -> toCallee(message, Treatment.label(rungs.label()));
            case REJECT -> call.decline(message, DECLINED);
        }
    }

    /** An announcement is the business of the desk that has just given the call up. */
    private boolean isBehindUs(Verdict.LadderStep step) {
        boolean announcement = step == Verdict.LadderStep.ANNOUNCEMENT;
        if (announcement) {
            loop.counters.ladder(step);
        }
        return announcement;
    }

    /** To another hop of this desk, else of the second one, which may take as long as the first; false if none takes it. */
    private boolean toNextDesk(SipMessage message, Ladder rungs) {
        deskUntil = loop.clock.nanos() + rungs.answerWithinNanos();
        treatment = treatment.announcing(rungs.announces());
        if (group != null && fork(message)) {
            return true;
        }
        HopOrder second = call.hops.group(GatewayConfig.SECOND_DESK);
        if (second == null || second == group) {
            return false;
        }
        group = second;
        tried = 0;
        return fork(message);
    }

    /** Sends the INVITE to the next untried hop of the group; false if there is none. */
    private boolean fork(SipMessage message) {
        long now = loop.clock.nanos();
        HopOrder hops = Objects.requireNonNull(group);
        NextHop hop = hops.next(tried, now);
        if (hop == null) {
            return false;
        }
        tried |= hops.bit(hop);
        Port port = loop.ports.towards(call.port, hop.transport(), hop.address());
        if (port == null) {
            return fork(message);
        }
        Leg next = new Leg(legs++, hop, port, treatment, leg);
        ByteBuf out;
        try {
            out = loop.messages.invite(call, next, message);
        } catch (Throwable thrown) {
            if (treatment.kind() == Treatment.Kind.PLAIN || treatment.kind() == Treatment.Kind.PLACED) {
                throw thrown;
            }
            loop.gate.failOpen(FailOpen.WIRE, thrown);
            legs--;
            toCallee(message, Treatment.PLAIN);
            return true;
        }
        leg = next;
        boolean others = next.isDesk() || hops.next(tried, now) != null;
        next.invite(out, now, loop.timers, others);
        if (next.isDesk()) {
            next.answerBy = deskUntil;
            hop.takesCall();
        }
        return true;
    }

    /** The current leg is of no more use: goes on to the next one, or ends the call with the best answer there is. */
    void forkOn(int status, boolean released) {
        SipMessage message = call.inviteAtHand();
        Leg last = Objects.requireNonNull(leg);
        if (cancelled) {
            call.finish(message, 487, null);
        } else if (failedForGood) {
            end(message);
        } else if (last.isDesk()) {
            if (released) {
                loop.counters.released.increment();
                toCallee(message, Treatment.PLAIN);
            } else if (!isAnotherHopsTurn(last, status) || loop.clock.nanos() >= deskUntil || !fork(message)) {
                downTheLadder(message);
            }
        } else if (!isAnotherHopsTurn(last, status) || !fork(message)) {
            end(message);
        }
    }

    private void end(SipMessage message) {
        int failure = best.status();
        ByteBuf chosen = best.take();
        if (chosen == null) {
            call.finish(message, 408, null);
        } else {
            call.complete(chosen, failure, CallStory.EndedBy.CALLEE);
        }
    }

    /** Whether a hop that fails like this says nothing of the callee: a phone that rang unanswered does not ring again. */
    private static boolean isAnotherHopsTurn(Leg last, int status) {
        return (status == 408 && !last.rang) || (status >= 500 && status < 600);
    }

    // ---- What the legs say ----

    /** The leg with that number, which is from its branch; null if there is none. */
    @Nullable
    Leg leg(int number) {
        Leg found = leg;
        while (found != null && found.number != number) {
            found = found.before;
        }
        return found;
    }

    /** A response of {@code from}. */
    void answered(Leg from, SipMessage response) {
        answers.answered(from, response);
    }

    /** A leg got the call: the others are cancelled. */
    void answeredBy(Leg answered) {
        best.forget();
        for (Leg other = leg; other != null; other = other.before) {
            if (other != answered) {
                cancel(other);
            }
        }
    }

    /** A leg that was given up says 6xx: the current one is cancelled, no further one follows (RFC 3261 §16.7 item 5). */
    void failedForGood() {
        failedForGood = true;
        cancel(Objects.requireNonNull(leg));
    }

    // ---- Giving up ----

    /**
     * Upstream wants no answer any more: the current leg is cancelled, no further one follows.
     *
     * @param reason the Reason lines of its CANCEL, empty for none
     */
    void cancel(byte[] reason) {
        if (!cancelled) {
            cancelled = true;
            cancelReason = reason;
            cancel(Objects.requireNonNull(leg));
        }
    }

    private void cancel(Leg pending) {
        if (pending.isPending() && !pending.cancelWanted) {
            pending.cancelWanted = true;
            if (pending.state == Leg.State.PROCEEDING) {
                sendCancel(pending);
            }
        }
    }

    void sendCancel(Leg pending) {
        pending.cancel(loop.messages.cancel(pending, cancelReason), loop.clock.nanos(), loop.timers);
    }

    /** Whether a leg to {@code peer}, reached by {@code by}, waits for the first it hears of it. */
    boolean isCalling(Port by, InetSocketAddress peer) {
        Leg each = leg;
        while (each != null && !isCalling(each, by, peer)) {
            each = each.before;
        }
        return each != null;
    }

    private static boolean isCalling(Leg each, Port by, InetSocketAddress peer) {
        return each.port == by
                && each.state == Leg.State.CALLING
                && !each.cancelWanted
                && each.hop.address().equals(peer);
    }

    /** The stream to a hop broke: legs that heard nothing yet go to the next hop at once. */
    void unreachable(Port by, InetSocketAddress peer) {
        for (Leg each = leg; each != null; each = each.before) {
            if (isCalling(each, by, peer)) {
                long now = loop.clock.nanos();
                each.hop.timedOut(now);
                givenUp(each, now);
            }
        }
    }

    private void givenUp(Leg each, long now) {
        if (each.state == Leg.State.CALLING && now >= each.giveUpAt) {
            loop.counters.hopTimeouts.increment();
            each.hop.timedOut(now);
        }
        if (!each.isDesk()) {
            best.silence();
        }
        each.rest();
        cancel(each);
        if (each == leg && call.state() == Call.State.PROCEEDING) {
            forkOn(408, false);
        }
    }

    /** A hop was lost: a call it has not brought anywhere yet goes to the next one at once. */
    void hopLost(long now) {
        Leg waiting = leg;
        HopOrder hops = group;
        if (waiting == null || hops == null || !waiting.isPending() || waiting.cancelWanted || waiting.rang) {
            return;
        }
        boolean unanswered = waiting.state == Leg.State.CALLING;
        boolean leaves = waiting.hop.isLost() || (unanswered && waiting.hop.switched() == HopSwitch.DOWN);
        if (leaves && (waiting.isDesk() || hops.next(tried, now) != null)) {
            givenUp(waiting, now);
        }
    }

    // ---- Time ----

    /** The earliest deadline of any leg. */
    long deadline() {
        long deadline = PathTimers.NEVER;
        for (Leg each = leg; each != null; each = each.before) {
            deadline = Math.min(deadline, each.deadline());
        }
        return deadline;
    }

    void due(long now) {
        for (Leg each = leg; each != null; each = each.before) {
            if (each.isPending() && now >= Math.min(each.giveUpAt, each.answerBy)) {
                givenUp(each, now);
            } else if (each.repeats(now, loop.timers)) {
                loop.counters.retransmissionsSent.increment();
                if (each.state == Leg.State.CALLING && each.hop.transport() == Transport.UDP) {
                    loop.portCheck.check(each.hop.address(), loop::refused);
                }
            }
        }
    }

    /** Gives back what the legs hold. */
    void release() {
        for (Leg each = leg; each != null; each = each.before) {
            each.release();
        }
        best.forget();
    }
}
