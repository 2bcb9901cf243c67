package org.anticall.gateway.path;

import io.netty.buffer.ByteBuf;
import java.net.InetSocketAddress;
import org.anticall.gateway.config.Transport;
import org.anticall.gateway.config.Trunk;
import org.anticall.gateway.hop.HopOrder;
import org.anticall.gateway.hop.NextHop;
import org.anticall.gateway.sip.HeaderId;
import org.anticall.gateway.sip.Method;
import org.anticall.gateway.sip.NameAddr;
import org.anticall.gateway.sip.SipEdits;
import org.anticall.gateway.sip.SipMessage;
import org.anticall.gateway.sip.SipText;
import org.anticall.gateway.sip.SipUri;
import org.anticall.gateway.sip.Slice;
import org.anticall.gateway.sip.ViaValue;
import org.anticall.gateway.transport.Port;
import org.anticall.gateway.transport.Source;
import org.anticall.rules.call.TrunkClass;
import org.jspecify.annotations.Nullable;

/**
 * Forwards without memory (RFC 3261 §16.11): requests in dialogs by Route and the token in it, responses by Via, and above
 * the gateway's limits calls that pass unjudged. Any gateway with the same secret can do it, also after a restart. Only
 * where a request in a dialog has no such Route do {@link KnownCalls} tell the way. Owned by one event loop.
 */
final class StatelessRelay {

    /** What became of a request. */
    enum Outcome {
        FORWARDED,
        /** It has no Route this gateway wrote for this dialog, and is in the dialog of no call that is known. */
        NO_DIALOG,
        /** Its target is a name nobody knows, or the gateway itself. */
        NO_TARGET
    }

    private final PathLoop loop;
    private final TransactionKey keys;
    private final SipEdits edits = new SipEdits();
    private final NameAddr address = new NameAddr();
    private final SipUri uri = new SipUri();
    private final ViaValue via = new ViaValue();
    private final RouteSet routes;
    private final HiddenVias hidden;
    private final CallerMarks marks = new CallerMarks();
    private final RepeatedMessages repeated;

    /** What the target last found is reached by; null where nothing says. */
    private @Nullable Transport targetTransport;

    /** The way of the request in a dialog last looked at. */
    private @Nullable InetSocketAddress way;

    private @Nullable Port wayOut;
    private RouteToken.Use use = RouteToken.Use.PLAIN;

    /** What the branch last put is made of. */
    private long branchHash;

    StatelessRelay(PathLoop loop, TransactionKey keys, PathSecret secret) {
        this.hidden = new HiddenVias(secret);
        this.loop = loop;
        this.routes = new RouteSet(loop.ports);
        this.keys = keys;
        this.repeated = new RepeatedMessages(loop);
    }

    /** Forwards a request in a dialog; Max-Forwards has been looked at. */
    Outcome forward(SipMessage request, Port port, Source source) {
        boolean routed = routes.read(request, true) && loop.token.read(request, routes.token());
        if (routed) {
            byToken(request, port, source);
        } else if (loop.known.find(request, source) || loop.known.find(request, source.asCaller())) {
            byMemory();
        } else {
            return Outcome.NO_DIALOG;
        }
        InetSocketAddress target = way;
        Port out = wayOut;
        if (target == null || out == null || loop.ports.isOwn(target, out.transport())) {
            return Outcome.NO_TARGET;
        }
        boolean toDesk = use == RouteToken.Use.DIVERTED && !source.isDesk();
        begin(request, port, out, source);
        routes.apply(edits, request, !toDesk);
        if (toDesk) {
            loop.desk.toDesk(edits, request, target, out.transport());
        }
        if (source.isDesk()) {
            loop.desk.hideDesk(edits, request, out);
        } else {
            ProxyEdits.dropOwnHeaders(edits, request);
        }
        if (use == RouteToken.Use.MARKED && source.trunk() == null) {
            hideMarks(request);
        }
        if (request.method() == Method.BYE) {
            loop.witness.bye(request, !routed, loop.clock.nanos());
        }
        send(request, port, out, target);
        return Outcome.FORWARDED;
    }

    private void byToken(SipMessage request, Port port, Source source) {
        Port farSide = routes.farSide();
        use = loop.token.use();
        boolean toDesk = use == RouteToken.Use.DIVERTED && !source.isDesk();
        way = toDesk
                ? desk()
                : target(request, isOfCaller(source) ? source.asCaller().trunk() : source.trunk());
        wayOut = way == null ? null : towards(farSide == null ? port : farSide, way);
    }

    /** Whether a hop that also brings calls has brought this one. */
    private boolean isOfCaller(Source source) {
        return source.peer() != null && source.address().equals(loop.token.peer());
    }

    private void byMemory() {
        use = loop.known.use();
        way = loop.known.target();
        wayOut = loop.known.side();
    }

    private @Nullable InetSocketAddress desk() {
        targetTransport = loop.token.deskTransport();
        return loop.token.desk();
    }

    /** Where the target does not say its transport, it is the one that side of the call was recorded with. */
    private @Nullable Port towards(Port side, InetSocketAddress target) {
        return loop.ports.towards(side, targetTransport == null ? side.transport() : targetTransport, target);
    }

    /** Forwards a new call, or what belongs to it, to the trunk's first hop without judging it; false if there is none. */
    boolean forwardUnjudged(SipMessage request, Port port, Source source, Trunk trunk) {
        InetSocketAddress target = firstHop(trunk);
        Port out = target == null ? null : towards(port, target);
        if (target == null || out == null) {
            return false;
        }
        begin(request, port, out, source);
        if (request.method() == Method.INVITE) {
            loop.token.make(request, RouteToken.Use.PLAIN, null, source.address(), port.transport());
            loop.proxy.recordRoute(edits, request, port, out, loop.token);
            if (trunk.trunkClass() != TrunkClass.NATIONAL) {
                marks.stripVerstat(edits, request);
            }
        }
        ProxyEdits.dropOwnHeaders(edits, request);
        send(request, port, out, target);
        return true;
    }

