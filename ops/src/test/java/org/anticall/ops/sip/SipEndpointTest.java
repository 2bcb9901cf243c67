package org.anticall.ops.sip;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import javax.sip.ClientTransaction;
import javax.sip.DialogTerminatedEvent;
import javax.sip.IOExceptionEvent;
import javax.sip.RequestEvent;
import javax.sip.ResponseEvent;
import javax.sip.SipException;
import javax.sip.SipListener;
import javax.sip.TimeoutEvent;
import javax.sip.TransactionTerminatedEvent;
import javax.sip.message.Request;
import org.anticall.ops.acceptance.Await;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

class SipEndpointTest {

    private final ExecutorService pool = Executors.newFixedThreadPool(2);
    private final List<SipEndpoint> open = new ArrayList<>();

    @AfterEach
    void closeAll() {
        open.forEach(SipEndpoint::close);
        pool.shutdown();
    }

    @Test
    void twoEndpointsInOneJvmTalkToEachOther() throws Exception {
        Peer asked = new Peer();
        SipEndpoint server = open(SipSettings.at("127.0.0.1", 0), asked);
        Peer asking = new Peer();
        SipEndpoint client = open(SipSettings.at("127.0.0.1", 0), asking);

        options(client, server.port()).sendRequest();

        RequestEvent request = asked.requests.poll(5, TimeUnit.SECONDS);
        assertNotNull(request, "no request came");
        server.respond(request.getServerTransaction(), 200);
        ResponseEvent response = asking.responses.poll(5, TimeUnit.SECONDS);
        assertNotNull(response, "no response came");
        assertEquals(200, response.getResponse().getStatusCode());
    }

    @Test
    void aRequestOfAStrangerIsDropped() throws Exception {
        Peer asked = new Peer();
        SipEndpoint server = open(
                SipSettings.at("127.0.0.1", 0)
                        .onlyFrom(peer -> peer.getHostAddress().equals("127.0.0.2")),
                asked);
        try (DatagramSocket friend = udp("127.0.0.2");
                DatagramSocket stranger = udp("127.0.0.3")) {
            send(stranger, server.port(), optionsText("127.0.0.3", stranger.getLocalPort(), "stranger"));
            send(friend, server.port(), optionsText("127.0.0.2", friend.getLocalPort(), "friend"));

            RequestEvent request = asked.requests.poll(5, TimeUnit.SECONDS);

            assertNotNull(request, "the friend's request did not come");
            assertTrue(request.getRequest().toString().contains("Call-ID: friend"));
            assertTrue(asked.requests.isEmpty(), "the stranger's request came through");
        }
    }

    @Test
    void aPortThatIsTakenIsNamed() throws Exception {
        try (DatagramSocket taken = udp("127.0.0.1")) {
            int port = taken.getLocalPort();

            PortTakenException refused =
                    assertThrows(PortTakenException.class, () -> open(SipSettings.at("127.0.0.1", port), new Peer()));

            assertTrue(
                    refused.getMessage().startsWith("cannot listen on udp 127.0.0.1:" + port + ": "),
                    refused.getMessage());
            assertEquals(Set.of(), threadsOf("127.0.0.1:" + port), "threads left after the failed start");
        }
    }

    @Test
    void afterCloseNoThreadIsLeftAndThePortIsFree() throws Exception {
        SipEndpoint first = open(SipSettings.at("127.0.0.1", 0), new Peer());
        String name = "127.0.0.1:" + first.port();
        assertTrue(threadsOf(name).size() > 4, "the stack's threads are in a group named after the endpoint");

        first.close();

        assertEquals(Set.of(), threadsOf(name));
        open(SipSettings.at("127.0.0.1", first.port()), new Peer());
    }

    @RepeatedTest(10)
    void itCanBeClosedRightAfterTheStart() throws Exception {
        SipEndpoint endpoint = open(SipSettings.at("127.0.0.1", 0), new Peer());

        endpoint.close();

        assertEquals(Set.of(), threadsOf("127.0.0.1:" + endpoint.port()));
    }

    @Test
    void aHostNameIsNeverLookedUp() throws Exception {
        SipEndpoint client = open(SipSettings.at("127.0.0.1", 0), new Peer());
        Request request = client.request(
                Request.OPTIONS, "sip:nowhere.invalid", "<sip:a@127.0.0.1>", "<sip:b@127.0.0.1>", "x", 1);

        SipException refused = assertThrows(
                SipException.class,
                () -> client.provider().getNewClientTransaction(request).sendRequest());

        assertTrue(rootMessage(refused).contains("nowhere.invalid"), rootMessage(refused));
    }

