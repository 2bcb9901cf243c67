package org.anticall.ops.sip;

import gov.nist.javax.sip.DialogTimeoutEvent;
import gov.nist.javax.sip.SipListenerExt;
import gov.nist.javax.sip.message.SIPMessage;
import gov.nist.javax.sip.message.SIPRequest;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import javax.sip.Dialog;
import javax.sip.DialogTerminatedEvent;
import javax.sip.IOExceptionEvent;
import javax.sip.ListeningPoint;
import javax.sip.RequestEvent;
import javax.sip.ResponseEvent;
import javax.sip.ServerTransaction;
import javax.sip.SipListener;
import javax.sip.SipProvider;
import javax.sip.TimeoutEvent;
import javax.sip.Transaction;
import javax.sip.TransactionAlreadyExistsException;
import javax.sip.TransactionTerminatedEvent;
import javax.sip.TransactionUnavailableException;
import javax.sip.header.ViaHeader;
import javax.sip.message.Request;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes the stack's events on the stack's threads, sees to what must be done there (the server transaction), and hands them to the lane of their call.
 */
final class LaneListener implements SipListenerExt {

    private static final Logger LOG = LoggerFactory.getLogger(LaneListener.class);

    private final SipProvider provider;
    private final CallLanes lanes;
    private final CompletableFuture<SipListener> listener;
    private final LongAdder survivedErrors;

    LaneListener(
            SipProvider provider, CallLanes lanes, CompletableFuture<SipListener> listener, LongAdder survivedErrors) {
        this.provider = provider;
        this.lanes = lanes;
        this.listener = listener;
        this.survivedErrors = survivedErrors;
    }

    @Override
    public void processRequest(RequestEvent event) {
        SIPRequest request = (SIPRequest) event.getRequest();
        if (!isOverUdp(request)) {
            return; // its Via names a way back that there is not, and the stack would throw at the answer
        }
        ServerTransaction transaction = event.getServerTransaction();
        if (transaction == null && !request.getMethod().equals(Request.ACK)) {
            try {
                transaction = provider.getNewServerTransaction(request);
            } catch (TransactionAlreadyExistsException e) {
                return; // a retransmission
            } catch (TransactionUnavailableException e) {
                LOG.atDebug()
                        .addKeyValue("method", request.getMethod())
                        .setCause(e)
                        .log("request dropped");
                return;
            }
        }
        Dialog dialog = transaction == null ? event.getDialog() : transaction.getDialog();
        RequestEvent complete = new RequestEvent(event.getSource(), transaction, dialog, request);
        hand(callId(request), to -> to.processRequest(complete));
    }

    @Override
    public void processResponse(ResponseEvent event) {
        hand(callId((SIPMessage) event.getResponse()), to -> to.processResponse(event));
    }

    @Override
    public void processTimeout(TimeoutEvent event) {
        Transaction transaction =
                event.isServerTransaction() ? event.getServerTransaction() : event.getClientTransaction();
        hand(callId(transaction), to -> to.processTimeout(event));
    }

    @Override
    public void processDialogTimeout(DialogTimeoutEvent event) {
        hand(event.getDialog().getCallId().getCallId(), to -> {
            if (to instanceof SipListenerExt extended) {
                extended.processDialogTimeout(event);
            } else {
                event.getDialog().delete();
            }
        });
    }

    @Override
    public void processTransactionTerminated(TransactionTerminatedEvent event) {
        Transaction transaction =
                event.isServerTransaction() ? event.getServerTransaction() : event.getClientTransaction();
        hand(callId(transaction), to -> to.processTransactionTerminated(event));
    }

    @Override
    public void processDialogTerminated(DialogTerminatedEvent event) {
        hand(event.getDialog().getCallId().getCallId(), to -> to.processDialogTerminated(event));
    }

    @Override
    public void processIOException(IOExceptionEvent event) {
        if (event.getSource() instanceof IsolatedStack) {
            return; // the event that lets the stack's own thread end
        }
        hand("", to -> to.processIOException(event));
    }

    private void hand(String callId, Consumer<SipListener> event) {
        lanes.execute(callId, () -> {
            try {
                event.accept(listener.join());
            } catch (RuntimeException | StackOverflowError | AssertionError e) {
                survivedErrors.increment();
                LOG.atError().setCause(e).log("a SIP event was not handled");
            }
        });
    }

    private static boolean isOverUdp(SIPRequest request) {
        ViaHeader via = request.getTopmostVia();
        return via != null && ListeningPoint.UDP.equalsIgnoreCase(via.getTransport());
    }

    private static String callId(Transaction transaction) {
        return callId((SIPMessage) transaction.getRequest());
    }

    private static String callId(SIPMessage message) {
        return message.getCallId().getCallId();
    }
}
