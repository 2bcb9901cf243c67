package org.anticall.ops.sip;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.fail;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A foreign carrier that writes its messages itself and keeps every byte that comes back. */
final class Upstream implements AutoCloseable {

    static final String ADDRESS = "127.0.0.2";

    private static final String OFFER =
            """
            v=0
            o=carrier 7 7 IN IP4 127.0.0.2
            s=-
            c=IN IP4 127.0.0.2
            t=0 0
            m=audio 40000 RTP/AVP 8 0 101
            a=rtpmap:8 PCMA/8000
            a=rtpmap:0 PCMU/8000
            a=rtpmap:101 telephone-event/8000
            a=fmtp:101 0-15
            a=ptime:20
            """
                    .replace("\n", "\r\n");

    private final DatagramSocket socket;
    private final InetSocketAddress gateway;
    private final List<String> heard = new CopyOnWriteArrayList<>();
    private final LinkedBlockingQueue<String> fresh = new LinkedBlockingQueue<>();
    private final String callId = SipEndpoint.unique();
    private String caller = "";

    Upstream(InetSocketAddress gateway) throws IOException {
        this.gateway = gateway;
        this.socket = new DatagramSocket(new InetSocketAddress(IpLiteral.parse(ADDRESS), 0));
        Thread reader = new Thread(this::read, "upstream");
        reader.setDaemon(true);
        reader.start();
    }

    /** Everything that came, as it came. */
    List<String> heard() {
        return List.copyOf(heard);
    }

    /** Places its one call. */
    void call(String from, String to) throws IOException {
        caller = from;
        send(start("INVITE", "sip:" + to + "@" + at(gateway), "", "<sip:" + to + "@" + at(gateway) + ">", 1)
                + "P-Asserted-Identity: <sip:" + from + "@carrier.example;user=phone>\r\n" + body(OFFER));
    }

    /** The next message, provisional ones before it overlooked, which must start with {@code start}. */
    String expect(String start) throws InterruptedException {
        while (true) {
            String message = fresh.poll(30, TimeUnit.SECONDS);
            if (message == null) {
                return fail("no " + start + " came; heard:\n" + String.join("\n", heard));
            }
            if (message.startsWith(start)) {
                return message;
            }
            if (!message.startsWith("SIP/2.0 1") && !message.startsWith("ACK")) {
                return fail("expected " + start + ", got:\n" + message);
            }
        }
    }

    /** Acknowledges {@code ok} by the route it came with. */
    void acknowledge(String ok) throws IOException {
        send(within("ACK", ok, 1) + body(""));
    }

    /** Hangs up. */
    void hangUp(String ok) throws IOException {
        send(within("BYE", ok, 2) + body(""));
    }

    /** Agrees to what the other side asks within the call. */
    void agree(String request) throws IOException {
        String copied = request.lines()
                .filter(line -> line.matches("(?i)(Via|From|To|Call-ID|CSeq|Record-Route):.*"))
                .reduce("", (all, line) -> all + line + "\r\n");
        send("SIP/2.0 200 OK\r\n" + copied + "Contact: <sip:" + caller + "@" + own() + ">\r\n"
                + body(request.startsWith("INVITE") ? OFFER : ""));
    }

    private String within(String method, String ok, int sequence) {
        String contact = RawPeer.header(ok, "Contact").replaceAll("[<>]", "");
        return start(
                method,
                contact,
                "Route: " + RawPeer.header(ok, "Record-Route") + "\r\n",
                RawPeer.header(ok, "To"),
                sequence);
    }

    private String start(String method, String uri, String route, String to, int sequence) {
        return method + " " + uri + " SIP/2.0\r\nVia: SIP/2.0/UDP " + own() + ";branch=z9hG4bK" + SipEndpoint.unique()
                + "\r\n" + route + "From: \"Caller\" <sip:" + caller + "@carrier.example>;tag=up\r\nTo: " + to
                + "\r\nCall-ID: " + callId + "\r\nCSeq: " + sequence + " " + method + "\r\nContact: <sip:" + caller
                + "@"
                + own() + ">\r\nMax-Forwards: 70\r\n";
    }

    private static String body(String session) {
        return (session.isEmpty() ? "" : "Content-Type: application/sdp\r\n") + "Content-Length: " + session.length()
                + "\r\n\r\n" + session;
    }

    private String own() {
        return ADDRESS + ":" + socket.getLocalPort();
    }

    private static String at(InetSocketAddress address) {
        return address.getAddress().getHostAddress() + ":" + address.getPort();
    }

    private void send(String message) throws IOException {
        byte[] bytes = message.getBytes(UTF_8);
        socket.send(new DatagramPacket(bytes, bytes.length, gateway));
    }

    private void read() {
        DatagramPacket packet = new DatagramPacket(new byte[65_535], 65_535);
        while (!socket.isClosed()) {
            try {
                socket.receive(packet);
                String message = new String(packet.getData(), 0, packet.getLength(), UTF_8);
                heard.add(message);
                fresh.add(message);
            } catch (SocketException closed) {
                return;
            } catch (IOException broken) {
                throw new IllegalStateException(broken);
            }
        }
    }

    @Override
    public void close() {
        socket.close();
    }
}
