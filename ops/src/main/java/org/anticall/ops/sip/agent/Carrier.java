package org.anticall.ops.sip.agent;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.text.ParseException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import javax.sip.ClientTransaction;
import javax.sip.ResponseEvent;
import javax.sip.ServerTransaction;
import javax.sip.SipException;
import javax.sip.header.CSeqHeader;
import javax.sip.message.Request;
import javax.sip.message.Response;
import org.anticall.ops.sip.SipEndpoint;
import org.anticall.ops.sip.SipSettings;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A carrier that hands calls over: any number of them at once from one address to one peer. It follows each call from
 * INVITE to the end, acknowledges, hangs up along the route the call took, and gives up with CANCEL. Thread-safe.
 */
public final class Carrier implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Carrier.class);

    private static final int VOICE_HERTZ = 130;

    private final AgentThreads threads = new AgentThreads("carrier");
    private final Map<String, CarrierCall> calls = new ConcurrentHashMap<>();
    private final InetSocketAddress peer;
    private final @Nullable Speech speech;
    private final SipEndpoint endpoint;

    private Carrier(SipSettings settings, InetSocketAddress peer, @Nullable Speech speech) throws IOException {
        this.peer = peer;
        this.speech = speech;
        this.endpoint = SipEndpoint.open(settings, threads.lanes(), Events::new);
    }

    /**
     * A carrier at {@code address} and UDP port {@code port} (0: any) that calls by way of {@code peer}. Its callers say
     * nothing.
     *
     * @throws IOException if the address cannot be had
     */
    public static Carrier open(String address, int port, InetSocketAddress peer) throws IOException {
        return new Carrier(SipSettings.at(address, port), peer, null);
    }

    /**
     * The same with callers who can be heard.
     *
     * @throws IOException if the address cannot be had
     */
    public static Carrier withVoice(String address, int port, InetSocketAddress peer) throws IOException {
        Speech speech = new Speech(address, VOICE_HERTZ);
        try {
            return new Carrier(SipSettings.at(address, port), peer, speech);
        } catch (IOException taken) {
            speech.close();
            throw taken;
        }
    }

    public int port() {
        return endpoint.port();
    }

    /**
     * Places a call and returns at once.
     *
     * @param patience how long the caller lets it ring before giving up
     * @param talk after what time of conversation the caller hangs up, if the other end has not
     * @param watcher hears what becomes of the call; where the INVITE cannot even be sent, that it was declined with 503
     */
    public void place(CallOffer offer, Duration patience, Duration talk, CallWatcher watcher) {
        threads.run(offer.callId(), () -> {
            try {
                Request request = InviteText.write(offer, peer, endpoint, speech);
                ClientTransaction invite = endpoint.provider().getNewClientTransaction(request);
                CarrierCall call = new CarrierCall(offer, patience, talk, watcher, invite, endpoint, threads, speech);
                calls.put(offer.callId(), call);
                call.send();
            } catch (ParseException | SipException e) {
                LOG.atWarn().addKeyValue("callId", offer.callId()).setCause(e).log("call could not be placed");
                calls.remove(offer.callId());
                watcher.declined(Response.SERVICE_UNAVAILABLE);
            }
        });
    }

    /** Stops at once; calls under way are left to their fate. */
    @Override
    public void close() {
        endpoint.close();
        threads.close();
        if (speech != null) {
            speech.close();
        }
    }

    private final class Events extends AgentEvents {

        Events(SipEndpoint endpoint) {
            super(endpoint);
        }

        @Override
        void request(Request request, @Nullable ServerTransaction transaction) throws Exception {
            if (transaction == null) {
                return;
            }
            CarrierCall call = calls.get(InviteText.callId(request));
            if (call == null) {
                endpoint.respond(transaction, Response.CALL_OR_TRANSACTION_DOES_NOT_EXIST);
            } else if (request.getMethod().equals(Request.INVITE)) {
                call.moved(request, transaction);
            } else if (request.getMethod().equals(Request.BYE)) {
                accept(transaction);
                call.hungUp();
                forgetIfOver(request, call);
            } else {
                endpoint.respond(transaction, Response.METHOD_NOT_ALLOWED);
            }
        }

        @Override
        void response(Response response, ResponseEvent event) throws Exception {
            CarrierCall call = calls.get(InviteText.callId(response));
            if (call != null) {
                call.response(response, event.getDialog());
                forgetIfOver(response, call);
            }
        }

        @Override
        void timeout(ClientTransaction transaction) {
            Request request = transaction.getRequest();
            CarrierCall call = calls.get(InviteText.callId(request));
            if (call != null
                    && ((CSeqHeader) request.getHeader(CSeqHeader.NAME))
                            .getMethod()
                            .equals(Request.INVITE)) {
                call.timedOut();
                forgetIfOver(request, call);
            }
        }

        private void forgetIfOver(javax.sip.message.Message message, CarrierCall call) {
            if (call.isOver()) {
                calls.remove(InviteText.callId(message));
            }
        }
    }
}
