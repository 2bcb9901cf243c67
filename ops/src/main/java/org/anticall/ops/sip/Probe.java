package org.anticall.ops.sip;

import javax.sip.ClientTransaction;
import javax.sip.Dialog;
import javax.sip.SipException;
import javax.sip.message.Request;
import javax.sip.message.Response;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks a party whether it still knows the call, by OPTIONS within the dialog (RFC 3261 §11): one that hung up while nobody
 * was there to hear it says 481. One that says nothing is asked again, and is lost after {@value #MOST_SILENT} times, which
 * takes a minute and a half: whoever is there answers any request, if only with 501. Owned by the desk's thread.
 */
final class Probe {

    static final int MOST_SILENT = 3;

    private static final Logger LOG = LoggerFactory.getLogger(Probe.class);

    private final Leg to;

    private Probe(Leg to) {
        this.to = to;
    }

    static void send(SipEndpoint endpoint, Leg to) {
        Dialog dialog = to.dialog();
        if (dialog == null || !to.isConfirmed()) {
            return;
        }
        try {
            ClientTransaction transaction =
                    endpoint.provider().getNewClientTransaction(dialog.createRequest(Request.OPTIONS));
            transaction.setApplicationData(new Probe(to));
            dialog.sendRequest(transaction);
        } catch (SipException e) {
            LOG.atWarn().addKeyValue("call", to.call.recordId()).setCause(e).log("a party cannot be asked");
        }
    }

    void answered(Response response) {
        if (response.getStatusCode() == Response.CALL_OR_TRANSACTION_DOES_NOT_EXIST) {
            to.lost();
        } else if (response.getStatusCode() >= 200) {
            to.silences = 0;
        }
    }

    void timedOut() {
        if (++to.silences < MOST_SILENT) {
            send(to.endpoint, to);
        } else {
            to.lost();
        }
    }
}
