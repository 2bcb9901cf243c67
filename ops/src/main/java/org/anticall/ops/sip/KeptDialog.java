package org.anticall.ops.sip;

import gov.nist.javax.sip.SipProviderImpl;
import gov.nist.javax.sip.message.SIPResponse;
import gov.nist.javax.sip.stack.SIPDialog;
import java.text.ParseException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import javax.sip.Dialog;
import javax.sip.header.RouteHeader;
import org.anticall.ops.sip.SessionTimer.Kept;
import org.jspecify.annotations.Nullable;

/**
 * The state of a confirmed dialog (RFC 3261 §12) as text, from which the dialog of a later run is made. The stack makes
 * dialogs from messages only, so it is shown a 200 to an INVITE that says all of this.
 *
 * @param local own address, {@code <sip:...>}
 * @param target where requests go: the party's Contact
 * @param routes the route set in the order requests have it
 * @param sequence the last CSeq of ours
 * @param timer how long the session lasts unless it is refreshed; null if for ever
 */
record KeptDialog(
        String callId,
        String local,
        String localTag,
        String remote,
        String remoteTag,
        String target,
        List<String> routes,
        long sequence,
        @Nullable Kept timer) {

    /** The last requests of the earlier run may not be written down; a gap in CSeq is allowed (RFC 3261 §12.2.2). */
    private static final long SEQUENCE_GAP = 100;

    KeptDialog {
        routes = List.copyOf(routes);
    }

    static KeptDialog of(Dialog dialog, @Nullable Kept timer) {
        List<String> routes = new ArrayList<>();
        for (Iterator<?> set = dialog.getRouteSet(); set.hasNext(); ) {
            routes.add(((RouteHeader) set.next()).getAddress().toString());
        }
        return new KeptDialog(
                dialog.getCallId().getCallId(),
                dialog.getLocalParty().toString(),
                dialog.getLocalTag(),
                dialog.getRemoteParty().toString(),
                dialog.getRemoteTag(),
                dialog.getRemoteTarget().toString(),
                routes,
                dialog.getLocalSeqNumber(),
                timer);
    }

    /** The dialog, known to the stack of {@code endpoint} from now on. */
    Dialog revive(SipEndpoint endpoint) throws ParseException {
        List<String> recorded = new ArrayList<>(routes);
        Collections.reverse(recorded); // who answers reads Record-Route backwards (RFC 3261 §12.1.2)
        StringBuilder text = new StringBuilder("SIP/2.0 200 OK\r\n")
                .append("Via: SIP/2.0/UDP " + endpoint.address() + ":" + endpoint.port() + ";branch=z9hG4bK")
                .append(SipEndpoint.unique())
                .append("\r\nFrom: " + local + ";tag=" + localTag)
                .append("\r\nTo: " + remote + ";tag=" + remoteTag)
                .append("\r\nCall-ID: " + callId)
                .append("\r\nCSeq: " + (sequence + SEQUENCE_GAP) + " INVITE")
                .append("\r\nContact: " + target);
        recorded.forEach(route -> text.append("\r\nRecord-Route: " + route));
        SIPResponse response = (SIPResponse) endpoint.messages().createResponse(text + "\r\nContent-Length: 0\r\n\r\n");
        SIPDialog dialog = new SIPDialog((SipProviderImpl) endpoint.provider(), response);
        dialog.setLastResponse(null, response); // once it knows its method it takes target and routes and is confirmed
        return dialog;
    }
}
