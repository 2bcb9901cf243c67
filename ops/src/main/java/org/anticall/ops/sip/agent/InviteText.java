package org.anticall.ops.sip.agent;

import java.net.InetSocketAddress;
import java.text.ParseException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import javax.sip.address.Address;
import javax.sip.address.SipURI;
import javax.sip.header.CallIdHeader;
import javax.sip.header.FromHeader;
import javax.sip.header.Header;
import javax.sip.header.HeaderFactory;
import javax.sip.message.Message;
import javax.sip.message.Request;
import org.anticall.ops.sip.SipEndpoint;
import org.jspecify.annotations.Nullable;

/** An INVITE as callers write it and called parties read it. */
final class InviteText {

    private InviteText() {}

    /** The INVITE of {@code offer}, addressed to {@code peer}; the caller says nothing without {@code speech}. */
    static Request write(CallOffer offer, InetSocketAddress peer, SipEndpoint endpoint, @Nullable Speech speech)
            throws ParseException {
        String target = "sip:" + offer.callee() + "@" + peer.getAddress().getHostAddress() + ":" + peer.getPort();
        String name = offer.displayName().isEmpty() ? "" : "\"" + offer.displayName() + "\" ";
        String from = name + "<" + offer.presented() + ">";
        Request request = endpoint.request(Request.INVITE, target, from, "<" + target + ">", offer.callId(), 1);
        HeaderFactory headers = endpoint.headers();
        if (offer.asserted() != null) {
            request.addHeader(headers.createHeader("P-Asserted-Identity", "<" + offer.asserted() + ">"));
        }
        if (offer.diversion() != null) {
            request.addHeader(headers.createHeader("Diversion", offer.diversion()));
        }
        if (offer.privacy()) {
            request.addHeader(headers.createHeader("Privacy", "id"));
        }
        for (String method : List.of(Request.INVITE, Request.ACK, Request.BYE, Request.CANCEL, Request.OPTIONS)) {
            request.addHeader(headers.createAllowHeader(method));
        }
        SessionText.set(request, offer.session(), endpoint, speech);
        return request;
    }

    /** What an INVITE says, as a called party reads it. */
    static ArrivedCall read(Request invite) {
        Address from = ((FromHeader) invite.getHeader(FromHeader.NAME)).getAddress();
        List<String> names = new ArrayList<>();
        for (Iterator<?> i = invite.getHeaderNames(); i.hasNext(); ) {
            names.add((String) i.next());
        }
        String user = invite.getRequestURI() instanceof SipURI uri && uri.getUser() != null ? uri.getUser() : "";
        return new ArrivedCall(
                callId(invite),
                user,
                from.getDisplayName() == null ? "" : from.getDisplayName(),
                from.getURI().toString(),
                asserted(invite),
                value(invite, "Privacy").contains("id"),
                SessionText.nameIn(invite),
                names);
    }

    static String callId(Message message) {
        return ((CallIdHeader) message.getHeader(CallIdHeader.NAME)).getCallId();
    }

    private static @Nullable String asserted(Request invite) {
        String value = value(invite, "P-Asserted-Identity");
        int open = value.indexOf('<');
        int close = value.indexOf('>', open + 1);
        if (value.isEmpty()) {
            return null;
        }
        return open < 0 || close < 0 ? value : value.substring(open + 1, close);
    }

    private static String value(Message message, String name) {
        Header header = message.getHeader(name);
        if (header == null) {
            return "";
        }
        String line = header.toString();
        return line.substring(line.indexOf(':') + 1).strip();
    }
}
