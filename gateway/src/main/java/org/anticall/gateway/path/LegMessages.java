package org.anticall.gateway.path;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.io.ByteArrayOutputStream;
import java.util.Objects;
import org.anticall.gateway.config.Labels;
import org.anticall.gateway.hop.NextHop;
import org.anticall.gateway.sip.HeaderId;
import org.anticall.gateway.sip.SipEdits;
import org.anticall.gateway.sip.SipFault;
import org.anticall.gateway.sip.SipLimits;
import org.anticall.gateway.sip.SipMessage;
import org.anticall.gateway.sip.SipText;
import org.anticall.rules.call.TrunkClass;
import org.jspecify.annotations.Nullable;

/**
 * What is written to and for a leg: the INVITE as the hop shall see it, its CANCEL and the ACK to its failure, and the
 * hop's responses as upstream shall see them. Owned by one event loop.
 */
final class LegMessages {

    private static final byte[] ACK = SipText.bytes("ACK");
    private static final byte[] CANCEL = SipText.bytes("CANCEL");
    private static final byte[] FAILURE_500 = SipText.bytes("500 Server Internal Error");

    private final SipEdits edits = new SipEdits();
    private final SipMessage sent = new SipMessage(roomier(SipLimits.DEFAULT));
    private final SipMessage original = new SipMessage(SipLimits.DEFAULT);
    private final RouteSet routes;
    private final ProxyEdits proxy;
    private final CallerMarks marks = new CallerMarks();
    private final DeskWire desk;
    private final RouteToken token;
    private final ByteBufAllocator allocator;
    private final int loop;

    LegMessages(
            ProxyEdits proxy, DeskWire desk, RouteToken token, RouteSet routes, ByteBufAllocator allocator, int loop) {
        this.routes = routes;
        this.proxy = proxy;
        this.desk = desk;
        this.token = token;
        this.allocator = allocator;
        this.loop = loop;
    }

    /** What the gateway adds must not make a message too long to read again. */
    private static SipLimits roomier(SipLimits limits) {
        return new SipLimits(
                limits.maxBytes() + 4096, limits.maxUriBytes() + 4096, limits.maxHeaders() + 16, limits.maxHops() + 1);
    }

    /** The INVITE of {@code call} for {@code leg}; the caller's to send. */
    ByteBuf invite(Call call, Leg leg, SipMessage invite) {
        edits.clear();
        proxy.received(edits, invite, call.port, call.source);
        proxy.beginVia(edits, invite, leg.port);
        Branch.putJudged(edits, loop, leg.number, call.slot, call.generation, call.uriHash);
        edits.put(Wire.CRLF);
        proxy.recordRoute(edits, invite, call.port, leg.port, token, use(leg), deskOf(call, leg), call.source);
        proxy.maxForwards(edits, invite);
        if (routes.read(invite, false)) {
            routes.apply(edits, invite, false);
        }
        ProxyEdits.dropOwnHeaders(edits, invite);
        treat(call, leg, invite);
        return edits.apply(invite, allocator);
    }

    private void treat(Call call, Leg leg, SipMessage invite) {
        boolean strip = call.trunk.trunkClass() != TrunkClass.NATIONAL;
        Labels style = call.trunk.manners().labels();
        Treatment treatment = leg.treatment;
        switch (treatment.kind()) {
            case PLAIN -> {
                if (strip) {
                    marks.stripVerstat(edits, invite);
                }
            }
            case LABEL -> marks.label(edits, invite, treatment.label(), style, strip);
            case WITHHOLD -> marks.withhold(edits, invite, treatment.label(), style, strip);
            case PLACED -> desk.hidePlacedBy(edits, invite, call.port);
            case DESK -> {
                if (strip) {
                    marks.stripVerstat(edits, invite);
                }
                desk.divert(edits, invite, treatment, leg.hop);
            }
        }
    }

    private static RouteToken.Use use(Leg leg) {
        return switch (leg.treatment.kind()) {
            case PLAIN -> RouteToken.Use.PLAIN;
            case LABEL, WITHHOLD -> RouteToken.Use.MARKED;
            case DESK, PLACED -> RouteToken.Use.DIVERTED;
        };
    }

