package org.anticall.gateway.path;

import java.net.InetSocketAddress;
import org.anticall.gateway.config.Transport;
import org.anticall.gateway.hop.NextHop;
import org.anticall.gateway.sip.HeaderId;
import org.anticall.gateway.sip.NameAddr;
import org.anticall.gateway.sip.Redirection;
import org.anticall.gateway.sip.SipEdits;
import org.anticall.gateway.sip.SipMessage;
import org.anticall.gateway.sip.SipText;
import org.anticall.gateway.sip.SipUri;
import org.anticall.gateway.sip.Slice;
import org.anticall.gateway.transport.Port;

/**
 * How a diverted call looks to the desk, and how the desk looks to upstream: not at all. Owned by one event loop.
 *
 * <p>To the desk the call says where it was going (History-Info, RFC 7044; Diversion, RFC 5806) and under which record it
 * is known. From the desk nothing goes upstream that an ordinary callee would not send: its Contact becomes the dialled
 * number at this gateway, its names, reasons and history are taken out.
 */
final class DeskWire {

    private static final byte[] DESK_USER = SipText.bytes("sip:desk@");
    private static final byte[] TRANSPORT = SipText.bytes(";transport=");
    private static final byte[] HISTORY = SipText.bytes("History-Info: <");
    private static final byte[] FIRST_INDEX = SipText.bytes(">;index=1\r\n");
    private static final byte[] DEFLECTED = SipText.bytes(";cause=302>;index=");
    private static final byte[] SUFFIX = SipText.bytes(".1");
    private static final byte[] MAPPED = SipText.bytes(";mp=");
    private static final byte[] ONE = SipText.bytes("1");
    private static final byte[] DIVERSION = SipText.bytes("Diversion: <");
    private static final byte[] DEFLECTION = SipText.bytes(">;reason=deflection;counter=1;privacy=full\r\n");
    private static final byte[] TEL = SipText.bytes("tel:");
    private static final byte[] VERDICT = SipText.bytes("X-Anticall-Verdict: ");
    private static final byte[] RULE = SipText.bytes("X-Anticall-Rule: ");
    private static final byte[] ANNOUNCE = SipText.bytes("X-Anticall-Announce: yes\r\n");
    private static final byte[] CONTACT = SipText.bytes("<sip:");

    private final NameAddr address = new NameAddr();
    private final SipUri uri = new SipUri();

    /** Sends the INVITE to the desk at {@code desk} instead of the callee. */
    void divert(SipEdits edits, SipMessage invite, Treatment treatment, NextHop desk) {
        toDesk(edits, invite, desk.address(), desk.transport());
        history(edits, invite, desk);
        diversion(edits, invite);
        edits.insert(invite.headersEnd())
                .put(VERDICT)
                .put(SipText.bytes(treatment.recordId()))
                .put(Wire.CRLF);
        if (!treatment.rule().isEmpty()) {
            edits.put(RULE).put(SipText.bytes(treatment.rule())).put(Wire.CRLF);
        }
        if (treatment.announces()) {
            edits.put(ANNOUNCE);
        }
    }

    /** Makes the desk the Request-URI. */
    void toDesk(SipEdits edits, SipMessage request, InetSocketAddress desk, Transport transport) {
        edits.replace(request.uriStart(), request.uriEnd());
        deskUri(edits, desk, transport);
    }

    private static void deskUri(SipEdits edits, InetSocketAddress desk, Transport transport) {
        byte[] host = SipText.bytes(Port.hostText(desk.getAddress()));
        edits.put(DESK_USER).put(host).put(':').put(desk.getPort());
        if (transport != Transport.UDP) {
            edits.put(TRANSPORT).put(SipText.bytes(transport.text()));
        }
    }

