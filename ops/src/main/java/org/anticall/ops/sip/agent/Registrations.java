package org.anticall.ops.sip.agent;

import gov.nist.javax.sip.SipStackExt;
import gov.nist.javax.sip.clientauthutils.AuthenticationHelper;
import gov.nist.javax.sip.clientauthutils.UserCredentials;
import java.net.InetSocketAddress;
import java.text.ParseException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import javax.sip.ClientTransaction;
import javax.sip.SipException;
import javax.sip.message.Request;
import javax.sip.message.Response;
import org.anticall.ops.sip.SipEndpoint;
import org.jspecify.annotations.Nullable;

/**
 * The registrations of the phones at one address (RFC 3261 §10.2): made, authenticated when challenged, refreshed at half
 * of their time. Each is a series of requests under one Call-ID, and owned by its lane.
 */
final class Registrations {

    private final Map<String, Registration> byCallId = new ConcurrentHashMap<>();
    private final LongAdder confirmed = new LongAdder();
    private final AgentThreads threads;

    Registrations(AgentThreads threads) {
        this.threads = threads;
    }

    long confirmed() {
        return confirmed.sum();
    }

    CompletableFuture<Integer> begin(
            SipEndpoint endpoint, String user, String password, InetSocketAddress registrar, Duration expiry) {
        Registration registration = new Registration(endpoint, user, password, registrar, expiry);
        byCallId.put(registration.callId, registration);
        threads.run(registration.callId, registration::send);
        return registration.first;
    }

    void response(Response response, @Nullable ClientTransaction transaction) throws SipException {
        Registration registration = byCallId.get(InviteText.callId(response));
        if (registration != null && transaction != null && response.getStatusCode() >= 200) {
            registration.response(response, transaction);
        }
    }

    void timeout(Request request) {
        Registration registration = byCallId.get(InviteText.callId(request));
        if (registration != null) {
            registration.settled(Response.REQUEST_TIMEOUT);
        }
    }

    private final class Registration implements UserCredentials {

        private final String callId = SipEndpoint.unique();
        private final CompletableFuture<Integer> first = new CompletableFuture<>();
        private final SipEndpoint endpoint;
        private final String user;
        private final String password;
        private final InetSocketAddress registrar;
        private final Duration expiry;
        private long sequence = 1;
        private boolean challenged;

        Registration(SipEndpoint endpoint, String user, String password, InetSocketAddress registrar, Duration expiry) {
            this.endpoint = endpoint;
            this.user = user;
            this.password = password;
            this.registrar = registrar;
            this.expiry = expiry;
        }

        /** A challenge takes the next sequence number too. */
        void send() {
            challenged = false;
            String host = registrar.getAddress().getHostAddress() + ":" + registrar.getPort();
            String self = "<sip:" + user + "@" + host + ">";
            try {
                Request request = endpoint.request(Request.REGISTER, "sip:" + host, self, self, callId, sequence);
                sequence += 2;
                request.addHeader(endpoint.headers().createExpiresHeader((int) expiry.toSeconds()));
                endpoint.provider().getNewClientTransaction(request).sendRequest();
            } catch (ParseException | javax.sip.InvalidArgumentException | SipException e) {
                settled(Response.SERVICE_UNAVAILABLE);
            }
        }

        void response(Response response, ClientTransaction transaction) throws SipException {
            int status = response.getStatusCode();
            if ((status == Response.UNAUTHORIZED || status == Response.PROXY_AUTHENTICATION_REQUIRED) && !challenged) {
                challenged = true;
                AuthenticationHelper digest = ((SipStackExt) endpoint.provider().getSipStack())
                        .getAuthenticationHelper((challengedTransaction, realm) -> this, endpoint.headers());
                digest.handleChallenge(response, transaction, endpoint.provider(), 5)
                        .sendRequest();
            } else {
                settled(status);
            }
        }

        /** The round is over; the next one is due at half of the time. */
        void settled(int status) {
            if (status == Response.OK) {
                confirmed.increment();
            }
            first.complete(status);
            threads.after(callId, expiry.dividedBy(2), this::send);
        }

        @Override
        public String getUserName() {
            return user;
        }

        @Override
        public String getPassword() {
            return password;
        }

        @Override
        public String getSipDomain() {
            return registrar.getAddress().getHostAddress();
        }
    }
}
