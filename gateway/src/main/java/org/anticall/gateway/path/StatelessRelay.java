package org.anticall.gateway.path;

import java.net.InetSocketAddress;
import org.anticall.gateway.config.Trunk;
import org.anticall.gateway.hop.HopOrder;
import org.anticall.gateway.hop.NextHop;
import org.anticall.gateway.sip.HeaderId;
import org.anticall.gateway.sip.Lists;
import org.anticall.gateway.sip.Method;
import org.anticall.gateway.sip.NameAddr;
import org.anticall.gateway.sip.SipEdits;
import org.anticall.gateway.sip.SipMessage;
import org.anticall.gateway.sip.SipUri;
import org.anticall.gateway.sip.Slice;
import org.anticall.gateway.sip.ViaValue;
import org.anticall.gateway.transport.Source;
import org.anticall.gateway.transport.UdpPort;
import org.jspecify.annotations.Nullable;

/**
 * Forwards without memory (RFC 3261 §16.11): requests in dialogs by Route and the token in it, responses by Via, and above
 * the gateway's limits calls that pass unjudged. Any gateway with the same secret can do it, also after a restart. Owned
 * by one event loop.
 */
final class StatelessRelay {

    /** What became of a request. */
    enum Outcome {
        FORWARDED,
        /** It is not routed through this gateway, or by a Route this gateway did not write for this dialog. */
        NO_DIALOG,
        /** Its target is no IP literal, or the gateway itself. */
        NO_TARGET
    }

    private final PathLoop loop;
    private final TransactionKey keys;
    private final SipEdits edits = new SipEdits();
    private final NameAddr address = new NameAddr();
    private final SipUri uri = new SipUri();
    private final ViaValue via = new ViaValue();
    private final HiddenVias hidden;

    StatelessRelay(PathLoop loop, TransactionKey keys, PathSecret secret) {
        this.hidden = new HiddenVias(secret);
        this.loop = loop;
        this.keys = keys;
    }

    /** Forwards a request in a dialog; Max-Forwards has been looked at. */
    Outcome forward(SipMessage request, UdpPort port, Source source) {
        if (!loop.proxy.isRoutedToUs(request, port) || !loop.token.read(request, loop.proxy.token())) {
            return Outcome.NO_DIALOG;
        }
        RouteToken.Use use = loop.token.use();
        boolean toDesk = use == RouteToken.Use.DIVERTED && !source.isDesk();
        InetSocketAddress target = toDesk ? loop.token.desk() : target(request, source.trunk());
        if (target == null || target.equals(port.address())) {
            return Outcome.NO_TARGET;
        }
        begin(request, port, source);
        loop.proxy.popRoute(edits, request);
        if (toDesk) {
            loop.desk.toDesk(edits, request, target);
        }
        if (source.isDesk()) {
            loop.desk.hideDesk(edits, request, port);
        } else {
            ProxyEdits.dropOwnHeaders(edits, request);
        }
        if (use == RouteToken.Use.MARKED && source.trunk() == null) {
            hideMarks(request);
        }
        if (request.method() == Method.BYE) {
            loop.witness.bye(request, source.trunk() != null, loop.clock.nanos());
        }
        send(request, port, target);
        return Outcome.FORWARDED;
    }

    /** Forwards a new call, or what belongs to it, to the trunk's first hop without judging it. */
    void forwardUnjudged(SipMessage request, UdpPort port, Source source, Trunk trunk) {
        begin(request, port, source);
        if (request.method() == Method.INVITE) {
            loop.proxy.beginRecordRoute(edits, request, port);
            loop.token.put(edits, request, RouteToken.Use.PLAIN, null);
            edits.put(Wire.END_OF_URI_LINE);
        }
        ProxyEdits.dropOwnHeaders(edits, request);
        InetSocketAddress target = firstHop(trunk);
        if (target != null) {
            send(request, port, target);
        }
    }

    /** Forwards a response to where its next Via says, or one that was hidden; false if that leads nowhere. */
    boolean forwardResponse(SipMessage response, Branch branch, UdpPort port, Source source) {
        edits.clear();
        InetSocketAddress target;
        if (hidden.find(response, branch)) {
            target = hidden.target();
            edits.replace(response.topVia().start(), response.topVia().end()).put(hidden.text());
        } else {
            target = nextVia(response);
            loop.proxy.popVia(edits, response);
        }
        if (target == null || target.equals(port.address())) {
            return false;
        }
        if (source.isDesk()) {
            loop.desk.hideDesk(edits, response, port);
        } else {
            ProxyEdits.dropOwnHeaders(edits, response);
        }
        send(response, port, target);
        return true;
    }

    private @Nullable InetSocketAddress nextVia(SipMessage response) {
        long next = ProxyEdits.second(response, HeaderId.VIA);
        return next != Slice.NONE && via.read(response.bytes(), Slice.start(next), Slice.end(next))
                ? Addressing.of(response, via)
                : null;
    }

    private void begin(SipMessage request, UdpPort port, Source source) {
        edits.clear();
        keys.read(request);
        long hash = Branch.hashBits(loop.hash.high());
        long uriHash = Branch.uriBits(keys.uriHash(request));
        loop.proxy.beginVia(edits, request, port);
        Branch.putStateless(edits, hash, uriHash);
        if (source.isDesk()) {
            hidden.hide(edits, request, source, hash, uriHash);
        } else {
            edits.put(Wire.CRLF);
            loop.proxy.received(edits, request, source);
        }
        loop.proxy.maxForwards(edits, request);
    }

    private void send(SipMessage message, UdpPort port, InetSocketAddress target) {
        loop.counters.stateless.increment();
        port.send(edits.apply(message, loop.allocator), target);
    }

    /** The next Route, else the Request-URI; where that is a name, calls of a trunk go where its calls go. */
    private @Nullable InetSocketAddress target(SipMessage request, @Nullable Trunk trunk) {
        long next = ProxyEdits.second(request, HeaderId.ROUTE);
        byte[] bytes = request.bytes();
        boolean readable;
        if (next == Slice.NONE) {
            readable = uri.read(bytes, request.uriStart(), request.uriEnd());
        } else {
            int end = Lists.valueEnd(bytes, Slice.start(next), Slice.end(next));
            readable = address.read(bytes, Slice.start(next), end)
                    && uri.read(bytes, address.uriStart(), address.uriEnd());
        }
        InetSocketAddress literal = readable ? Addressing.of(bytes, uri) : null;
        return literal == null && trunk != null ? firstHop(trunk) : literal;
    }

    private @Nullable InetSocketAddress firstHop(Trunk trunk) {
        HopOrder group = loop.hops.group(trunk.route());
        NextHop hop = group == null ? null : group.next(0, loop.clock.nanos());
        return hop == null ? null : hop.address();
    }

    /** Upstream does not see how the callee was shown its number: only the tag counts in a dialog (RFC 3261 §12.2.2). */
    private void hideMarks(SipMessage request) {
        int to = request.first(HeaderId.TO);
        if (address.read(request.bytes(), request.valueStart(to), request.valueEnd(to))) {
            edits.replace(request.valueStart(to), address.paramsStart())
                    .put('<')
                    .put(request.bytes(), request.uriStart(), request.uriEnd())
                    .put('>');
        }
    }
}
