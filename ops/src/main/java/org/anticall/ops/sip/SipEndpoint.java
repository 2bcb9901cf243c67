package org.anticall.ops.sip;

import gov.nist.javax.sip.address.AddressFactoryImpl;
import gov.nist.javax.sip.header.HeaderFactoryImpl;
import gov.nist.javax.sip.message.MessageFactoryImpl;
import java.io.IOException;
import java.text.ParseException;
import java.util.List;
import java.util.Properties;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;
import javax.sip.InvalidArgumentException;
import javax.sip.ListeningPoint;
import javax.sip.ServerTransaction;
import javax.sip.SipException;
import javax.sip.SipListener;
import javax.sip.SipProvider;
import javax.sip.address.AddressFactory;
import javax.sip.address.SipURI;
import javax.sip.header.ContactHeader;
import javax.sip.header.Header;
import javax.sip.header.HeaderFactory;
import javax.sip.header.ToHeader;
import javax.sip.header.ViaHeader;
import javax.sip.message.MessageFactory;
import javax.sip.message.Request;
import javax.sip.message.Response;

/**
 * One SIP stack on one IP literal and UDP port, with all that JAIN-SIP needs to behave: a bounded thread pool, automatic
 * dialogs, logs through SLF4J, no DNS, and a stop after which none of its threads is left. Any number of endpoints live
 * in one JVM.
 *
 * <p><b>Events</b> reach the listener in the lane of their Call-ID ({@link CallLanes}), never on a thread of the stack. A
 * request other than ACK always comes with its server transaction, which is made at once, so that a retransmission never
 * looks new. What the listener throws is logged and counted and ends nothing. If the listener is a
 * {@code SipListenerExt}, it also hears of dialogs whose ACK never came.
 *
 * <p>Thread-safe. All threads of the stack belong to one thread group named after the endpoint.
 */
public final class SipEndpoint implements AutoCloseable {

    private final HeaderFactory headers = new HeaderFactoryImpl();
    private final AddressFactory addresses = new AddressFactoryImpl();
    private final MessageFactory messages = new MessageFactoryImpl();
    private final LongAdder survivedErrors = new LongAdder();
    private final SipSettings settings;
    private final StackThreads threads;
    private final IsolatedStack stack;
    private final SipProvider provider;

    private SipEndpoint(
            SipSettings settings, OwnSocket socket, CallLanes lanes, CompletableFuture<SipListener> listener)
            throws IOException {
        this.settings = settings;
        this.threads = new StackThreads(settings.address() + ":" + settings.port(), survivedErrors);
        this.stack = threads.call(() -> new IsolatedStack(properties(settings), socket, survivedErrors));
        this.provider = threads.call(() -> provider(lanes, listener));
        socket.awaitListening();
        threads.takeStock();
    }

    /**
     * Starts to listen.
     *
     * @throws PortTakenException if the address cannot be had
     * @throws IOException if the stack does not start for another reason
     */
    public static SipEndpoint open(SipSettings settings, CallLanes lanes, SipListener listener) throws IOException {
        return open(settings, lanes, endpoint -> listener);
    }

    /**
     * Starts to listen, with a listener that needs the endpoint it listens to; events wait until there is one.
     *
     * @throws PortTakenException if the address cannot be had
     * @throws IOException if the stack does not start for another reason
     */
    public static SipEndpoint open(
            SipSettings settings, CallLanes lanes, Function<SipEndpoint, ? extends SipListener> listener)
            throws IOException {
        OwnSocket socket = new OwnSocket(settings.address(), settings.port(), settings.admits());
        CompletableFuture<SipListener> made = new CompletableFuture<>();
        SipEndpoint endpoint;
        try {
            endpoint = new SipEndpoint(settings.onPort(socket.port()), socket, lanes, made);
        } catch (IOException | RuntimeException e) {
            socket.close();
            throw e;
        }
        try {
            made.complete(listener.apply(endpoint));
            return endpoint;
        } catch (RuntimeException e) {
            made.completeExceptionally(e);
            endpoint.close();
            throw e;
        }
    }

    /** Address it listens on. */
    public String address() {
        return settings.address();
    }

    /** UDP port it listens on, never 0. */
    public int port() {
        return settings.port();
    }

    /** The stack's sending side. */
    public SipProvider provider() {
        return provider;
    }

    /** Makes headers. */
    public HeaderFactory headers() {
        return headers;
    }

    /** Makes addresses and URIs. */
    public AddressFactory addresses() {
        return addresses;
    }

    /** Makes messages; {@link #request} and {@link #response} are shorter. */
    public MessageFactory messages() {
        return messages;
    }

    /** How often something was thrown at us that would have ended a thread of the stack. */
    public long survivedErrors() {
        return survivedErrors.sum();
    }

    /** A Call-ID or tag that nobody can guess. */
    public static String unique() {
        return UUID.randomUUID().toString().replace("-", "");
    }

