package org.anticall.gateway.path;

import io.netty.buffer.ByteBuf;
import java.net.InetSocketAddress;
import java.util.Objects;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.anticall.gateway.config.Answer;
import org.anticall.gateway.config.Trunk;
import org.anticall.gateway.hop.HopTable;
import org.anticall.gateway.sip.SipFault;
import org.anticall.gateway.sip.SipMessage;
import org.anticall.gateway.transport.Port;
import org.anticall.gateway.transport.Source;
import org.anticall.gateway.verdict.Screen;
import org.anticall.rules.call.CallFacts;
import org.anticall.rules.call.Decision;
import org.anticall.rules.number.PartyNumber;
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
    final Port port;
    final Source source;
    final Trunk trunk;
    final HopTable hops;
    final long keyHigh;
    final long keyLow;
    final long uriHash;
    final long arrivedMillis;
    final CallStory story;
    final Screen screen;

    int slot;
    long generation;

    @Nullable
    Call bucketNext;

    /** The INVITE as it came, while it may still be needed; owned by the call. */
    @Nullable
    ByteBuf invite;

    private State state = State.SCREENING;
    private @Nullable SipMessage atHand;
    final Upstream upstream;
    final Forks forks;
    private long endAt = PathTimers.NEVER;

    Call(PathLoop loop, Port port, Source source, Trunk trunk, SipMessage message, long uriHash) {
        this.loop = loop;
        this.port = port;
        this.source = source;
        this.trunk = trunk;
        this.hops = loop.hops.table();
        this.upstream = new Upstream(port, source.address(), DirectReplies.to(message, port, source), loop.timers);
        this.keyHigh = loop.hash.high();
        this.keyLow = loop.hash.low();
        this.uriHash = uriHash;
        this.arrivedMillis = loop.clock.epochMillis();
        this.forks = new Forks(this);
        long now = loop.clock.nanos();
        this.story = new CallStory(trunk, source.address(), loop.known.callHash(message), arrivedMillis, now);
        this.screen = new Screen(this, now);
        int length = message.end() - message.start();
        this.invite = loop.allocator.directBuffer(length).writeBytes(message.bytes(), message.start(), length);
        loop.callsInSetup++;
    }

    State state() {
        return state;
    }

    /** Whether upstream has a 2xx: an ACK is the callee's then, whatever branch it carries (RFC 6026 §7.1). */
    boolean isAccepted() {
        return state == State.ACCEPTED;
    }

    /** Whether it has no final response yet. */
    boolean isInSetup() {
        return state == State.SCREENING || state == State.PROCEEDING;
    }

    /** Whether the desk placed it, and nobody judged it. */
    boolean isPlaced() {
        return source.trunk() == null;
    }

    // ---- One step after the other ----

    /** What happens to a call, and what it is about. Holds nothing of its own, so none is made while calls go on. */
    private interface Step<A, B> {

        void take(Call call, A about, B with);
    }

    /** Takes a step: whatever is thrown is mended, and what is due next is waited for. */
    private <A, B> void take(Step<A, B> step, A about, B with) {
        try {
            step.take(this, about, with);
        } catch (Throwable thrown) {
            mend(thrown);
        }
        schedule();
    }

    private <A> void take(BiConsumer<Call, A> step, A about) {
        take((call, taken, same) -> taken.accept(call, same), step, about);
    }

    /** Something could not be done. Where nothing else will bring the call to an end it rings, or upstream is told so now. */
    private void mend(Throwable thrown) {
        loop.failed("a step of a call failed", thrown);
        boolean stuck = isInSetup() && forks.deadline() == PathTimers.NEVER;
        boolean unheard =
                state == State.PROCEEDING && forks.isEmpty() && trunk.manners().redirect() == null;
        if (stuck && !(unheard && isMendedBy(Call::ring)) && !isMendedBy(Call::giveUp)) {
            end();
        }
    }

    private boolean isMendedBy(Consumer<Call> way) {
        try {
            way.accept(this);
            return true;
        } catch (Throwable again) {
            loop.failed("a call could not be mended", again);
            return false;
        }
    }

    private void ring() {
        forks.toCallee(inviteAtHand(), Treatment.PLAIN);
    }

    private void giveUp() {
        finish(inviteAtHand(), 500, null);
    }

    // ---- The INVITE and its verdict ----

    /** 100 at once, then the verdict: now, or when the roaming oracle has answered. What is thrown is the caller's. */
    void begin(SipMessage message, long indexNanos) {
        arrived(message);
        try {
            screen(message, indexNanos);
        } catch (Throwable thrown) {
            if (state != State.SCREENING) {
                throw thrown;
            }
            loop.gate.factless(screen, thrown);
        } finally {
            atHand = null;
        }
        schedule();
    }

    /** 100 at once, then on to the callee: the desk placed the call, and nobody judges it. What is thrown is the caller's. */
    void beginPlaced(SipMessage message) {
        arrived(message);
        try {
            decided(Decision.unjudged(Decision.Basis.BYPASS, "placed by the desk", 0, ""));
        } finally {
            atHand = null;
        }
        schedule();
    }

    private void arrived(SipMessage message) {
        loop.witness.began(story, message, port);
        upstream.say(loop.replies.reply(message, port, source, 100, "Trying", 0, null));
        atHand = message;
    }

    private void screen(SipMessage message, long indexNanos) {
        long started = loop.clock.nanos();
        CallFacts facts = loop.facts.read(message, trunk, source.addressText(), arrivedMillis, started);
        screen.read(indexNanos, loop.clock.nanos() - started);
        story.identify(facts);
        if (message.isEmergency()) {
            loop.gate.passEmergency(screen, facts);
        } else if (trunk.isOutbound()) {
            loop.outbound.sent(PartyNumber.e164(facts.caller()), started);
            loop.gate.passOutbound(screen, facts);
        } else {
            loop.gate.begin(screen, facts);
        }
    }

    @Override
    public void decided(Decision decision) {
        if (state != State.SCREENING) {
            return;
        }
        become(State.PROCEEDING);
        if (atHand == null) {
            take((call, made) -> call.loop.disposition.carryOut(call, made), decision);
        } else {
            loop.disposition.carryOut(this, decision);
        }
    }

    /** The INVITE as a message: the one just received, or the stored one read again. */
    SipMessage inviteAtHand() {
        if (atHand != null) {
            return atHand;
        }
        if (loop.stored.read(Objects.requireNonNull(invite)) != SipFault.NONE) {
            throw new IllegalStateException("an INVITE that was read once cannot be read again");
        }
        return loop.stored;
    }

    // ---- What comes from downstream ----

    /** A response of the leg with that number. */
    void answered(int number, SipMessage response) {
        Leg from = forks.leg(number);
        if (from == null) {
            loop.counters.strayResponses.increment();
        } else {
            take((call, leg, said) -> call.forks.answered(leg, said), from, response);
        }
    }

    /** A next hop was lost. */
    void hopLost() {
        if (state == State.PROCEEDING) {
            take((call, clock) -> call.forks.hopLost(clock.nanos()), loop.clock);
        }
    }

    /** A connection from {@code by} to {@code peer} is no more. */
    void unreachable(Port by, InetSocketAddress peer) {
        if (forks.isCalling(by, peer)) {
            take((call, port, lost) -> call.forks.unreachable(port, lost), by, peer);
        }
    }

    // ---- What comes from upstream again ----

    /** The INVITE came again: upstream gets what it got last (RFC 3261 §17.2.1). */
    void retransmitted() {
        loop.counters.retransmissionsAbsorbed.increment();
        if (state != State.ACCEPTED && state != State.CONFIRMED) {
            upstream.sayAgain();
        }
    }

    /** ACK to a failure: it ends here (RFC 3261 §17.2.1). */
    void acknowledged() {
        if (state == State.COMPLETED) {
            become(State.CONFIRMED);
            upstream.forget();
            endAt = loop.clock.nanos() + (forks.isEmpty() ? loop.timers.t4() : loop.timers.transaction());
            schedule();
        }
    }

    /** CANCEL: upstream has its 200 already (RFC 3261 §9.2, §16.10). */
    void cancelled(SipMessage cancel) {
        if (state == State.SCREENING) {
            take((call, screened) -> call.abandoned(screened), screen);
        } else if (state == State.PROCEEDING) {
            take((call, gone) -> call.forks.cancel(call.reasons(gone)), cancel);
        }
    }

    private byte[] reasons(SipMessage cancel) {
        return source.isDesk() ? LegMessages.NO_LINES : LegMessages.reasons(cancel);
    }

    private void abandoned(Screen screened) {
        screened.abandon();
        SipMessage message = inviteAtHand();
        story.observed(screen.isObserved());
        loop.ledger.abandoned(screen, message, source.address(), arrivedMillis);
        finish(message, 487, null);
    }

    // ---- What goes upstream ----

    /** Ends the call as its trunk is told that a rule rejects with {@code status}. */
    void decline(SipMessage message, int status) {
        Answer answer = trunk.manners().answers().of(status);
        String phrase = answer.phrase().isEmpty() ? ReasonPhrase.of(answer.status()) : answer.phrase();
        finish(message, answer.status(), phrase, Replies.lines(answer));
    }

    /** Ends the call with a response of the gateway's own; {@code extra} are further header lines, null for none. */
    void finish(SipMessage message, int status, byte @Nullable [] extra) {
        finish(message, status, ReasonPhrase.of(status), extra);
    }

    private void finish(SipMessage message, int status, String phrase, byte @Nullable [] extra) {
        loop.counters.replied(status);
        CallStory.EndedBy by = status == 487 ? CallStory.EndedBy.CALLER : CallStory.EndedBy.GATEWAY;
        ByteBuf reply = loop.replies.reply(message, port, source, status, phrase, keyLow, extra);
        complete(reply, status, by);
    }

    /** Ends the call with this failure; takes it over. */
    void complete(ByteBuf response, int status, CallStory.EndedBy by) {
        long now = loop.clock.nanos();
        become(State.COMPLETED);
        endAt = now + loop.timers.transaction();
        loop.witness.failed(story, status, by, now);
        upstream.sayUntilAcknowledged(response, now);
        dropInvite();
    }

    /** Upstream has a 2xx: from now on the call only lets repeated ones through (RFC 6026 §7.1). */
    void accepted(int status, boolean byDesk) {
        long now = loop.clock.nanos();
        become(State.ACCEPTED);
        endAt = now + loop.timers.transaction();
        loop.witness.answered(story, status, byDesk, now);
        upstream.forget();
        if (!forks.marksCaller()) {
            dropInvite();
        }
    }

    // ---- Time ----

    private void schedule() {
        if (state == State.ENDED) {
            return;
        }
        long deadline =
                state == State.SCREENING ? loop.gate.deadlineNanos(screen) : Math.min(upstream.deadline(), endAt);
        deadline = Math.min(deadline, forks.deadline());
        if (deadline != PathTimers.NEVER) {
            loop.wheel.schedule(this, deadline);
        }
    }

    @Override
    void due(long now) {
        if (now >= endAt) {
            end();
        } else {
            take((call, clock) -> call.doWhatIsDue(clock.nanos()), loop.clock);
        }
    }

    private void doWhatIsDue(long now) {
        if (state == State.SCREENING && now >= loop.gate.deadlineNanos(screen)) {
            loop.gate.overdue(screen);
        }
        if (upstream.repeats(now)) {
            loop.counters.retransmissionsSent.increment();
        }
        forks.due(now);
    }

    // ---- The end ----

    private void become(State next) {
        boolean wasInSetup = isInSetup();
        state = next;
        if (wasInSetup && !isInSetup()) {
            loop.callsInSetup--;
        }
    }

    void end() {
        if (state != State.ENDED) {
            loop.witness.failed(story, 0, CallStory.EndedBy.NOBODY_KNOWS, loop.clock.nanos());
            become(State.ENDED);
            loop.wheel.cancel(this);
            loop.calls.remove(this);
            forks.release();
            upstream.forget();
            dropInvite();
        }
    }

    private void dropInvite() {
        if (invite != null) {
            invite.release();
            invite = null;
        }
    }
}
