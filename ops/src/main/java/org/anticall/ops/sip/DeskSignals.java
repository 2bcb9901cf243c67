package org.anticall.ops.sip;

import gov.nist.javax.sip.DialogTimeoutEvent;
import gov.nist.javax.sip.ResponseEventExt;
import gov.nist.javax.sip.ServerTransactionExt;
import gov.nist.javax.sip.SipListenerExt;
import gov.nist.javax.sip.message.SIPRequest;
import java.text.ParseException;
import java.util.Arrays;
import java.util.Collection;
import java.util.Iterator;
import java.util.Set;
import javax.sip.ClientTransaction;
import javax.sip.Dialog;
import javax.sip.DialogTerminatedEvent;
import javax.sip.IOExceptionEvent;
import javax.sip.RequestEvent;
import javax.sip.ResponseEvent;
import javax.sip.ServerTransaction;
import javax.sip.SipException;
import javax.sip.TimeoutEvent;
import javax.sip.TransactionTerminatedEvent;
import javax.sip.header.AllowHeader;
import javax.sip.header.Header;
import javax.sip.header.RequireHeader;
import javax.sip.header.ToHeader;
import javax.sip.header.UnsupportedHeader;
import javax.sip.message.Request;
import javax.sip.message.Response;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells the messages that reach the desk apart and brings each to where it belongs: a registration to the registrar, a
 * diverted INVITE to the switchboard, everything else to the leg or the transaction it is part of. Owned by the desk's
 * thread.
 */
final class DeskSignals implements SipListenerExt {

    private static final Logger LOG = LoggerFactory.getLogger(DeskSignals.class);
    private static final String ALLOWED = "INVITE, ACK, CANCEL, BYE, OPTIONS, UPDATE, INFO, REGISTER";
    private static final Set<String> PASSED = Set.of(Request.INVITE, Request.UPDATE, Request.INFO);

    private final SipEndpoint endpoint;
    private final Switchboard switchboard;
    private final Collection<AddressRange> gateways;

    DeskSignals(SipEndpoint endpoint, Switchboard switchboard, Collection<AddressRange> gateways) {
        this.endpoint = endpoint;
        this.switchboard = switchboard;
        this.gateways = gateways;
    }

    @Override
    public void processRequest(RequestEvent event) {
        Request request = event.getRequest();
        Leg leg = legOf(event.getDialog());
        ServerTransaction transaction = event.getServerTransaction();
        try {
            if (request.getMethod().equals(Request.ACK)) {
                acknowledged(leg, request);
            } else if (leg != null) {
                withinDialog(leg, transaction);
            } else {
                outsideOfDialog(transaction);
            }
        } catch (SipException | ParseException e) {
            LOG.atWarn().addKeyValue("method", request.getMethod()).setCause(e).log("request not dealt with");
        }
    }

    @Override
    public void processResponse(ResponseEvent event) {
        Object owner = ownerOf(event);
        try {
            if (owner instanceof OperatorLeg leg) {
                leg.answered(event);
            } else if (owner instanceof PassedRequest passed) {
                passed.answered(event.getResponse());
            } else if (owner instanceof OwnInvite own) {
                own.answered(event.getResponse());
            } else if (owner instanceof Probe probe) {
                probe.answered(event.getResponse());
            } else if (owner instanceof SessionTimer timer) {
                timer.answered(event.getResponse());
            } else if (owner instanceof Farewells farewells
                    && event.getResponse().getStatusCode() >= 200) {
                farewells.answered();
            }
        } catch (SipException | ParseException e) {
            LOG.atWarn()
                    .addKeyValue("status", event.getResponse().getStatusCode())
                    .setCause(e)
                    .log("response not dealt with");
        }
    }

