package org.anticall.ops.sip.agent;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import javax.sip.ClientTransaction;
import javax.sip.ResponseEvent;
import javax.sip.ServerTransaction;
import javax.sip.header.CSeqHeader;
import javax.sip.message.Request;
import javax.sip.message.Response;
import org.anticall.ops.sip.SipEndpoint;
import org.anticall.ops.sip.SipSettings;
import org.jspecify.annotations.Nullable;

/**
 * Everybody who can be called at one address: citizens behind their network, or a room full of operators' phones that
 * register. Any number of calls at once; each is treated as its {@link Manner} says. Thread-safe.
 */
public final class CalledParty implements AutoCloseable {

    private static final int VOICE_HERTZ = 190;

    private final AgentThreads threads;
    private final Map<String, CalledLeg> legs = new ConcurrentHashMap<>();
    private final Manners manners;
    private final @Nullable Speech speech;
    private final SipEndpoint endpoint;
    private final Registrations registrations;

    private CalledParty(String name, SipSettings settings, Manners manners, @Nullable Speech speech)
            throws IOException {
        this.threads = new AgentThreads(name);
        this.manners = manners;
        this.speech = speech;
        this.registrations = new Registrations(threads);
        this.endpoint = SipEndpoint.open(settings, threads.lanes(), Events::new);
    }

    /**
     * Somebody to call at {@code address} and UDP port {@code port} (0: any), who says nothing.
     *
     * @param name for the names of threads
     * @param manners how each call that arrives is treated; asked on threads of this agent
     * @throws IOException if the address cannot be had
     */
    public static CalledParty open(String name, String address, int port, Manners manners) throws IOException {
        return new CalledParty(name, SipSettings.at(address, port), manners, null);
    }

    /**
     * The same with people who can be heard.
     *
     * @throws IOException if the address cannot be had
     */
    public static CalledParty withVoice(String name, String address, int port, Manners manners) throws IOException {
        Speech speech = new Speech(address, VOICE_HERTZ);
        try {
            return new CalledParty(name, SipSettings.at(address, port), manners, speech);
        } catch (IOException taken) {
            speech.close();
            throw taken;
        }
    }

    public int port() {
        return endpoint.port();
    }

    /**
     * Registers {@code user} with digest authentication (RFC 3261 §22.4) and keeps the registration fresh until this
     * agent is closed.
     *
     * @param expiry for how long one registration is asked for, at least 2 s
     * @return completes with the final response of the first registration: 200 when calls for {@code user} will come here
     */
    public CompletableFuture<Integer> register(
            String user, String password, InetSocketAddress registrar, Duration expiry) {
        return registrations.begin(endpoint, user, password, registrar, expiry);
    }

    /** Registrations confirmed so far, refreshed ones included. */
    public long registrationsConfirmed() {
        return registrations.confirmed();
    }

    /** Calls that have not ended. */
    public int callsUnderWay() {
        return legs.size();
    }

    /** Stops at once; calls under way are left to their fate, registrations run out. */
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
            String callId = InviteText.callId(request);
            CalledLeg leg = legs.get(callId);
            if (request.getMethod().equals(Request.INVITE) && leg == null && transaction != null) {
                arrived(request, transaction);
            } else if (request.getMethod().equals(Request.ACK)) {
                if (leg != null) {
                    leg.acknowledged();
                }
            } else if (leg == null && transaction != null) {
                endpoint.respond(transaction, Response.CALL_OR_TRANSACTION_DOES_NOT_EXIST);
            } else if (leg != null) {
                inCall(request.getMethod(), transaction, leg);
                forgetIfOver(callId, leg);
            }
        }

        private void arrived(Request request, ServerTransaction transaction) throws Exception {
            ArrivedCall call = InviteText.read(request);
            CalledLeg leg = new CalledLeg(call, transaction, endpoint, threads, speech);
            legs.put(call.callId(), leg);
            leg.ring(manners);
        }

        private void inCall(String method, @Nullable ServerTransaction transaction, CalledLeg leg) throws Exception {
            accept(transaction);
            if (method.equals(Request.CANCEL)) {
                leg.cancelled();
            } else if (method.equals(Request.BYE)) {
                leg.over();
            }
        }

        @Override
        void response(Response response, ResponseEvent event) throws Exception {
            String method = ((CSeqHeader) response.getHeader(CSeqHeader.NAME)).getMethod();
            CalledLeg leg = legs.get(InviteText.callId(response));
            if (method.equals(Request.REGISTER)) {
                registrations.response(response, event.getClientTransaction());
            } else if (leg != null && response.getStatusCode() >= 200) {
                leg.over();
                forgetIfOver(InviteText.callId(response), leg);
            }
        }

        @Override
        void timeout(ClientTransaction transaction) {
            if (transaction.getRequest().getMethod().equals(Request.REGISTER)) {
                registrations.timeout(transaction.getRequest());
            }
        }

        private void forgetIfOver(String callId, CalledLeg leg) {
            if (leg.isOver()) {
                legs.remove(callId);
            }
        }
    }
}