    @Test
    void whatTheListenerThrowsEndsNothing() throws Exception {
        LinkedBlockingQueue<String> seen = new LinkedBlockingQueue<>();
        Peer angry = new Peer() {
            @Override
            public void processRequest(RequestEvent event) {
                seen.add("request");
                throw new IllegalStateException("a bug in the listener");
            }
        };
        SipEndpoint server = open(SipSettings.at("127.0.0.1", 0), angry);
        try (DatagramSocket peer = udp("127.0.0.1")) {
            for (int i = 0; i < 10; i++) {
                send(peer, server.port(), optionsText("127.0.0.1", peer.getLocalPort(), "call-" + i));
                assertNotNull(seen.poll(5, TimeUnit.SECONDS), "request " + i + " did not come");
            }
        }
        Await.until("ten survived errors", Duration.ofSeconds(5), () -> server.survivedErrors() == 10);
    }

    @Test
    void rubbishDoesNotMakeItDeaf() throws Exception {
        Peer asked = new Peer();
        SipEndpoint server = open(SipSettings.at("127.0.0.1", 0), asked);
        try (DatagramSocket peer = udp("127.0.0.1")) {
            for (String rubbish : List.of(
                    "",
                    "\r\n\r\n",
                    "\0\0\0",
                    "INVITE",
                    "INVITE sip: SIP/2.0\r\n\r\n",
                    "SIP/2.0 99999999999 x\r\n\r\n",
                    "(".repeat(9000),
                    "INVITE sip:a@b SIP/2.0\r\nTo: " + "\"\\".repeat(4000) + "\r\n\r\n")) {
                for (int i = 0; i < 5; i++) {
                    send(peer, server.port(), rubbish);
                }
            }
            send(peer, server.port(), optionsText("127.0.0.1", peer.getLocalPort(), "after"));

            assertNotNull(asked.requests.poll(5, TimeUnit.SECONDS), "deaf after rubbish");
        }
    }

    private SipEndpoint open(SipSettings settings, SipListener listener) throws Exception {
        SipEndpoint endpoint = SipEndpoint.open(settings, CallLanes.perCall(pool), listener);
        open.add(endpoint);
        return endpoint;
    }

    private static ClientTransaction options(SipEndpoint client, int port) throws Exception {
        return client.provider()
                .getNewClientTransaction(client.request(
                        Request.OPTIONS,
                        "sip:127.0.0.1:" + port,
                        "<sip:a@127.0.0.1>",
                        "<sip:b@127.0.0.1>",
                        SipEndpoint.unique(),
                        1));
    }

    private static String optionsText(String host, int port, String callId) {
        return """
                OPTIONS sip:127.0.0.1 SIP/2.0
                Via: SIP/2.0/UDP %1$s:%2$d;branch=z9hG4bK%3$s
                From: <sip:a@%1$s>;tag=1
                To: <sip:b@127.0.0.1>
                Call-ID: %4$s
                CSeq: 1 OPTIONS
                Max-Forwards: 70
                Content-Length: 0

                """
                .formatted(host, port, SipEndpoint.unique(), callId)
                .replace("\n", "\r\n");
    }

    private static DatagramSocket udp(String address) throws Exception {
        return new DatagramSocket(new InetSocketAddress(IpLiteral.parse(address), 0));
    }

    private static void send(DatagramSocket from, int port, String text) throws Exception {
        byte[] bytes = text.getBytes(UTF_8);
        from.send(new DatagramPacket(bytes, bytes.length, IpLiteral.parse("127.0.0.1"), port));
    }

    private static Set<String> threadsOf(String endpoint) {
        Set<String> names = new HashSet<>();
        for (Thread thread : Thread.getAllStackTraces().keySet()) {
            ThreadGroup group = thread.getThreadGroup();
            if (group != null && group.getName().equals("sip-" + endpoint)) {
                names.add(thread.getName());
            }
        }
        return names;
    }

    private static String rootMessage(Throwable thrown) {
        Throwable deepest = thrown;
        while (deepest.getCause() != null) {
            deepest = deepest.getCause();
        }
        return deepest.getMessage();
    }

    private static class Peer implements SipListener {
        final LinkedBlockingQueue<RequestEvent> requests = new LinkedBlockingQueue<>();
        final LinkedBlockingQueue<ResponseEvent> responses = new LinkedBlockingQueue<>();

        @Override
        public void processRequest(RequestEvent event) {
            requests.add(event);
        }

        @Override
        public void processResponse(ResponseEvent event) {
            responses.add(event);
        }

        @Override
        public void processTimeout(TimeoutEvent event) {}

        @Override
        public void processIOException(IOExceptionEvent event) {}

        @Override
        public void processTransactionTerminated(TransactionTerminatedEvent event) {}

        @Override
        public void processDialogTerminated(DialogTerminatedEvent event) {}
    }
}