    @Override
    public void processTimeout(TimeoutEvent event) {
        if (event.isServerTransaction()) {
            return; // an answer nobody acknowledged
        }
        Object owner = event.getClientTransaction().getApplicationData();
        if (owner instanceof OperatorLeg leg) {
            leg.timedOut();
        } else if (owner instanceof PassedRequest passed) {
            passed.timedOut();
        } else if (owner instanceof OwnInvite own) {
            own.timedOut();
        } else if (owner instanceof Probe probe) {
            probe.timedOut();
        } else if (owner instanceof SessionTimer timer) {
            timer.timedOut();
        } else if (owner instanceof Farewells farewells) {
            farewells.answered();
        }
    }

    @Override
    public void processDialogTimeout(DialogTimeoutEvent event) {
        Leg leg = legOf(event.getDialog());
        if (leg != null) {
            leg.lost();
        }
    }

    @Override
    public void processIOException(IOExceptionEvent event) {
        LOG.atWarn()
                .addKeyValue("peer", event.getHost() + ":" + event.getPort())
                .log("the network refused a message");
    }

    @Override
    public void processTransactionTerminated(TransactionTerminatedEvent event) {}

    @Override
    public void processDialogTerminated(DialogTerminatedEvent event) {}

    private void outsideOfDialog(ServerTransaction transaction) throws SipException, ParseException {
        Request request = transaction.getRequest();
        switch (request.getMethod()) {
            case Request.REGISTER -> switchboard.registrar().register(transaction);
            case Request.INVITE -> diverted(transaction);
            case Request.CANCEL -> cancelled(transaction);
            case Request.OPTIONS -> endpoint.respond(transaction, Response.OK, capacityAndAllow());
            case Request.BYE, Request.UPDATE, Request.INFO ->
                endpoint.respond(transaction, Response.CALL_OR_TRANSACTION_DOES_NOT_EXIST);
            default -> endpoint.respond(transaction, Response.METHOD_NOT_ALLOWED, allow());
        }
    }

    private void diverted(ServerTransaction transaction) throws SipException, ParseException {
        SIPRequest request = (SIPRequest) transaction.getRequest();
        DivertedInvite facts = DivertedInvite.read(request);
        RequireHeader required = unknown(request);
        if (((ToHeader) request.getHeader(ToHeader.NAME)).getTag() != null) {
            endpoint.respond(transaction, Response.CALL_OR_TRANSACTION_DOES_NOT_EXIST);
        } else if (!AddressRange.anyContains(gateways, request.getRemoteAddress()) || facts == null) {
            endpoint.respond(transaction, Response.FORBIDDEN);
        } else if (required != null) {
            UnsupportedHeader unsupported = endpoint.headers().createUnsupportedHeader(required.getOptionTag());
            endpoint.respond(transaction, Response.BAD_EXTENSION, unsupported);
        } else if (SessionTimer.isTooShort(request, switchboard.terms())) {
            tooShort(transaction);
        } else {
            switchboard.offered(
                    facts,
                    new GatewayAddress(request.getRemoteAddress().getHostAddress(), request.getRemotePort()),
                    transaction);
        }
    }

    /** The first extension that is required and not known; null if there is none. */
    private static @Nullable RequireHeader unknown(Request request) {
        for (Iterator<?> each = request.getHeaders(RequireHeader.NAME); each.hasNext(); ) {
            RequireHeader required = (RequireHeader) each.next();
            if (!required.getOptionTag().equalsIgnoreCase(SessionTimer.SUPPORTED)) {
                return required;
            }
        }
        return null;
    }

    private void tooShort(ServerTransaction transaction) throws SipException, ParseException {
        endpoint.respond(
                transaction, SessionTimer.INTERVAL_TOO_SMALL, SessionTimer.leastOf(endpoint, switchboard.terms()));
    }

    private void withinDialog(Leg leg, ServerTransaction transaction) throws SipException, ParseException {
        String method = transaction.getRequest().getMethod();
        if (method.equals(Request.BYE)) {
            endpoint.respond(transaction, Response.OK);
            leg.goneByItself();
        } else if (method.equals(Request.CANCEL)) {
            cancelled(transaction);
        } else if (PASSED.contains(method)) {
            pass(leg, transaction);
        } else if (method.equals(Request.OPTIONS)) {
            endpoint.respond(transaction, Response.OK, allow());
        } else {
            endpoint.respond(transaction, Response.METHOD_NOT_ALLOWED, allow());
        }
    }

