package org.anticall.gateway;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;

/**
 * Carrier, callee and desk of a {@link Rehearsal}, on three sockets, played by one thread in lockstep with the gateway. Its
 * messages are written so that an answer is the request up to Max-Forwards with another start line. Owned by one thread.
 */
final class RehearsalCast implements AutoCloseable {

    /** Of 16 calls one is diverted; one is labelled, withheld or rejected in turn; the others pass. */
    private static final String RULES =
            """
            home: %s
            revision: 1
            legal-basis: {type: operator-contract, document: rehearsal, date: 2026-11-21, office: the project}
            rules:
              - {id: D, title: d, priority: 1, when: {caller: {number: ["+4421*"]}}, then: {divert: {answer-within: 15s, ladder: [pass]}}}
              - {id: L, title: l, priority: 2, when: {caller: {number: ["+4422*"]}}, then: label}
              - {id: W, title: w, priority: 3, when: {caller: {number: ["+4423*"]}}, then: withhold}
              - {id: R, title: r, priority: 4, when: {caller: {number: ["+4424*"]}}, then: reject}
            """;

    private static final int PATIENCE_MILLIS = 2_000;
    private static final String CALL_ID = "Call-ID: rehearsal-";
    private static final String ROUTE = "Record-Route: ";
    private static final String END_OF_COPY = "Max-Forwards: ";
    private static final String SDP =
            """
            v=0\r
            o=- 1 1 IN IP4 127.0.0.1\r
            s=-\r
            c=IN IP4 127.0.0.1\r
            t=0 0\r
            m=audio 20000 RTP/AVP 8 0 18 101\r
            a=rtpmap:8 PCMA/8000\r
            a=rtpmap:101 telephone-event/8000\r
            a=ptime:20\r
            """;
    private static final String WITH_SDP =
            "Content-Type: application/sdp\r\nContent-Length: " + SDP.length() + "\r\n\r\n" + SDP;
    private static final String EMPTY = "Content-Length: 0\r\n\r\n";

    private final DatagramSocket carrier = open();
    private final DatagramSocket core = open();
    private final DatagramSocket desk = open();
    private final String via = "Via: SIP/2.0/UDP " + text(carrier()) + ";branch=z9hG4bK";
    private final DatagramPacket packet = new DatagramPacket(new byte[4096], 4096);
    private InetSocketAddress gateway = carrier();
    private long played;

    RehearsalCast() throws IOException {}

    private static DatagramSocket open() throws IOException {
        DatagramSocket socket = new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        socket.setSoTimeout(PATIENCE_MILLIS);
        return socket;
    }

    /** The rules by which the calls of a rehearsal are judged. */
    static String rules(String home) {
        return RULES.formatted(home);
    }

    InetSocketAddress carrier() {
        return address(carrier);
    }

    InetSocketAddress core() {
        return address(core);
    }

    InetSocketAddress desk() {
        return address(desk);
    }

    /** How many calls were played to their end. */
    long played() {
        return played;
    }

    private static InetSocketAddress address(DatagramSocket socket) {
        return (InetSocketAddress) socket.getLocalSocketAddress();
    }

    static String text(InetSocketAddress address) {
        return address.getAddress().getHostAddress() + ":" + address.getPort();
    }

    /**
     * Sets up and ends {@code calls} calls at once.
     *
     * @throws IOException if the gateway does not answer
     */
    void play(InetSocketAddress through, int calls) throws IOException {
        gateway = through;
        int diverted = 0;
        int rejected = 0;
        for (long call = played; call < played + calls; call++) {
            String number = number(call);
            diverted += number.startsWith("+4421") ? 1 : 0;
            rejected += number.startsWith("+4424") ? 1 : 0;
            send(carrier, request("INVITE", call, 1, "sip:+77172555555@" + text(gateway), "", WITH_SDP));
        }
        int passed = calls - diverted - rejected;
        for (int i = 0; i < passed; i++) {
            answer(core, receive(core), ";tag=c\r\n", WITH_SDP);
        }
        for (int i = 0; i < diverted; i++) {
            answer(desk, receive(desk), ";tag=d\r\n", WITH_SDP);
        }
        for (int i = 0; i < calls; i++) {
            acknowledge(receiveFinal());
        }
        endDialogs(core, passed);
        endDialogs(desk, diverted);
        for (int i = 0; i < passed + diverted; i++) {
            receiveFinal();
        }
        played += calls;
    }

