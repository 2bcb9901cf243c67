package org.anticall.gateway.path;

import io.netty.buffer.ByteBuf;
import java.net.InetSocketAddress;
import java.util.Objects;
import org.anticall.gateway.config.GatewayConfig;
import org.anticall.gateway.hop.HopOrder;
import org.anticall.gateway.hop.NextHop;
import org.anticall.gateway.sip.HeaderId;
import org.anticall.gateway.sip.Method;
import org.anticall.gateway.sip.SipMessage;
import org.anticall.gateway.sip.SipText;
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

    private final Call call;
    private final PathLoop loop;
    private final BestFailure best = new BestFailure();
    private @Nullable Leg leg;
    private int legs;
    private @Nullable HopOrder group;
    private long tried;
    private Treatment treatment = Treatment.PLAIN;
    private Verdict.@Nullable Divert divert;
    private int ladderStep;
    private boolean cancelled;

    Forks(Call call) {
        this.call = call;
        this.loop = call.loop;
    }

    boolean isEmpty() {
        return leg == null;
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

    /** Takes the call to the desk; where that fails, down the ladder of {@code rule}. */
    void toDesk(SipMessage message, Verdict.Divert rule, Treatment chosen) {
        divert = rule;
        treatment = chosen;
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
        Verdict.Divert rule = Objects.requireNonNull(divert);
        Verdict.LadderStep step =
                ladderStep < rule.ladder().size() ? rule.ladder().get(ladderStep++) : Verdict.LadderStep.PASS;
        loop.counters.ladder(step);
        switch (step) {
            case PASS -> toCallee(message, Treatment.PLAIN);
            case PASS_WITH_LABEL -> toCallee(message, Treatment.label(rule.label()));
            case REJECT -> call.finish(message, 603, Replies.CALL_REJECTED);
        }
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
        } catch (RuntimeException thrown) {
            if (treatment.kind() == Treatment.Kind.PLAIN) {
                throw thrown;
            }
            loop.gate.failOpen(FailOpen.WIRE, thrown);
            legs--;
            toCallee(message, Treatment.PLAIN);
            return true;
        }
        leg = next;
        next.invite(out, now, loop.timers);
        boolean others = next.isDesk() || hops.next(tried, now) != null;
        next.giveUpAt = now + (others ? loop.timers.hopAnswer() : loop.timers.transaction());
        if (next.isDesk() && divert != null) {
            next.answerBy = now + divert.answerWithin().toNanos();
        }
        return true;
    }

    /** The current leg is of no more use: goes on to the next one, or ends the call with the best answer there is. */
    private void forkOn(int status, boolean released) {
        SipMessage message = call.inviteAtHand();
        Leg last = Objects.requireNonNull(leg);
        if (cancelled) {
            call.finish(message, 487, null);
        } else if (last.isDesk()) {
            if (released) {
                loop.counters.released.increment();
                toCallee(message, Treatment.PLAIN);
            } else if (!isAnotherHopsTurn(status) || !fork(message)) {
                downTheLadder(message);
            }
        } else if (!isAnotherHopsTurn(status) || !fork(message)) {
            int failure = best.status();
            ByteBuf chosen = best.take();
            if (chosen == null) {
                call.finish(message, 408, null);
            } else {
                call.complete(chosen, failure, CallStory.EndedBy.CALLEE);
            }
        }
    }

    /** Whether a hop that fails like this says nothing of the callee. */
    private static boolean isAnotherHopsTurn(int status) {
        return status == 408 || (status >= 500 && status < 600);
    }

    /** A response of a leg; {@code number} is from its branch. */
    void answered(int number, SipMessage response) {
        Leg from = leg;
        while (from != null && from.number != number) {
            from = from.before;
        }
        if (from == null) {
            loop.counters.strayResponses.increment();
            return;
        }
        from.hop.answered();
        int status = response.status();
        if (response.method() == Method.CANCEL) {
            from.releaseCancel();
            if (from.cancelWanted) {
                from.retransmitAt = PathTimers.NEVER;
            }
        } else if (response.method() != Method.INVITE) {
            loop.counters.strayResponses.increment();
        } else if (status >= 200 && status < 300) {
            succeeded(from, response);
        } else if (status >= 300) {
            failed(from, response);
        } else if (from.isPending()) {
            progressed(from, response);
        }
    }

    private void progressed(Leg from, SipMessage response) {
        long now = loop.clock.nanos();
        if (from.state == Leg.State.CALLING) {
            from.state = Leg.State.PROCEEDING;
            from.retransmitAt = PathTimers.NEVER;
            if (from.cancelWanted) {
                sendCancel(from);
                return;
            }
        }
        if (from.cancelWanted) {
            return;
        }
        from.giveUpAt = now + loop.timers.ringing();
        int status = response.status();
        if (status > 100) {
            call.story.ringing(now);
        }
        boolean hidden = status == 100 || (status == 181 && from.isDesk());
        if (!hidden && call.state() == Call.State.PROCEEDING && from == leg) {
            call.upstream.say(loop.messages.upstream(call, from, response));
        }
    }

    private void succeeded(Leg from, SipMessage response) {
        call.upstream.pass(loop.messages.upstream(call, from, response));
        from.state = Leg.State.ANSWERED;
        from.rest();
        from.release();
        if (call.isInSetup()) {
            best.forget();
            cancelOthers(from);
            call.accepted(response.status(), from.isDesk());
        }
    }

    private void failed(Leg from, SipMessage response) {
        if (from.state == Leg.State.ANSWERED || from.sent == null) {
            return;
        }
        from.port.send(loop.messages.ack(from, response), from.hop.address());
        if (from.state == Leg.State.FAILED) {
            return;
        }
        boolean wanted = !from.cancelWanted || cancelled;
        from.state = Leg.State.FAILED;
        from.rest();
        from.releaseCancel();
        if (from != leg || call.state() != Call.State.PROCEEDING || !wanted) {
            return;
        }
        int status = response.status();
        if (!from.isDesk() && best.isBeatenBy(status)) {
            best.keep(status, loop.messages.upstream(call, from, response));
        }
        forkOn(status, from.isDesk() && status == 480 && isReleased(from, response));
    }

    private static boolean isReleased(Leg from, SipMessage response) {
        int line = response.first(HeaderId.X_ANTICALL_RELEASE);
        return line >= 0
                && SipText.equals(
                        response.bytes(),
                        response.valueStart(line),
                        response.valueEnd(line),
                        SipText.bytes(from.treatment.recordId()));
    }

    private void cancelOthers(Leg answered) {
        for (Leg other = leg; other != null; other = other.before) {
            if (other != answered) {
                cancel(other);
            }
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

    private void sendCancel(Leg pending) {
        pending.cancel(loop.messages.cancel(pending), loop.clock.nanos(), loop.timers);
    }

    /** The stream to a hop broke: a leg that heard nothing yet goes to the next hop at once. False if none is concerned. */
    boolean unreachable(Port by, InetSocketAddress peer) {
        boolean concerned = false;
        for (Leg each = leg; each != null; each = each.before) {
            if (each.port == by
                    && each.state == Leg.State.CALLING
                    && !each.cancelWanted
                    && each.hop.address().equals(peer)) {
                concerned = true;
                givenUp(each, loop.clock.nanos());
            }
        }
        return concerned;
    }

    private void givenUp(Leg each, long now) {
        if (each.state == Leg.State.CALLING) {
            loop.counters.hopTimeouts.increment();
            each.hop.timedOut(now);
        }
        each.rest();
        cancel(each);
        if (each == leg && call.state() == Call.State.PROCEEDING) {
            forkOn(408, false);
        }
    }

    /** Upstream wants no answer any more: the current leg is cancelled, no further one follows. */
    void cancel() {
        if (!cancelled) {
            cancelled = true;
            cancel(Objects.requireNonNull(leg));
        }
    }

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