    private void pass(Leg leg, ServerTransaction transaction) throws SipException, ParseException {
        if (SessionTimer.isTooShort(transaction.getRequest(), switchboard.terms())) {
            tooShort(transaction);
            return;
        }
        if (transaction.getRequest().getMethod().equals(Request.UPDATE) && Body.of(transaction.getRequest()) == null) {
            leg.refreshed(transaction); // no offer: it concerns this leg alone (RFC 3311 §5.2)
            return;
        }
        PageLeg page = leg.call.page();
        if (page != null) {
            forPage(leg, page, transaction);
            return;
        }
        if (leg instanceof OperatorLeg operator && switchboard.isRelease(operator, transaction.getRequest())) {
            endpoint.respond(transaction, Response.OK);
            switchboard.releaseKey(leg.call);
            return;
        }
        Leg opposite = leg.call.opposite(leg);
        Sound sound = leg.call.sound();
        if (opposite == null || sound == null || !opposite.isConfirmed() || leg.isBusy() || opposite.isBusy()) {
            endpoint.respond(transaction, Response.REQUEST_PENDING);
            return;
        }
        PassedRequest.pass(endpoint, leg, opposite, sound, transaction);
    }

    /** A page takes new sound; of all else the desk is the end. */
    private void forPage(Leg leg, PageLeg page, ServerTransaction transaction) throws SipException {
        Body offer = Body.of(transaction.getRequest());
        boolean invite = transaction.getRequest().getMethod().equals(Request.INVITE);
        if (leg.isBusy()) {
            endpoint.respond(transaction, Response.REQUEST_PENDING);
        } else if (offer != null && offer.isSession()) {
            PageRequest.pass(endpoint, leg, page, offer, transaction);
        } else {
            endpoint.respond(transaction, invite ? Response.NOT_ACCEPTABLE_HERE : Response.OK);
        }
    }

    private void cancelled(ServerTransaction cancel) throws SipException, ParseException {
        endpoint.respond(cancel, Response.OK);
        ServerTransaction invite = ((ServerTransactionExt) cancel).getCanceledInviteTransaction();
        Object owner = invite == null ? null : invite.getApplicationData();
        if (owner instanceof CallerLeg caller && caller.cancelled()) {
            caller.goneByItself();
        } else if (owner instanceof PassedRequest passed) {
            passed.cancelled();
        }
    }

    private static void acknowledged(@Nullable Leg leg, Request ack) {
        if (leg == null) {
            return;
        }
        PassedRequest underWay = leg.underWay();
        if (underWay != null && underWay.awaitsAckOf(leg)) {
            underWay.acknowledged(Body.of(ack));
        } else if (leg instanceof CallerLeg) {
            leg.call.acknowledgedByCaller(Body.of(ack));
        }
    }

    private Header[] capacityAndAllow() throws ParseException {
        Header[] capacity = switchboard.capacity();
        Header[] both = Arrays.copyOf(capacity, capacity.length + 1);
        both[capacity.length] = allow();
        return both;
    }

    private AllowHeader allow() throws ParseException {
        return endpoint.headers().createAllowHeader(ALLOWED);
    }

    private static @Nullable Leg legOf(@Nullable Dialog dialog) {
        return dialog != null && dialog.getApplicationData() instanceof Leg leg ? leg : null;
    }

    /** What the request of this response belongs to, also if the response is one of another fork. */
    private static @Nullable Object ownerOf(ResponseEvent event) {
        ClientTransaction transaction = event.getClientTransaction();
        if (transaction == null && event instanceof ResponseEventExt extended) {
            transaction = extended.getOriginalTransaction();
        }
        return transaction == null ? null : transaction.getApplicationData();
    }
}
