package org.anticall.gateway.path;

import io.netty.buffer.ByteBuf;
import java.net.InetSocketAddress;
import java.util.List;
import org.anticall.gateway.config.Trunk;
import org.anticall.gateway.sip.HeaderId;
import org.anticall.gateway.sip.Method;
import org.anticall.gateway.sip.SipFault;
import org.anticall.gateway.sip.SipLimits;
import org.anticall.gateway.sip.SipMessage;
import org.anticall.gateway.transport.Inbox;
import org.anticall.gateway.transport.Port;
import org.anticall.gateway.transport.Source;
import org.jspecify.annotations.Nullable;

/**
 * The way of every message through the gateway. Read this first. Owned by one event loop.
 *
 * <p>An INVITE without To-tag from a trunk is judged and gets a {@link Call}; its retransmissions, its CANCEL and the ACK
 * to its failure find that call again and change nothing of the verdict. Everything in a dialog is forwarded by the
 * {@link StatelessRelay}, by what the message carries; what begins no call gets {@link DirectReplies}.
 *
 * <pre>
 *                  INVITE on a trunk
 *                     │ 100, facts, gate
 *                     v
 *  CANCEL: 487 <── SCREENING ──reject: 603──────────────────────┐
 *                     │ record kept; pass, label, withhold,     │
 *                     │ divert: a leg to a hop                  │
 *                     v                                         v
 *      ┌─────────> PROCEEDING ──last leg failed: best answer ─> COMPLETED ──ACK──> CONFIRMED
 *      │              │   │     CANCEL: 487                     │                     │
 *      └─next leg─────┘   │ 2xx                                 │ 64×T1               │ T4 or 64×T1
 *   408, 5xx, timeout,    v                                     v                     v
 *   desk does not take  ACCEPTED ──64×T1─────────────────────> ENDED <────────────────┘
 * </pre>
 *
 * A leg's own states are in {@link Leg}. What a verdict does to a message is in {@link LegMessages}.
 */
final class CallPath implements Inbox {

    private final PathLoop loop;
    private final Overload overload;
    private final PathCounters counters;
    private final SipMessage message = new SipMessage(SipLimits.DEFAULT);
    private final Branch branch = new Branch();
    private final LoopCheck loops;
    private final Scanners scanners = new Scanners();
    private final TransactionKey keys;
    private final StatelessRelay relay;
    private final DirectReplies replies;
    private final UnjudgedCalls unjudged;
    private List<Lane> lanes = List.of();
    private final @Nullable DeskPass pass;
    private @Nullable HopProbes probes;
    private int lossesSeen;
    private boolean draining;
    private volatile long tickedAtNanos = System.nanoTime();
    private long indexNanos;

    CallPath(PathLoop loop, Overload overload, PathSecret secret, @Nullable DeskPass pass) {
        this.pass = pass;
        this.loop = loop;
        this.overload = overload;
        this.loops = new LoopCheck(loop.ports);
        this.counters = loop.counters;
        this.keys = new TransactionKey(loop.hash);
        this.relay = new StatelessRelay(loop, keys, secret);
        this.replies = new DirectReplies(loop, keys);
        this.unjudged = new UnjudgedCalls(loop, overload, keys, relay, replies);
    }

    /** The lanes of the gateway, this one among them; to be called before anything is received. */
    void among(List<Lane> all) {
        lanes = List.copyOf(all);
    }

    @Override
    public void received(Port port, ByteBuf payload, Source source) {
        long received = loop.clock.nanos();
        if (!overload.admitsMessage(source, received)) {
            return;
        }
        SipFault fault = message.read(payload);
        indexNanos = loop.clock.nanos() - received;
        int owner = lanes.size() <= 1 || fault != SipFault.NONE ? loop.number : owner(port);
        if (owner == loop.number) {
            handle(port, source, fault);
        } else {
            int length = payload.readableBytes();
            ByteBuf copy = loop.allocator.directBuffer(length).writeBytes(payload, payload.readerIndex(), length);
            lanes.get(owner).handOver(loop.ports.indexOf(port), copy, source);
        }
    }

    /** A message that another lane has received. */
    void handedOver(Port port, ByteBuf payload, Source source) {
        long received = loop.clock.nanos();
        SipFault fault = message.read(payload);
        indexNanos = loop.clock.nanos() - received;
        handle(port, source, fault);
    }

