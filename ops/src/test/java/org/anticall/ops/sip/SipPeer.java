package org.anticall.ops.sip;

import static org.junit.jupiter.api.Assertions.fail;

import gov.nist.javax.sip.DialogTimeoutEvent;
import gov.nist.javax.sip.SipListenerExt;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import javax.sip.ClientTransaction;
import javax.sip.Dialog;
import javax.sip.DialogTerminatedEvent;
import javax.sip.IOExceptionEvent;
import javax.sip.RequestEvent;
import javax.sip.ResponseEvent;
import javax.sip.ServerTransaction;
import javax.sip.TimeoutEvent;
import javax.sip.TransactionTerminatedEvent;
import javax.sip.address.SipURI;
import javax.sip.header.AuthorizationHeader;
import javax.sip.header.CSeqHeader;
import javax.sip.header.ContactHeader;
import javax.sip.header.ToHeader;
import javax.sip.header.WWWAuthenticateHeader;
import javax.sip.message.Message;
import javax.sip.message.Request;
import javax.sip.message.Response;

/** A gateway or a phone that does what the test says, step by step; what comes in waits until the test asks for it. */
final class SipPeer implements SipListenerExt, AutoCloseable {

    private static final long PATIENCE_SECONDS = 20;

    private final ExecutorService lane = Executors.newSingleThreadExecutor();
    private final LinkedBlockingQueue<RequestEvent> requests = new LinkedBlockingQueue<>();
    private final LinkedBlockingQueue<ResponseEvent> responses = new LinkedBlockingQueue<>();
    private final List<Message> received = new ArrayList<>();
    private final SipEndpoint endpoint;
    private final int desk;
    private long registrations;
    private int contactPort;

    SipPeer(String address, int desk) throws Exception {
        // With one parsing thread messages are seen in the order they came, which the scripts insist on.
        SipSettings settings = new SipSettings(address, 0, false, peer -> true, 1, 16_384);
        this.endpoint = SipEndpoint.open(settings, CallLanes.single(lane), this);
        this.desk = desk;
    }

    SipEndpoint endpoint() {
        return endpoint;
    }

    /** Everything that came in. */
    synchronized List<Message> received() {
        return List.copyOf(received);
    }

    // ---- as a phone

    /** From now on registers the phone that listens on {@code port} of the same address. */
    void registersFor(int port) {
        contactPort = port;
    }

    /** Registers and returns the final status. */
    int register(String user, String password, int expires) throws Exception {
        String callId = "reg-" + user + "-" + endpoint.port();
        Request first = registration(user, callId, expires);
        endpoint.provider().getNewClientTransaction(first).sendRequest();
        Response challenge = responses.poll(PATIENCE_SECONDS, TimeUnit.SECONDS).getResponse();
        if (challenge.getStatusCode() != Response.UNAUTHORIZED) {
            return challenge.getStatusCode();
        }
        return answerChallenge(user, password, expires, challenge).getStatusCode();
    }

    Response challenge(String user) throws Exception {
        Request first = registration(user, "reg-" + user + "-" + endpoint.port(), 60);
        endpoint.provider().getNewClientTransaction(first).sendRequest();
        return responses.poll(PATIENCE_SECONDS, TimeUnit.SECONDS).getResponse();
    }

    Response answerChallenge(String user, String password, int expires, Response challenge) throws Exception {
        WWWAuthenticateHeader asked = (WWWAuthenticateHeader) challenge.getHeader(WWWAuthenticateHeader.NAME);
        Request second = registration(user, "reg-" + user + "-" + endpoint.port(), expires);
        String uri = second.getRequestURI().toString();
        AuthorizationHeader shown = endpoint.headers().createAuthorizationHeader("Digest");
        shown.setUsername(user);
        shown.setRealm(asked.getRealm());
        shown.setNonce(asked.getNonce());
        shown.setURI(second.getRequestURI());
        shown.setAlgorithm("MD5");
        shown.setQop("auth");
        shown.setCNonce("c0ffee");
        shown.setNonceCount(1);
        shown.setResponse(DigestLogin.response(
                user, asked.getRealm(), password, Request.REGISTER, uri, asked.getNonce(), "00000001", "c0ffee"));
        second.addHeader(shown);
        endpoint.provider().getNewClientTransaction(second).sendRequest();
        return responses.poll(PATIENCE_SECONDS, TimeUnit.SECONDS).getResponse();
    }

    private Request registration(String user, String callId, int expires) throws Exception {
        String aor = "<sip:" + user + "@127.0.0.1>";
        Request request =
                endpoint.request(Request.REGISTER, "sip:127.0.0.1:" + desk, aor, aor, callId, ++registrations);
        request.addHeader(endpoint.headers().createExpiresHeader(expires));
        if (contactPort != 0) {
            ((SipURI) ((ContactHeader) request.getHeader(ContactHeader.NAME))
                            .getAddress()
                            .getURI())
                    .setPort(contactPort);
        }
        return request;
    }

    // ---- as a gateway

    /** A session description that offers G.711 and is told apart by {@code name}, which stands in it twice: {@code s=} does not reach callers. */
    static String session(String name) {
        return """
                v=0
                o=- 1 1 IN IP4 127.0.0.1
                s=%s
                c=IN IP4 127.0.0.1
                t=0 0
                m=audio 40000 RTP/AVP 8 0
                a=fmtp:8 %s
                """
                .formatted(name, name)
                .replace("\n", "\r\n");
    }

