package org.anticall.ops.sip.agent;

import javax.sip.ClientTransaction;
import javax.sip.DialogTerminatedEvent;
import javax.sip.IOExceptionEvent;
import javax.sip.RequestEvent;
import javax.sip.ResponseEvent;
import javax.sip.ServerTransaction;
import javax.sip.SipException;
import javax.sip.SipListener;
import javax.sip.TimeoutEvent;
import javax.sip.TransactionTerminatedEvent;
import javax.sip.message.Request;
import javax.sip.message.Response;
import org.anticall.ops.sip.SipEndpoint;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The stack's events in an agent's terms. OPTIONS, by which peers ask whether we are alive, is answered here. A request
 * that cannot be sent, because its transaction has just ended or its peer is gone, is logged: the other end notices.
 */
abstract class AgentEvents implements SipListener {

    private static final Logger LOG = LoggerFactory.getLogger(AgentEvents.class);

    /** Where the agent listens. */
    final SipEndpoint endpoint;

    AgentEvents(SipEndpoint endpoint) {
        this.endpoint = endpoint;
    }

    /** A step of a call that uses the stack. */
    interface Step {
        void take() throws Exception;
    }

    /** A request other than OPTIONS; {@code transaction} is null for ACK. */
    abstract void request(Request request, @Nullable ServerTransaction transaction) throws Exception;

    abstract void response(Response response, ResponseEvent event) throws Exception;

    /** No final response came. */
    abstract void timeout(ClientTransaction transaction);

    /** Takes one step; what goes wrong in it is logged and ends nothing. */
    static void attempt(String callId, Step step) {
        try {
            step.take();
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            LOG.atDebug().addKeyValue("callId", callId).setCause(e).log("agent could not go on with a call");
        }
    }

    @Override
    public final void processRequest(RequestEvent event) {
        Request request = event.getRequest();
        ServerTransaction transaction = event.getServerTransaction();
        attempt(InviteText.callId(request), () -> {
            if (request.getMethod().equals(Request.OPTIONS)) {
                accept(transaction);
            } else {
                request(request, transaction);
            }
        });
    }

    @Override
    public final void processResponse(ResponseEvent event) {
        Response response = event.getResponse();
        attempt(InviteText.callId(response), () -> response(response, event));
    }

    @Override
    public final void processTimeout(TimeoutEvent event) {
        if (!event.isServerTransaction()) {
            timeout(event.getClientTransaction());
        }
    }

    @Override
    public void processIOException(IOExceptionEvent event) {
        LOG.atDebug()
                .addKeyValue("peer", event.getHost() + ":" + event.getPort())
                .log("agent could not send");
    }

    @Override
    public void processTransactionTerminated(TransactionTerminatedEvent event) {}

    @Override
    public void processDialogTerminated(DialogTerminatedEvent event) {}

    /** Answers 200 without a body. */
    void accept(@Nullable ServerTransaction transaction) throws SipException {
        if (transaction != null) {
            endpoint.respond(transaction, Response.OK);
        }
    }
}