    /** Which lane the message belongs to: requests by their Call-ID, responses by their branch. */
    private int owner(Port port) {
        if (message.isRequest()) {
            return laneOfCall();
        }
        boolean ours = loop.ports.isOurs(message.bytes(), message.topVia())
                && branch.read(message, message.topVia().branch());
        if (ours && branch.isJudged()) {
            return branch.loop() < lanes.size() ? branch.loop() : loop.number;
        }
        // Between a stream and datagrams the lane that forwarded the request repeats it, or what becomes of it.
        Port cameBy = ours ? loop.ports.at(branch.port()) : null;
        return cameBy != null && cameBy.isReliable() != port.isReliable() ? laneOfCall() : loop.number;
    }

    private int laneOfCall() {
        return (int) Long.remainderUnsigned(loop.known.callHash(message), lanes.size());
    }

    private void handle(Port port, Source source, SipFault fault) {
        try {
            if (fault != SipFault.NONE) {
                refused(port, source, fault, fault.status() != 0);
            } else if (message.isRequest() && scanners.sent(message)) {
                counters.scanners.increment();
            } else if (message.isRequest()) {
                counters.request(message.method());
                request(port, source);
            } else {
                counters.response(message.status());
                response(port, source);
            }
        } catch (Throwable thrown) {
            loop.failed("message not handled", thrown);
        }
        if (isBehind()) {
            tick();
        } else {
            report();
        }
    }

    @Override
    public void unframed(Port port, ByteBuf head, Source source, SipFault fault) {
        if (!overload.admitsMessage(source, loop.clock.nanos())) {
            return;
        }
        SipFault inHead = message.readHead(head);
        boolean readable = inHead == SipFault.NONE || inHead.status() != 0;
        refused(port, source, fault, readable);
    }

    @Override
    public void unreachable(Port port, InetSocketAddress peer) {
        loop.calls.forEach(call -> call.unreachable(port, peer));
    }

    /** Whether the last {@link #tick} is a tick or longer ago, by the machine's clock. Thread-safe. */
    boolean isBehind() {
        return System.nanoTime() - tickedAtNanos >= TimerWheel.TICK_NANOS;
    }

    /** Time goes on: what is due is done. To be called when {@link #isBehind}. */
    void tick() {
        tickedAtNanos = System.nanoTime();
        overload.lag().tick(tickedAtNanos);
        try {
            long now = loop.clock.nanos();
            counters.turns(loop.number).tick(now, 2 * TimerWheel.TICK_NANOS);
            loop.wheel.advance(now);
            watchHops(now);
            loop.witness.tick(now);
        } catch (Throwable thrown) {
            loop.failed("timer not handled", thrown);
        }
        report();
    }

    private void watchHops(long now) {
        if (probes != null) {
            probes.tick(now);
        }
        int losses = loop.hops.losses();
        if (losses != lossesSeen) {
            lossesSeen = losses;
            loop.calls.forEach(Call::hopLost);
        }
    }

    /** From now on next hops are asked whether they are there. */
    void probe(HopProbes asked) {
        probes = asked;
    }

    private void report() {
        counters.atHand(loop.number, loop.calls.size(), loop.callsInSetup, loop.known.answeredCalls());
    }

    /** From now on new calls are refused, calls there are live on. */
    void drain() {
        draining = true;
    }

    /** Gives back everything calls hold. Nothing is said to anybody. */
    void close() {
        loop.calls.forEach(Call::end);
        relay.close();
        loop.witness.close(loop.clock.nanos());
    }

    private void refused(Port port, Source source, SipFault fault, boolean readable) {
        counters.fault(fault);
        if (!readable || !message.isAnswerable()) {
            return;
        }
        if (scanners.sent(message)) {
            counters.scanners.increment();
        } else {
            replies.fault(message, port, source, fault);
        }
    }

    // ---- Requests ----

    private void request(Port port, Source source) {
        if (message.maxForwards() == 0 && endsHere()) {
            replies.say(message, port, source, 483);
            return;
        }
        if (message.has(HeaderId.PROXY_REQUIRE)
                && message.method() != Method.ACK
                && message.method() != Method.CANCEL) {
            replies.badExtension(message, port, source);
            return;
        }
        switch (message.method()) {
            case INVITE -> invite(port, source);
            case ACK -> ack(port, source);
            case CANCEL -> cancel(port, source);
            default -> other(port, source);
        }
    }

    /** Whether a request with no hop left is refused; the others may be for the gateway itself. */
    private boolean endsHere() {
        Method method = message.method();
        boolean forUs = method == Method.OPTIONS && !message.hasToTag();
        return !forUs && method != Method.ACK && method != Method.CANCEL;
    }