    /** A diverted INVITE that has not been sent. */
    Request diverted(String recordId, String body) throws Exception {
        Request invite = endpoint.request(
                Request.INVITE,
                "sip:desk@127.0.0.1:" + desk,
                "<sip:+447700900123@127.0.0.1>",
                "<sip:+77172000000@127.0.0.1>",
                SipEndpoint.unique(),
                1);
        invite.addHeader(endpoint.headers().createHeader("X-Anticall-Verdict", recordId));
        invite.addHeader(endpoint.headers().createHeader("X-Anticall-Rule", "D10"));
        invite.addHeader(endpoint.headers().createHeader("Diversion", "<sip:+77172111111@127.0.0.1>;reason=unknown"));
        put(body, invite);
        return invite;
    }

    ClientTransaction invite(String recordId, String body) throws Exception {
        return send(diverted(recordId, body));
    }

    ClientTransaction send(Request request) throws Exception {
        ClientTransaction transaction = endpoint.provider().getNewClientTransaction(request);
        transaction.sendRequest();
        return transaction;
    }

    void cancel(ClientTransaction invite) throws Exception {
        send(invite.createCancel());
    }

    /** Acknowledges a 2xx; returns the dialog. */
    Dialog acknowledge(ResponseEvent ok, String body) throws Exception {
        Dialog dialog = ok.getDialog();
        Request ack = dialog.createAck(((CSeqHeader) ok.getResponse().getHeader(CSeqHeader.NAME)).getSeqNumber());
        put(body, ack);
        dialog.sendAck(ack);
        return dialog;
    }

    /** Acknowledges a 2xx straight to the desk, whatever Record-Route says, as the proxy it stands for would. */
    void acknowledgeDirectly(ResponseEvent ok) throws Exception {
        Dialog dialog = ok.getDialog();
        Request ack = dialog.createAck(1);
        ack.removeHeader("Route");
        endpoint.provider().sendRequest(ack);
    }

    // ---- both

    /** Sends a request within the dialog. */
    ClientTransaction within(Dialog dialog, String method, String body) throws Exception {
        return within(dialog, method, "sdp", body);
    }

    /** Sends a request within the dialog whose body is of {@code application/type}. */
    ClientTransaction within(Dialog dialog, String method, String type, String body) throws Exception {
        Request request = dialog.createRequest(method);
        put(type, body, request);
        ClientTransaction transaction = endpoint.provider().getNewClientTransaction(request);
        dialog.sendRequest(transaction);
        return transaction;
    }

    void answer(ServerTransaction transaction, int status, String body) throws Exception {
        Response response = endpoint.response(status, transaction.getRequest());
        ToHeader to = (ToHeader) response.getHeader(ToHeader.NAME);
        if (to.getTag() == null && status > 100) {
            to.setTag("peer" + endpoint.port());
        }
        response.addHeader(endpoint.contact(""));
        put(body, response);
        transaction.sendResponse(response);
    }

    int port() {
        return endpoint.port();
    }

    /** Waits for the next request. */
    RequestEvent nextRequest() throws Exception {
        RequestEvent event = requests.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
        return event == null ? fail("no request came; received: " + received()) : event;
    }

    /** Waits for the next request and insists on its method. */
    RequestEvent expectRequest(String method) throws Exception {
        RequestEvent event = nextRequest();
        if (!event.getRequest().getMethod().equals(method)) {
            return fail("expected " + method + ", got:\n" + event.getRequest());
        }
        return event;
    }

    /** Waits for an answer with {@code status} to a request of {@code method}, overlooking provisional ones before. */
    ResponseEvent expectResponse(int status, String method) throws Exception {
        while (true) {
            ResponseEvent event = responses.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
            if (event == null) {
                return fail("no " + status + " came; received: " + received());
            }
            Response response = event.getResponse();
            String its = ((CSeqHeader) response.getHeader(CSeqHeader.NAME)).getMethod();
            if (response.getStatusCode() == status && its.equals(method)) {
                return event;
            }
            if (response.getStatusCode() >= 200 && its.equals(method)) {
                return fail("expected " + status + ", got:\n" + response);
            }
        }
    }

    static String bodyOf(Message message) {
        byte[] bytes = message.getRawContent();
        return bytes == null ? "" : new String(bytes, StandardCharsets.UTF_8);
    }

    ContactHeader contact() throws Exception {
        return endpoint.contact("");
    }

    private void put(String body, Message message) throws Exception {
        put("sdp", body, message);
    }

    void put(String type, String body, Message message) throws Exception {
        if (!body.isEmpty()) {
            message.setContent(
                    body.getBytes(StandardCharsets.UTF_8),
                    endpoint.headers().createContentTypeHeader("application", type));
        }
    }

    @Override
    public void processRequest(RequestEvent event) {
        keep(event.getRequest());
        requests.add(event);
    }

    @Override
    public void processResponse(ResponseEvent event) {
        keep(event.getResponse());
        responses.add(event);
    }

    private synchronized void keep(Message message) {
        received.add(message);
    }

    @Override
    public void processTimeout(TimeoutEvent event) {}

    @Override
    public void processDialogTimeout(DialogTimeoutEvent event) {}

    @Override
    public void processIOException(IOExceptionEvent event) {}

    @Override
    public void processTransactionTerminated(TransactionTerminatedEvent event) {}

    @Override
    public void processDialogTerminated(DialogTerminatedEvent event) {}

    @Override
    public void close() {
        endpoint.close();
        lane.shutdownNow();
    }
}
