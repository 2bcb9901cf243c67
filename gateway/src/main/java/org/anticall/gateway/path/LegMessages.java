package org.anticall.gateway.path;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.io.ByteArrayOutputStream;
import java.util.EnumSet;
import java.util.Objects;
import java.util.Set;
import org.anticall.gateway.config.Labels;
import org.anticall.gateway.hop.NextHop;
import org.anticall.gateway.sip.HeaderId;
import org.anticall.gateway.sip.SipEdits;
import org.anticall.gateway.sip.SipFault;
import org.anticall.gateway.sip.SipLimits;
import org.anticall.gateway.sip.SipMessage;
import org.anticall.gateway.sip.SipText;
import org.anticall.rules.call.TrunkClass;

/**
 * What is written to and for a leg: the INVITE as the hop shall see it, its CANCEL and the ACK to its failure, and the
 * hop's responses as upstream shall see them. Owned by one event loop.
 */
final class LegMessages {

    /** No header lines. */
    static final byte[] NO_LINES = {};

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
        makeToken(call, leg, invite);
        proxy.recordRoute(edits, invite, call.port, leg.port, token);
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

    private void makeToken(Call call, Leg leg, SipMessage invite) {
        RouteToken.Use use = leg.treatment.use();
        if (leg.treatment.kind() == Treatment.Kind.PLACED) {
            token.make(invite, use, call.source.hop(), leg.hop.address(), leg.hop.transport());
        } else {
            NextHop desk = leg.isDesk() ? leg.hop : null;
            token.make(invite, use, desk, call.source.address(), call.port.transport());
        }
    }

    /**
     * CANCEL for the leg's INVITE (RFC 3261 §9.1); the caller's to send.
     *
     * @param reason the Reason lines of the CANCEL it follows from, empty for none (RFC 3326)
     */
    ByteBuf cancel(Leg leg, byte[] reason) {
        begin(leg, CANCEL, reason);
        return edits.apply(sent, allocator);
    }

    /** ACK for the leg's failure {@code response} (RFC 3261 §17.1.1.3); the caller's to send. */
    ByteBuf ack(Leg leg, SipMessage response) {
        begin(leg, ACK, NO_LINES);
        int to = sent.first(HeaderId.TO);
        int answered = response.first(HeaderId.TO);
        edits.replace(sent.valueStart(to), sent.valueEnd(to))
                .put(response.bytes(), response.valueStart(answered), response.valueEnd(answered));
        return edits.apply(sent, allocator);
    }

    private void begin(Leg leg, byte[] method, byte[] more) {
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
        edits.insert(sent.headersEnd()).put(more).put(Wire.NO_CONTENT);
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
        return lines(response, EnumSet.of(HeaderId.WWW_AUTHENTICATE, HeaderId.PROXY_AUTHENTICATE));
    }

    /** Why a CANCEL cancels, whole header lines. */
    static byte[] reasons(SipMessage cancel) {
        return lines(cancel, EnumSet.of(HeaderId.REASON));
    }

    private static byte[] lines(SipMessage message, Set<HeaderId> wanted) {
        ByteArrayOutputStream lines = new ByteArrayOutputStream();
        for (int line = 0; line < message.headers(); line++) {
            if (wanted.contains(message.id(line))) {
                int from = message.lineStart(line);
                lines.write(message.bytes(), from, message.lineEnd(line) - from);
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
