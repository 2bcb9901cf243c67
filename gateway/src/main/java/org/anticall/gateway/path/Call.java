package org.anticall.gateway.path;

import io.netty.buffer.ByteBuf;
import java.net.InetSocketAddress;
import java.util.Objects;
import org.anticall.gateway.config.GatewayConfig;
import org.anticall.gateway.config.Trunk;
import org.anticall.gateway.hop.HopOrder;
import org.anticall.gateway.hop.NextHop;
import org.anticall.gateway.sip.HeaderId;
import org.anticall.gateway.sip.Method;
import org.anticall.gateway.sip.SipFault;
import org.anticall.gateway.sip.SipMessage;
import org.anticall.gateway.sip.SipText;
import org.anticall.gateway.transport.Source;
import org.anticall.gateway.transport.UdpPort;
import org.anticall.gateway.verdict.FailOpen;
import org.anticall.gateway.verdict.Screen;
import org.anticall.rules.call.Decision;
import org.anticall.rules.call.Verdict;
import org.jspecify.annotations.Nullable;

/**
 * One judged INVITE: the server transaction towards upstream and the legs towards next hops. {@link CallPath} has the
 * state diagram and brings the messages; the verdict is pinned here, so whatever arrives again meets the same disposition.
 * Owned by one event loop.
 */
final class Call extends Timed implements Screen.Judged {

    /** How far upstream is with this call. */
    enum State {
        SCREENING,
        PROCEEDING,
        ACCEPTED,
        COMPLETED,
        CONFIRMED,
        ENDED
    }

    final PathLoop loop;
    final UdpPort port;
    final Source source;
    final Trunk trunk;
    final InetSocketAddress replyTo;
    final long keyHigh;
    final long keyLow;
    final long uriHash;
    final long arrivedMillis;
    private final Screen screen;

    int slot;
    long generation;

    @Nullable
    Call bucketNext;

    /** The INVITE as it came, while it may still be needed; owned by the call. */
    @Nullable
    ByteBuf invite;

    private State state = State.SCREENING;
    private @Nullable SipMessage atHand;
    private @Nullable ByteBuf lastReply;
    private @Nullable ByteBuf best;
    private int bestStatus;
    private boolean cancelled;

    private @Nullable Leg leg;
    private int legs;
    private @Nullable HopOrder group;
    private long tried;
    private Treatment treatment = Treatment.PLAIN;
    private Verdict.@Nullable Divert divert;
    private int ladderStep;

    private long retransmitAt = PathTimers.NEVER;
    private long interval;
    private long endAt = PathTimers.NEVER;

    Call(PathLoop loop, UdpPort port, Source source, Trunk trunk, SipMessage message, long uriHash) {
        this.loop = loop;
        this.port = port;
        this.source = source;
        this.trunk = trunk;
        this.replyTo = Addressing.replyTo(message.topVia(), source);
        this.keyHigh = loop.hash.high();
        this.keyLow = loop.hash.low();
        this.uriHash = uriHash;
        this.arrivedMillis = loop.clock.epochMillis();
        this.screen = new Screen(this, loop.clock.nanos());
        int length = message.end() - message.start();
        this.invite = loop.allocator.directBuffer(length).writeBytes(message.bytes(), message.start(), length);
    }

    State state() {
        return state;
    }

    /** Whether it has no final response yet. */
    boolean isInSetup() {
        return state == State.SCREENING || state == State.PROCEEDING;
    }

    // ---- The INVITE and its verdict ----

    /** 100 at once, then the verdict: now, or when the roaming oracle has answered. */
    void begin(SipMessage message) {
        loop.callsInSetup++;
        keepReply(loop.replies.reply(message, source, 100, "Trying", 0, null));
        sendReply();
        atHand = message;
        try {
            loop.gate.begin(screen, loop.facts.read(message, trunk, arrivedMillis));
        } catch (Throwable thrown) {
            if (state != State.SCREENING) {
                throw thrown;
            }
            loop.gate.factless(screen, thrown);
        } finally {
            atHand = null;
        }
        if (state == State.SCREENING) {
            loop.wheel.schedule(this, loop.gate.deadlineNanos(screen));
        }
    }