    private void invite(Port port, Source source) {
        if (message.hasToTag()) {
            inDialog(port, source);
            return;
        }
        long uriHash = keys.uriHash(message);
        keys.read(message);
        Call known = loop.calls.find(loop.hash.high(), loop.hash.low());
        Source caller = source.asCaller();
        if (known != null) {
            known.retransmitted();
        } else if (caller.trunk() == null) {
            ofHop(port, source, uriHash);
        } else if (unjudged.follows(message, port, caller)) {
            counters.retransmissionsAbsorbed.increment();
        } else if (loops.isLoop(message, branch, uriHash)) {
            replies.say(message, port, source, 482);
        } else if (draining) {
            replies.busy(message, port, source);
        } else {
            newCall(port, caller, caller.trunk(), uriHash);
        }
    }

    /** A new call of a hop: only the desk may place one, with a token. */
    private void ofHop(Port port, Source source, long uriHash) {
        DeskPass.Outcome outcome =
                pass == null ? DeskPass.Outcome.MISSING : pass.admit(message, source, loop.clock.epochMillis());
        counters.deskCall(outcome);
        if (pass == null || outcome != DeskPass.Outcome.VALID) {
            replies.say(message, port, source, 403);
        } else {
            begin(port, source, pass.trunk(), uriHash);
        }
    }

    private void newCall(Port port, Source source, Trunk trunk, long uriHash) {
        Strain strain = overload.strain(loop.callsInSetup, loop.calls, source, trunk, loop.clock.nanos());
        if (strain != null) {
            unjudged.beyond(message, port, source, trunk, strain);
        } else {
            begin(port, source, trunk, uriHash);
        }
    }

    /** If this fails the network rings all the same; only the desk, whose token is used, must come with another one. */
    private void begin(Port port, Source source, Trunk trunk, long uriHash) {
        boolean placed = source.trunk() == null;
        Call call = null;
        try {
            keys.read(message);
            call = new Call(loop, port, source, trunk, message, uriHash);
            loop.calls.add(call);
            if (placed) {
                call.beginPlaced(message);
            } else {
                counters.calls.increment();
                call.begin(message, indexNanos);
            }
        } catch (Throwable thrown) {
            loop.failed("a call could not begin", thrown);
            if (call != null) {
                call.end();
            }
            if (placed) {
                replies.say(message, port, source, 500);
            } else {
                unjudged.pass(message, port, source, trunk);
            }
        }
    }

    private void ack(Port port, Source source) {
        Call call = find();
        if (call != null && !call.isAccepted()) {
            call.acknowledged();
        } else if (message.maxForwards() != 0
                && relay.forward(message, port, source) == StatelessRelay.Outcome.NO_DIALOG) {
            unjudged.follows(message, port, source);
        }
    }

    private void cancel(Port port, Source source) {
        Call call = find();
        if (call != null) {
            replies.say(message, port, source, 200);
            call.cancelled(message);
        } else if (message.maxForwards() == 0) {
            replies.say(message, port, source, 483);
        } else if (relay.forward(message, port, source) != StatelessRelay.Outcome.FORWARDED
                && !unjudged.follows(message, port, source)) {
            replies.say(message, port, source, 481);
        }
    }

    private @Nullable Call find() {
        keys.read(message);
        return loop.calls.find(loop.hash.high(), loop.hash.low());
    }

    private void other(Port port, Source source) {
        if (message.hasToTag()) {
            inDialog(port, source);
        } else {
            replies.outsideOfDialogs(message, port, source, draining);
        }
    }

    private void inDialog(Port port, Source source) {
        switch (relay.forward(message, port, source)) {
            case FORWARDED -> {}
            case NO_DIALOG -> {
                if (!unjudged.follows(message, port, source)) {
                    replies.say(message, port, source, 481);
                }
            }
            case NO_TARGET -> replies.say(message, port, source, 404);
        }
    }

    // ---- Responses ----

    private void response(Port port, Source source) {
        boolean ours = loop.ports.isOurs(message.bytes(), message.topVia())
                && branch.read(message, message.topVia().branch());
        if (!ours) {
            counters.strayResponses.increment();
        } else if (branch.isJudged() && branch.leg() == HopProbes.LEG) {
            if (probes == null || !probes.answered(branch.slot(), branch.generation(), message)) {
                counters.strayResponses.increment();
            }
        } else if (branch.isJudged()) {
            Call call = loop.calls.at(branch.slot(), branch.generation());
            if (call == null) {
                counters.strayResponses.increment();
            } else {
                call.answered(branch.leg(), message);
            }
        } else if (!relay.forwardResponse(message, branch, port, source)) {
            counters.strayResponses.increment();
        }
    }
}