    private static String number(long call) {
        int kind = (int) (call & 15);
        return kind == 5 ? "+442100000000" : kind == 11 ? "+442" + (2 + call / 16 % 3) + "00000000" : "+442071234567";
    }

    private String request(String method, long call, int sequence, String uri, String route, String rest) {
        String number = number(call);
        String to = "<sip:+77172555555@" + text(gateway) + ">";
        return method + " " + uri + " SIP/2.0\r\n"
                + via + method.charAt(0) + call + "\r\n"
                + route
                + "From: \"Caller\" <sip:" + number + "@carrier.example>;tag=f" + call + "\r\n"
                + CALL_ID + call + "\r\n"
                + "CSeq: " + sequence + " " + method + "\r\n"
                + "To: " + to + (route.isEmpty() ? "" : ";tag=c") + "\r\n"
                + END_OF_COPY + "70\r\n"
                + "Contact: <sip:" + number + "@" + text(carrier()) + ">\r\n"
                + "P-Asserted-Identity: <sip:" + number + "@carrier.example;user=phone>\r\n"
                + "User-Agent: rehearsal\r\nSupported: 100rel, timer\r\n"
                + rest;
    }

    /** ACK and BYE to a success, ACK to a failure. */
    private void acknowledge(String response) throws IOException {
        int at = response.indexOf(CALL_ID) + CALL_ID.length();
        long call = Long.parseLong(response.substring(at, response.indexOf('\r', at)));
        if (!response.startsWith("SIP/2.0 2")) {
            String ack = request("ACK", call, 1, "sip:+77172555555@" + text(gateway), "", EMPTY);
            send(carrier, ack.replace("z9hG4bKA", "z9hG4bKI"));
            return;
        }
        int from = response.indexOf(ROUTE) + ROUTE.length();
        String route = "Route: " + response.substring(from, response.indexOf('\r', from)) + "\r\n";
        int contact = response.indexOf("Contact: <") + "Contact: <".length();
        String uri = response.substring(contact, response.indexOf('>', contact));
        send(carrier, request("ACK", call, 1, uri, route, EMPTY));
        send(carrier, request("BYE", call, 2, uri, route, EMPTY));
    }

    private void endDialogs(DatagramSocket callee, int calls) throws IOException {
        for (int ended = 0; ended < calls; ) {
            String request = receive(callee);
            if (request.startsWith("BYE")) {
                answer(callee, request, "\r\n", EMPTY);
                ended++;
            }
        }
    }

    private void answer(DatagramSocket callee, String request, String endOfTo, String rest) throws IOException {
        String copy = request.substring(request.indexOf('\n') + 1, request.indexOf(END_OF_COPY) - 2);
        send(
                callee,
                "SIP/2.0 200 OK\r\n" + copy + endOfTo + "Contact: <sip:callee@" + text(address(callee)) + ">\r\n"
                        + rest);
    }

    private String receiveFinal() throws IOException {
        String response = receive(carrier);
        while (response.startsWith("SIP/2.0 1")) {
            response = receive(carrier);
        }
        return response;
    }

    private String receive(DatagramSocket socket) throws IOException {
        packet.setLength(packet.getData().length);
        socket.receive(packet);
        return new String(packet.getData(), 0, packet.getLength(), StandardCharsets.ISO_8859_1);
    }

    private void send(DatagramSocket socket, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
        socket.send(new DatagramPacket(bytes, bytes.length, gateway));
    }

    @Override
    public void close() {
        carrier.close();
        core.close();
        desk.close();
    }
}