    /**
     * A request outside of any dialog, with this endpoint's Via and Contact, a new From tag and Max-Forwards 70; without
     * body.
     *
     * @param requestUri where to, host as IP literal
     * @param from name-addr or URI without tag, for example {@code <sip:101@127.0.0.1>}
     * @param to name-addr or URI without tag
     * @throws ParseException if one of the three is no SIP URI
     */
    public Request request(String method, String requestUri, String from, String to, String callId, long sequence)
            throws ParseException {
        try {
            Request request = messages.createRequest(
                    addresses.createURI(requestUri),
                    method,
                    headers.createCallIdHeader(callId),
                    headers.createCSeqHeader(sequence, method),
                    headers.createFromHeader(addresses.createAddress(from), unique()),
                    headers.createToHeader(addresses.createAddress(to), null),
                    List.of(via()),
                    headers.createMaxForwardsHeader(70));
            request.addHeader(contact(userOf(from)));
            return request;
        } catch (InvalidArgumentException e) {
            throw new IllegalArgumentException("sequence is " + sequence + ", expected 0 to 2^31-1", e);
        }
    }

    /**
     * A response to {@code request}. It has no To tag unless the request had one; the caller of this sets one where the
     * response makes a dialog.
     */
    public Response response(int status, Request request) throws ParseException {
        return messages.createResponse(status, request);
    }

    /**
     * Answers {@code transaction} with {@code status} and {@code extras}. A To tag is put in where the request had none
     * and the status is not 100.
     */
    public void respond(ServerTransaction transaction, int status, Header... extras) throws SipException {
        try {
            Response response = response(status, transaction.getRequest());
            ToHeader to = (ToHeader) response.getHeader(ToHeader.NAME);
            if (to.getTag() == null && status != Response.TRYING) {
                to.setTag(unique());
            }
            for (Header extra : extras) {
                response.addHeader(extra);
            }
            transaction.sendResponse(response);
        } catch (ParseException | InvalidArgumentException e) {
            throw new SipException("cannot answer with " + status, e);
        }
    }

    /** A Via of this endpoint whose branch the stack fills in. */
    ViaHeader via() throws ParseException {
        try {
            return headers.createViaHeader(address(), port(), ListeningPoint.UDP, null);
        } catch (InvalidArgumentException impossible) {
            throw new IllegalStateException("a port that is listened on is a port", impossible);
        }
    }

    /** This endpoint as a Contact with {@code user}, which may be empty. */
    public ContactHeader contact(String user) throws ParseException {
        SipURI uri = addresses.createSipURI(user.isEmpty() ? null : user, address());
        uri.setPort(port());
        return headers.createContactHeader(addresses.createAddress(uri));
    }

    /**
     * Stops to listen and forgets all transactions and dialogs; sends nothing. Returns when the last thread of the stack
     * has ended, or after five seconds with a warning in the log. Tasks already in a lane still run.
     */
    @Override
    public void close() {
        stack.stop();
        threads.awaitEnd();
    }

    private SipProvider provider(CallLanes lanes, CompletableFuture<SipListener> listener) throws Exception {
        SipProvider made = stack.createSipProvider(
                stack.createListeningPoint(settings.address(), settings.port(), ListeningPoint.UDP));
        made.addSipListener(new LaneListener(made, lanes, listener, survivedErrors));
        stack.start();
        return made;
    }

    private String userOf(String from) throws ParseException {
        return addresses.createAddress(from).getURI() instanceof SipURI uri && uri.getUser() != null
                ? uri.getUser()
                : "";
    }

    private static Properties properties(SipSettings settings) {
        Properties properties = new Properties();
        properties.setProperty("javax.sip.STACK_NAME", settings.address() + ":" + settings.port());
        properties.setProperty("javax.sip.AUTOMATIC_DIALOG_SUPPORT", "on");
        properties.setProperty("gov.nist.javax.sip.THREAD_POOL_SIZE", Integer.toString(settings.threads()));
        properties.setProperty("gov.nist.javax.sip.REENTRANT_LISTENER", "true");
        properties.setProperty("gov.nist.javax.sip.MAX_MESSAGE_SIZE", Integer.toString(settings.maxMessageBytes()));
        properties.setProperty("gov.nist.javax.sip.MAX_FORK_TIME_SECONDS", "32");
        properties.setProperty("gov.nist.javax.sip.TRACE_LEVEL", "LOG4J");
        properties.setProperty("gov.nist.javax.sip.LOG4J_LOGGER_NAME", "gov.nist.javax.sip");
        properties.setProperty("gov.nist.javax.sip.MIN_KEEPALIVE_TIME_SECONDS", "-1");
        properties.setProperty(
                "gov.nist.javax.sip.IS_BACK_TO_BACK_USER_AGENT", Boolean.toString(settings.backToBack()));
        return properties;
    }
}
