package org.anticall.ops.sip;

import java.text.ParseException;
import javax.sip.InvalidArgumentException;
import javax.sip.ServerTransaction;
import javax.sip.SipException;
import javax.sip.message.Response;
import org.anticall.ops.media.RelayedCall.Party;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A re-INVITE or UPDATE of the caller while the operator sits at a page: the relay takes the caller's new address, the
 * page's part stays as it answered it. Owned by the desk's thread.
 */
final class PageRequest {

    private static final Logger LOG = LoggerFactory.getLogger(PageRequest.class);

    private final SipEndpoint endpoint;
    private final Leg from;
    private final ServerTransaction asked;

    private PageRequest(SipEndpoint endpoint, Leg from, ServerTransaction asked) {
        this.endpoint = endpoint;
        this.from = from;
        this.asked = asked;
    }

    static void pass(SipEndpoint endpoint, Leg from, PageLeg page, Body offer, ServerTransaction asked) {
        PageRequest request = new PageRequest(endpoint, from, asked);
        from.busyWith(request);
        from.call.callerMoved(offer);
        Sound sound = page.sound();
        sound.offered(
                Party.CALLER,
                offer,
                unchanged -> sound.answered(Party.OPERATOR, page.lastAnswer(), request::accept, request::refuse),
                request::refuse);
    }

    private void accept(@Nullable Body body) {
        from.busyWith(null);
        try {
            Response ok = endpoint.response(Response.OK, asked.getRequest());
            ok.addHeader(endpoint.contact(""));
            from.put(body, ok);
            from.timer().accept(asked.getRequest(), ok);
            asked.sendResponse(ok);
        } catch (SipException | InvalidArgumentException | ParseException e) {
            LOG.atWarn().addKeyValue("call", from.call.recordId()).setCause(e).log("a request is not answered");
        }
    }

    private void refuse() {
        from.busyWith(null);
        try {
            endpoint.respond(asked, Response.NOT_ACCEPTABLE_HERE);
        } catch (SipException e) {
            LOG.atDebug().addKeyValue("call", from.call.recordId()).setCause(e).log("not sent");
        }
    }
}