    /** Forwards a response to where its next Via says, or one that was hidden; false if that leads nowhere. */
    boolean forwardResponse(SipMessage response, Branch branch, Port port, Source source) {
        Port cameBy = loop.ports.at(branch.port());
        boolean failsInvite = response.method() == Method.INVITE && response.status() >= 300;
        if (cameBy != null && cameBy.isReliable() && !port.isReliable()) {
            repeated.answered(branch.hash(), response);
            if (failsInvite && repeated.isAcknowledged(branch.hash())) {
                return true;
            }
        }
        edits.clear();
        InetSocketAddress target;
        InetSocketAddress sentBy;
        if (hidden.find(response, branch)) {
            target = hidden.target();
            sentBy = target;
            targetTransport = hidden.transport();
            edits.replace(response.topVia().start(), response.topVia().end()).put(hidden.text());
        } else {
            target = nextVia(response);
            sentBy = target == null ? null : Addressing.sentBy(response, via);
            loop.proxy.popVia(edits, response);
        }
        Port out = target == null || cameBy == null ? null : towards(cameBy, target);
        if (target == null || sentBy == null || out == null || loop.ports.isOwn(target, out.transport())) {
            return false;
        }
        if (source.isDesk()) {
            loop.desk.hideDesk(edits, response, out);
        } else {
            ProxyEdits.dropOwnHeaders(edits, response);
        }
        loop.counters.stateless.increment();
        ByteBuf bytes = edits.apply(response, loop.allocator);
        if (failsInvite && port.isReliable() && !out.isReliable()) {
            repeated.fails(branch.hash(), bytes, out, target);
        }
        out.reply(bytes, target, out.isReliable() ? sentBy : target);
        return true;
    }

    private @Nullable InetSocketAddress nextVia(SipMessage response) {
        long next = ProxyEdits.value(response, HeaderId.VIA, 1);
        if (next == Slice.NONE || !via.read(response.bytes(), Slice.start(next), Slice.end(next))) {
            return null;
        }
        targetTransport = Addressing.transport(response.bytes(), via);
        return Addressing.of(response, via);
    }

    private void begin(SipMessage request, Port port, Port out, Source source) {
        edits.clear();
        keys.read(request);
        long hash = Branch.hashBits(loop.hash.high());
        branchHash = hash;
        long uriHash = Branch.uriBits(keys.uriHash(request));
        loop.proxy.beginVia(edits, request, out);
        Branch.putStateless(edits, loop.ports.indexOf(port), hash, uriHash);
        if (source.isDesk()) {
            hidden.hide(edits, request, port, source, hash, uriHash);
        } else {
            edits.put(Wire.CRLF);
            loop.proxy.received(edits, request, port, source);
        }
        loop.proxy.maxForwards(edits, request);
    }

    private void send(SipMessage request, Port port, Port out, InetSocketAddress target) {
        loop.counters.stateless.increment();
        ByteBuf bytes = edits.apply(request, loop.allocator);
        if (port.isReliable() && !out.isReliable()) {
            repeated.sends(branchHash, request.method(), bytes, out, target);
        } else if (request.method() == Method.ACK && out.isReliable() && !port.isReliable()) {
            repeated.acknowledged(branchHash);
        }
        out.send(bytes, target);
    }

    /** Gives back what is kept to be sent again. */
    void close() {
        repeated.close();
    }

    /**
     * The next Route, else the Request-URI; a name is a hop of that name, else for a trunk where its calls go, and for a
     * hop the peer of the call it took or, the desk, placed.
     */
    private @Nullable InetSocketAddress target(SipMessage request, @Nullable Trunk trunk) {
        byte[] bytes = request.bytes();
        long target = routes.target();
        boolean readable = uri.read(bytes, Slice.start(target), Slice.end(target));
        if (!readable) {
            return null;
        }
        InetSocketAddress literal = Addressing.of(bytes, uri);
        if (literal != null) {
            targetTransport = Addressing.transport(bytes, uri);
            return literal;
        }
        NextHop named = loop.hops.named(SipText.string(bytes, uri.hostStart(), uri.hostEnd()), loop.clock.nanos());
        if (named != null) {
            targetTransport = named.transport();
            return named.address();
        }
        return trunk == null ? peer() : firstHop(trunk);
    }

    private InetSocketAddress peer() {
        targetTransport = loop.token.peerTransport();
        return loop.token.peer();
    }

    private @Nullable InetSocketAddress firstHop(Trunk trunk) {
        HopOrder group = loop.hops.group(trunk.route());
        NextHop hop = group == null ? null : group.next(0, loop.clock.nanos());
        targetTransport = hop == null ? null : hop.transport();
        return hop == null ? null : hop.address();
    }

    /** Upstream does not see how the callee was shown its number: only the tag counts in a dialog (RFC 3261 §12.2.2). */
    private void hideMarks(SipMessage request) {
        int to = request.first(HeaderId.TO);
        if (address.read(request.bytes(), request.valueStart(to), request.valueEnd(to))) {
            edits.replace(request.valueStart(to), address.paramsStart())
                    .put('<')
                    .put(request.bytes(), Slice.start(routes.requestUri()), Slice.end(routes.requestUri()))
                    .put('>');
        }
    }
}
