package org.anticall.ops.sip;

import java.text.ParseException;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;
import javax.sip.ClientTransaction;
import javax.sip.Dialog;
import javax.sip.InvalidArgumentException;
import javax.sip.SipException;
import javax.sip.header.CSeqHeader;
import javax.sip.message.Request;
import javax.sip.message.Response;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A re-INVITE of the desk's own: a party is to send its sound elsewhere. Waits for what else is under way on the leg, and
 * tries again after glare (491, RFC 3261 §14.1). Owned by the desk's thread.
 */
final class OwnInvite {

    private static final Logger LOG = LoggerFactory.getLogger(OwnInvite.class);
    private static final int MOST_TRIES = 20;
    private static final int GLARE_MILLIS = 500;

    private final SipEndpoint endpoint;
    private final DeskLoop loop;
    private final Leg to;
    private final @Nullable Body offer;
    private final Consumer<@Nullable Body> then;
    private final Runnable otherwise;
    private @Nullable ClientTransaction sent;
    private int tries;
    private boolean over;

    private OwnInvite(
            SipEndpoint endpoint,
            DeskLoop loop,
            Leg to,
            @Nullable Body offer,
            Consumer<@Nullable Body> then,
            Runnable otherwise) {
        this.endpoint = endpoint;
        this.loop = loop;
        this.to = to;
        this.offer = offer;
        this.then = then;
        this.otherwise = otherwise;
    }

    /**
     * Sends it.
     *
     * @param then gets the body of the 2xx, which is acknowledged by then
     * @param otherwise the party refuses, or cannot be reached
     */
    static void send(
            SipEndpoint endpoint,
            DeskLoop loop,
            Leg to,
            @Nullable Body offer,
            Consumer<@Nullable Body> then,
            Runnable otherwise) {
        new OwnInvite(endpoint, loop, to, offer, then, otherwise).attempt();
    }

    private void attempt() {
        Dialog dialog = to.dialog();
        if (dialog == null || ++tries > MOST_TRIES) {
            fail();
            return;
        }
        if (to.isBusy() || !to.isConfirmed()) {
            again();
            return;
        }
        try {
            Request invite = dialog.createRequest(Request.INVITE);
            to.put(offer, invite);
            to.timer().ask(invite);
            ClientTransaction transaction = endpoint.provider().getNewClientTransaction(invite);
            transaction.setApplicationData(this);
            sent = transaction;
            to.busyWith(this);
            dialog.sendRequest(transaction);
        } catch (SipException | ParseException e) {
            LOG.atWarn().addKeyValue("call", to.call.recordId()).setCause(e).log("a re-INVITE cannot be sent");
            fail();
        }
    }

    /** An answer of the party. */
    void answered(Response response) {
        int status = response.getStatusCode();
        if (status < 200 || over) {
            return;
        }
        to.busyWith(null);
        if (status == Response.REQUEST_PENDING
                || (status == SessionTimer.INTERVAL_TOO_SMALL && to.timer().concede(response))) {
            again();
        } else if (status < 300) {
            over = true;
            to.timer().agreed(response);
            acknowledge();
            then.accept(Body.of(response));
        } else {
            LOG.atWarn()
                    .addKeyValue("call", to.call.recordId())
                    .addKeyValue("status", status)
                    .log("re-INVITE refused");
            fail();
        }
    }

    void timedOut() {
        if (!over) {
            fail();
        }
    }

    private void again() {
        Duration pause = Duration.ofMillis(50 + ThreadLocalRandom.current().nextInt(GLARE_MILLIS));
        var unused = loop.schedule(pause, this::attempt);
    }

    private void acknowledge() {
        Request request =
                Objects.requireNonNull(sent, "what is answered was sent").getRequest();
        try {
            Dialog dialog = Objects.requireNonNull(to.dialog(), "it was sent within a dialog");
            dialog.sendAck(dialog.createAck(((CSeqHeader) request.getHeader(CSeqHeader.NAME)).getSeqNumber()));
        } catch (SipException | InvalidArgumentException e) {
            LOG.atWarn().addKeyValue("call", to.call.recordId()).setCause(e).log("ACK could not be sent");
        }
    }

    private void fail() {
        over = true;
        to.busyWith(null);
        otherwise.run();
    }
}