    @Override
    public void decided(Decision decision) {
        if (state != State.SCREENING) {
            return;
        }
        become(State.PROCEEDING);
        SipMessage message = inviteAtHand();
        Verdict verdict = decision.verdict();
        String recordId = "";
        if (verdict.kind() != Verdict.Kind.PASS || loop.ledger.samples()) {
            recordId = loop.ledger.newId(arrivedMillis);
            boolean kept = loop.ledger.keeps(recordId, screen, decision, message, source.address(), arrivedMillis);
            if (!kept && verdict.kind().isInterception()) {
                verdict = loop.gate.failOpen(FailOpen.RECORD, null).verdict();
            }
        }
        carryOut(message, verdict, recordId, Objects.requireNonNullElse(decision.rule(), ""));
        schedule();
    }

    private void carryOut(SipMessage message, Verdict verdict, String recordId, String rule) {
        if (verdict instanceof Verdict.Reject reject) {
            finish(message, reject.status(), Replies.CALL_REJECTED);
        } else if (verdict instanceof Verdict.Divert chosen) {
            divert = chosen;
            toDesk(message, new Treatment(Treatment.Kind.DESK, "", recordId, rule));
        } else if (verdict instanceof Verdict.Label label) {
            toCallee(message, Treatment.label(label.label()));
        } else if (verdict instanceof Verdict.Withhold withhold) {
            toCallee(message, new Treatment(Treatment.Kind.WITHHOLD, withhold.label(), "", ""));
        } else {
            toCallee(message, Treatment.PLAIN);
        }
    }

    /** The INVITE as a message: the one just received, or the stored one read again. */
    private SipMessage inviteAtHand() {
        if (atHand != null) {
            return atHand;
        }
        if (loop.stored.read(Objects.requireNonNull(invite)) != SipFault.NONE) {
            throw new IllegalStateException("an INVITE that was read once cannot be read again");
        }
        return loop.stored;
    }

    // ---- Forks: one leg after the other ----

    private void toDesk(SipMessage message, Treatment chosen) {
        treatment = chosen;
        group = loop.hops.group(GatewayConfig.DESK);
        tried = 0;
        if (group == null || !fork(message)) {
            downTheLadder(message);
        }
    }

