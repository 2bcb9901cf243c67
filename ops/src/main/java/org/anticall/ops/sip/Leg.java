package org.anticall.ops.sip;

import java.text.ParseException;
import javax.sip.ClientTransaction;
import javax.sip.Dialog;
import javax.sip.DialogState;
import javax.sip.InvalidArgumentException;
import javax.sip.ServerTransaction;
import javax.sip.SipException;
import javax.sip.message.Message;
import javax.sip.message.Request;
import javax.sip.message.Response;
import org.anticall.ops.media.RelayedCall.Party;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One side of a diverted call: the caller's dialog or an operator's. Hangs in the dialog's application data, so that a
 * request within the dialog finds it. Owned by the desk's thread.
 */
abstract class Leg {

    private static final Logger LOG = LoggerFactory.getLogger(Leg.class);

    final SipEndpoint endpoint;
    final DivertedCallSignals call;
    final Party party;
    final Farewells farewells;
    private @Nullable Dialog dialog;
    private @Nullable PassedRequest underWay;
    private final SessionTimer timer;
    private @Nullable Object own;
    private @Nullable Body last;
    int silences;

    Leg(
            SipEndpoint endpoint,
            DivertedCallSignals call,
            Farewells farewells,
            Party party,
            DeskLoop loop,
            CallTerms terms) {
        this.timer = new SessionTimer(this, loop, terms);
        this.endpoint = endpoint;
        this.call = call;
        this.farewells = farewells;
        this.party = party;
    }

    /** The dialog; null before there is one. */
    @Nullable
    Dialog dialog() {
        return dialog;
    }

    void joined(Dialog established) {
        dialog = established;
        established.setApplicationData(this);
    }

    /** The request that is being passed from or to this leg; null if none is. */
    @Nullable
    PassedRequest underWay() {
        return underWay;
    }

    void underWay(@Nullable PassedRequest passed) {
        underWay = passed;
    }

    /** The desk is at something on this leg that no request may cross; null ends it. */
    void busyWith(@Nullable Object request) {
        own = request;
    }

    /** Whether a request is under way here that no other may cross. */
    boolean isBusy() {
        return underWay != null || own != null;
    }

    /** Whether requests can be sent within the dialog. */
    boolean isConfirmed() {
        return dialog != null && DialogState.CONFIRMED.equals(dialog.getState());
    }

    /** Puts {@code body} into a message to this party; null puts nothing. */
    void put(@Nullable Body body, Message message) throws ParseException {
        if (body != null && body.isSession()) {
            last = body;
        }
        Body.put(body, message);
    }

    /** How long the session lasts unless it is refreshed. */
    SessionTimer timer() {
        return timer;
    }

    /** Asks the party by a re-INVITE that changes nothing whether it is still there. */
    void reinvite(DeskLoop loop) {
        OwnInvite.send(endpoint, loop, this, last, session -> call.moved(this, session), this::lost);
    }

    /** The party refreshes its session by an UPDATE that changes nothing. */
    void refreshed(ServerTransaction update) throws SipException, ParseException {
        Response ok = endpoint.response(Response.OK, update.getRequest());
        ok.addHeader(endpoint.contact(""));
        timer.accept(update.getRequest(), ok);
        try {
            update.sendResponse(ok);
        } catch (InvalidArgumentException e) {
            throw new SipException("cannot answer an UPDATE", e);
        }
    }

    /** A session description the party has got by a way of its own. */
    void remember(@Nullable Body sent) {
        last = sent;
    }

    /** The other party hung up. */
    abstract void goneByItself();

    /** The other party does not answer any more. */
    abstract void lost();

    /** Sends BYE within {@code established} unless it is over. */
    void bye(Dialog established) {
        timer.end();
        if (established.getState() == null || DialogState.TERMINATED.equals(established.getState())) {
            return;
        }
        try {
            ClientTransaction bye = endpoint.provider().getNewClientTransaction(established.createRequest(Request.BYE));
            bye.setApplicationData(farewells);
            farewells.sent();
            established.sendRequest(bye);
        } catch (SipException e) {
            farewells.answered();
            LOG.atDebug().addKeyValue("call", call.recordId()).setCause(e).log("BYE could not be sent");
        }
    }
}