    /** Where the desk is if it is one side of the call, else null. */
    private static @Nullable NextHop deskOf(Call call, Leg leg) {
        return switch (leg.treatment.kind()) {
            case PLAIN, LABEL, WITHHOLD -> null;
            case DESK -> leg.hop;
            case PLACED -> call.source.hop();
        };
    }

    /** CANCEL for the leg's INVITE (RFC 3261 §9.1); the caller's to send. */
    ByteBuf cancel(Leg leg) {
        begin(leg, CANCEL);
        return edits.apply(sent, allocator);
    }

    /** ACK for the leg's failure {@code response} (RFC 3261 §17.1.1.3); the caller's to send. */
    ByteBuf ack(Leg leg, SipMessage response) {
        begin(leg, ACK);
        int to = sent.first(HeaderId.TO);
        int answered = response.first(HeaderId.TO);
        edits.replace(sent.valueStart(to), sent.valueEnd(to))
                .put(response.bytes(), response.valueStart(answered), response.valueEnd(answered));
        return edits.apply(sent, allocator);
    }

    private void begin(Leg leg, byte[] method) {
        SipFault fault = sent.read(Objects.requireNonNull(leg.sent, "the leg's INVITE is still kept"));
        if (fault != SipFault.NONE) {
            throw new IllegalStateException("the gateway's own INVITE cannot be read: " + fault.reason());
        }
        edits.clear().replace(sent.start(), sent.uriStart() - 1).put(method);
        boolean via = false;
        for (int line = 0; line < sent.headers(); line++) {
            HeaderId id = sent.id(line);
            boolean ours = id == HeaderId.VIA && !via;
            via |= ours;
            if (!ours && !isRepeated(id)) {
                edits.removeLine(sent, line);
            }
        }
        int cseq = sent.first(HeaderId.CSEQ);
        edits.replace(sent.valueStart(cseq), sent.valueEnd(cseq))
                .put(sent.cseq())
                .put(' ')
                .put(method);
        edits.insert(sent.headersEnd()).put(Wire.NO_CONTENT);
        edits.remove(sent.bodyStart(), sent.end());
    }

    private static boolean isRepeated(HeaderId id) {
        return switch (id) {
            case FROM, TO, CALL_ID, CSEQ, ROUTE, MAX_FORWARDS -> true;
            default -> false;
        };
    }

    /** The hop's {@code response} as upstream shall see it; the caller's to send. */
    ByteBuf upstream(Call call, Leg leg, SipMessage response) {
        edits.clear();
        proxy.popVia(edits, response);
        if (leg.isDesk()) {
            desk.hideDesk(edits, response, call.port);
        } else {
            ProxyEdits.dropOwnHeaders(edits, response);
            if (response.status() == 503) {
                int code = response.start() + Wire.VERSION.length;
                edits.replace(code, response.startLineEnd() - Wire.CRLF.length).put(FAILURE_500);
            }
        }
        if (leg.treatment.changesFrom() && call.invite != null) {
            restoreFrom(call, response);
        }
        return edits.apply(response, allocator);
    }

    /** The challenges of a 401 or 407, whole header lines (RFC 3261 §16.7 item 7). */
    static byte[] challenges(SipMessage response) {
        ByteArrayOutputStream lines = new ByteArrayOutputStream();
        for (int line = 0; line < response.headers(); line++) {
            HeaderId id = response.id(line);
            if (id == HeaderId.WWW_AUTHENTICATE || id == HeaderId.PROXY_AUTHENTICATE) {
                int from = response.lineStart(line);
                lines.write(response.bytes(), from, response.lineEnd(line) - from);
            }
        }
        return lines.toByteArray();
    }

    /** Upstream gets back the From it wrote. */
    private void restoreFrom(Call call, SipMessage response) {
        if (original.read(Objects.requireNonNull(call.invite)) != SipFault.NONE) {
            throw new IllegalStateException("an INVITE that was judged cannot be read again");
        }
        int own = original.first(HeaderId.FROM);
        int changed = response.first(HeaderId.FROM);
        edits.replace(response.valueStart(changed), response.valueEnd(changed))
                .put(original.bytes(), original.valueStart(own), original.valueEnd(own));
    }
}
