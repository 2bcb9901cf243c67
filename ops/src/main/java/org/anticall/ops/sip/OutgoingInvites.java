package org.anticall.ops.sip;

import java.text.ParseException;
import javax.sip.message.Request;
import org.jspecify.annotations.Nullable;

/** The INVITEs the desk sends for a diverted call. */
final class OutgoingInvites {

    private OutgoingInvites() {}

    /** To an operator's phone, which displays the rule and the caller. */
    static Request toPhone(SipEndpoint endpoint, DivertedInvite facts, Phone phone, @Nullable Body offer)
            throws ParseException {
        String host = endpoint.address();
        String display = facts.rule().isEmpty() ? "" : "\"" + facts.rule() + "\" ";
        Request invite = endpoint.request(
                Request.INVITE,
                phone.contact().toString(),
                display + "<sip:" + facts.callerAsUser() + "@" + host + ">",
                "<sip:" + phone.user() + "@" + host + ">",
                SipEndpoint.unique(),
                1);
        Body.put(offer, invite);
        return invite;
    }

    /** To the callee, through the gateway the call came from, which lets it pass unjudged. */
    static Request toCallee(
            SipEndpoint endpoint, DivertedInvite facts, GatewayAddress gateway, Bypass bypass, @Nullable Body offer)
            throws ParseException {
        String host = gateway.host() + ":" + gateway.port();
        Request invite = endpoint.request(
                Request.INVITE,
                "sip:" + facts.calleeAsUser() + "@" + host,
                "<sip:" + facts.callerAsUser() + "@" + endpoint.address() + ">",
                "<sip:" + facts.calleeAsUser() + "@" + host + ">",
                SipEndpoint.unique(),
                1);
        invite.addHeader(
                endpoint.headers().createHeader(Bypass.HEADER, bypass.token(facts.calleeAsUser(), facts.recordId())));
        Body.put(offer, invite);
        return invite;
    }
}