    private void toCallee(SipMessage message, Treatment chosen) {
        treatment = chosen;
        group = Objects.requireNonNull(loop.hops.group(trunk.route()), "the configuration has every trunk's route");
        tried = 0;
        if (!fork(message)) {
            finish(message, 503, Replies.RETRY_LATER);
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
            case REJECT -> finish(message, 603, Replies.CALL_REJECTED);
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
        Leg next = new Leg(legs++, hop, treatment, leg);
        ByteBuf out;
        try {
            out = loop.messages.invite(this, next, message);
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
        next.sent = out.retainedDuplicate();
        next.interval = loop.timers.t1();
        next.retransmitAt = now + next.interval;
        boolean others = divert != null || hops.next(tried, now) != null;
        next.giveUpAt = now + (others ? loop.timers.hopAnswer() : loop.timers.transaction());
        if (next.isDesk() && divert != null) {
            next.answerBy = now + divert.answerWithin().toNanos();
        }
        port.send(out, hop.address());
        return true;
    }

    /** The current leg is of no more use: goes on to the next one, or ends the call with the best answer there is. */
    private void forkOn(int status, boolean released) {
        SipMessage message = inviteAtHand();
        Leg last = Objects.requireNonNull(leg);
        if (cancelled) {
            finish(message, 487, null);
        } else if (last.isDesk()) {
            if (released) {
                loop.counters.released.increment();
                toCallee(message, Treatment.PLAIN);
            } else if (!isAnotherHopsTurn(status) || !fork(message)) {
                downTheLadder(message);
            }
        } else if (!isAnotherHopsTurn(status) || !fork(message)) {
            finishWithBest(message);
        }
    }

    /** Whether a hop that fails like this says nothing of the callee. */
    private static boolean isAnotherHopsTurn(int status) {
        return status == 408 || (status >= 500 && status < 600);
    }

    // ---- What comes from downstream ----

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
        schedule();
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
        boolean hidden = status == 100 || (status == 181 && from.isDesk());
        if (!hidden && state == State.PROCEEDING && from == leg) {
            keepReply(loop.messages.upstream(this, from, response));
            sendReply();
        }
    }

    private void succeeded(Leg from, SipMessage response) {
        ByteBuf out = loop.messages.upstream(this, from, response);
        port.send(out, replyTo);
        from.state = Leg.State.ANSWERED;
        from.rest();
        from.release();
        if (isInSetup()) {
            become(State.ACCEPTED);
            endAt = loop.clock.nanos() + loop.timers.transaction();
            dropReply();
            dropBest();
            cancelOthers(from);
            if (!hasMarkedLeg()) {
                dropInvite();
            }
        }
    }

    private void failed(Leg from, SipMessage response) {
        if (from.state == Leg.State.ANSWERED || from.sent == null) {
            return;
        }
        port.send(loop.messages.ack(from, response), from.hop.address());
        if (from.state == Leg.State.FAILED) {
            return;
        }
        boolean wanted = !from.cancelWanted || cancelled;
        from.state = Leg.State.FAILED;
        from.rest();
        from.releaseCancel();
        if (from != leg || state != State.PROCEEDING || !wanted) {
            return;
        }
        int status = response.status();
        if (!from.isDesk()) {
            keepBest(from, response);
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

    /** RFC 3261 §16.7 item 6: a 6xx beats all, else the lowest class, else the first. */
    private void keepBest(Leg from, SipMessage response) {
        int status = response.status();
        boolean better = best == null
                || (status >= 600 && bestStatus < 600)
                || (bestStatus < 600 && status / 100 < bestStatus / 100);
        if (better) {
            dropBest();
            best = loop.messages.upstream(this, from, response);
            bestStatus = status;
        }
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
        long now = loop.clock.nanos();
        ByteBuf out = loop.messages.cancel(pending);
        pending.cancel = out.retainedDuplicate();
        pending.interval = loop.timers.t1();
        pending.retransmitAt = now + pending.interval;
        pending.giveUpAt = now + loop.timers.transaction();
        pending.answerBy = PathTimers.NEVER;
        port.send(out, pending.hop.address());
    }

    // ---- What comes from upstream again ----

    /** The INVITE came again: upstream gets what it got last (RFC 3261 §17.2.1). */
    void retransmitted() {
        loop.counters.retransmissionsAbsorbed.increment();
        if (state != State.ACCEPTED && state != State.CONFIRMED) {
            sendReply();
        }
    }

    /** ACK to a failure: it ends here (RFC 3261 §17.2.1). */
    void acknowledged() {
        if (state == State.COMPLETED) {
            become(State.CONFIRMED);
            retransmitAt = PathTimers.NEVER;
            dropReply();
            endAt = loop.clock.nanos() + (leg == null ? loop.timers.t4() : loop.timers.transaction());
            schedule();
        }
    }

    /** CANCEL: upstream has its 200 already (RFC 3261 §9.2, §16.10). */
    void cancelled() {
        if (state == State.SCREENING) {
            screen.abandon();
            SipMessage message = inviteAtHand();
            loop.ledger.abandoned(screen, message, source.address(), arrivedMillis);
            finish(message, 487, null);
        } else if (state == State.PROCEEDING && !cancelled) {
            cancelled = true;
            cancel(Objects.requireNonNull(leg));
        }
        schedule();
    }

    // ---- What goes upstream ----

    private void finish(SipMessage message, int status, byte @Nullable [] extra) {
        loop.counters.replied(status);
        complete(loop.replies.reply(message, source, status, ReasonPhrase.of(status), keyLow, extra));
    }

    private void finishWithBest(SipMessage message) {
        ByteBuf chosen = best;
        if (chosen == null) {
            finish(message, 408, null);
        } else {
            best = null;
            complete(chosen);
        }
    }

    private void complete(ByteBuf response) {
        long now = loop.clock.nanos();
        become(State.COMPLETED);
        keepReply(response);
        sendReply();
        interval = loop.timers.t1();
        retransmitAt = now + interval;
        endAt = now + loop.timers.transaction();
        dropBest();
        dropInvite();
    }

    private void keepReply(ByteBuf response) {
        dropReply();
        lastReply = response;
    }

    private void sendReply() {
        if (lastReply != null) {
            port.send(lastReply.retainedDuplicate(), replyTo);
        }
    }

    // ---- Time ----

    private void schedule() {
        if (state == State.ENDED) {
            return;
        }
        long deadline = state == State.SCREENING ? loop.gate.deadlineNanos(screen) : Math.min(retransmitAt, endAt);
        for (Leg each = leg; each != null; each = each.before) {
            deadline = Math.min(deadline, each.deadline());
        }
        if (deadline != PathTimers.NEVER) {
            loop.wheel.schedule(this, deadline);
        }
    }

    @Override
    void due(long now) {
        if (state == State.SCREENING) {
            if (now >= loop.gate.deadlineNanos(screen)) {
                loop.gate.overdue(screen);
            }
        } else if (now >= endAt) {
            end();
            return;
        }
        if (now >= retransmitAt) {
            loop.counters.retransmissionsSent.increment();
            sendReply();
            interval = Math.min(interval * 2, loop.timers.t2());
            retransmitAt = now + interval;
        }
        for (Leg each = leg; each != null; each = each.before) {
            due(each, now);
        }
        schedule();
    }

    private void due(Leg each, long now) {
        if (each.isPending() && now >= Math.min(each.giveUpAt, each.answerBy)) {
            givenUp(each, now);
        } else if (now >= each.retransmitAt) {
            ByteBuf again = each.cancel != null ? each.cancel : each.sent;
            if (again == null) {
                each.retransmitAt = PathTimers.NEVER;
                return;
            }
            loop.counters.retransmissionsSent.increment();
            port.send(again.retainedDuplicate(), each.hop.address());
            each.interval *= 2;
            if (each.cancel != null) {
                each.interval = Math.min(each.interval, loop.timers.t2());
            }
            each.retransmitAt = now + each.interval;
        }
    }

    private void givenUp(Leg each, long now) {
        if (each.state == Leg.State.CALLING) {
            loop.counters.hopTimeouts.increment();
            each.hop.timedOut(now);
        }
        each.rest();
        cancel(each);
        if (each == leg && state == State.PROCEEDING) {
            forkOn(408, false);
        }
    }

    private void become(State next) {
        boolean wasInSetup = isInSetup();
        state = next;
        if (wasInSetup && !isInSetup()) {
            loop.callsInSetup--;
        }
    }

    // ---- The end ----

    void end() {
        if (state != State.ENDED) {
            become(State.ENDED);
            loop.wheel.cancel(this);
            loop.calls.remove(this);
            for (Leg each = leg; each != null; each = each.before) {
                each.release();
            }
            leg = null;
            dropReply();
            dropBest();
            dropInvite();
        }
    }

    private boolean hasMarkedLeg() {
        for (Leg each = leg; each != null; each = each.before) {
            if (each.treatment.changesFrom()) {
                return true;
            }
        }
        return false;
    }

    private void dropReply() {
        if (lastReply != null) {
            lastReply.release();
            lastReply = null;
        }
    }

    private void dropBest() {
        if (best != null) {
            best.release();
            best = null;
        }
    }

    private void dropInvite() {
        if (invite != null) {
            invite.release();
            invite = null;
        }
    }
}