    private static void history(SipEdits edits, SipMessage invite, NextHop desk) {
        byte[] bytes = invite.bytes();
        long index = Redirection.lastIndex(invite);
        if (invite.has(HeaderId.HISTORY_INFO)) {
            edits.insert(invite.lineEnd(invite.last(HeaderId.HISTORY_INFO))).put(HISTORY);
        } else {
            edits.insert(invite.headersEnd())
                    .put(HISTORY)
                    .put(bytes, invite.uriStart(), invite.uriEnd())
                    .put(FIRST_INDEX)
                    .put(HISTORY);
        }
        deskUri(edits, desk.address(), desk.transport());
        edits.put(DEFLECTED);
        putIndex(edits, bytes, index);
        edits.put(SUFFIX).put(MAPPED);
        putIndex(edits, bytes, index);
        edits.put(Wire.CRLF);
    }

    private static void putIndex(SipEdits edits, byte[] bytes, long index) {
        if (Slice.isPresent(index)) {
            edits.put(bytes, Slice.start(index), Slice.end(index));
        } else {
            edits.put(ONE);
        }
    }

    private void diversion(SipEdits edits, SipMessage invite) {
        byte[] bytes = invite.bytes();
        int above = invite.first(HeaderId.DIVERSION);
        edits.insert(above < 0 ? invite.headersEnd() : invite.lineStart(above)).put(DIVERSION);
        boolean number = uri.read(bytes, invite.uriStart(), invite.uriEnd())
                && uri.userEnd() - uri.userStart() > 1
                && bytes[uri.userStart()] == '+';
        if (number) {
            edits.put(TEL).put(bytes, uri.userStart(), uri.userEnd());
        } else {
            edits.put(bytes, invite.uriStart(), invite.uriEnd());
        }
        edits.put(DEFLECTION);
    }

    /** Takes out of the desk's response or request what an ordinary callee would not send. */
    void hideDesk(SipEdits edits, SipMessage message, Port port) {
        if (!message.isRequest()) {
            byte[] phrase = SipText.bytes(ReasonPhrase.of(message.status()));
            int from = message.start() + Wire.VERSION.length;
            edits.replace(from, message.startLineEnd() - Wire.CRLF.length)
                    .put(message.status())
                    .put(' ')
                    .put(phrase);
        }
        boolean contact = false;
        for (int line = 0; line < message.headers(); line++) {
            HeaderId id = message.id(line);
            if (id == HeaderId.CONTACT && !contact) {
                contact = true;
                contact(edits, message, line, port);
            } else if (id == HeaderId.CONTACT || betraysDesk(id)) {
                edits.removeLine(message, line);
            }
        }
    }

    /** Takes out of a call the desk places what tells the callee of the desk; who calls stays as the desk says. */
    void hidePlacedBy(SipEdits edits, SipMessage invite, Port port) {
        int contact = invite.first(HeaderId.CONTACT);
        if (contact >= 0) {
            contact(edits, invite, contact, port);
        }
        for (int line = 0; line < invite.headers(); line++) {
            switch (invite.id(line)) {
                case SERVER, USER_AGENT, ORGANIZATION -> edits.removeLine(invite, line);
                default -> {}
            }
        }
    }

    /** The dialled number stands in To of responses, and in From of requests that come from the desk. */
    private void contact(SipEdits edits, SipMessage message, int line, Port port) {
        byte[] bytes = message.bytes();
        int dialled = message.first(message.isRequest() ? HeaderId.FROM : HeaderId.TO);
        edits.replace(message.valueStart(line), message.valueEnd(line)).put(CONTACT);
        if (address.read(bytes, message.valueStart(dialled), message.valueEnd(dialled))
                && uri.read(bytes, address.uriStart(), address.uriEnd())
                && uri.userStart() < uri.userEnd()) {
            edits.put(bytes, uri.userStart(), uri.userEnd()).put('@');
        }
        edits.put(port.sentBy()).put(port.uriParameter()).put('>');
    }

    private static boolean betraysDesk(HeaderId id) {
        return switch (id) {
            case SERVER,
                    USER_AGENT,
                    ORGANIZATION,
                    WARNING,
                    REASON,
                    HISTORY_INFO,
                    DIVERSION,
                    P_ASSERTED_IDENTITY,
                    P_PREFERRED_IDENTITY,
                    REMOTE_PARTY_ID,
                    X_ANTICALL,
                    X_ANTICALL_RELEASE,
                    X_ANTICALL_CAPACITY,
                    X_ANTICALL_BYPASS -> true;
            default -> false;
        };
    }
}
