package org.anticall.gateway;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/**
 * A carrier and a core on real sockets and calls between them through a gateway: INVITE, 200, ACK, BYE, 200. Nobody repeats
 * anything, so one packet lost is one call that does not end.
 */
final class CallLoad implements AutoCloseable {

    private final DatagramSocket carrier = socket();
    private final DatagramSocket core = socket();
    private final Map<String, String> answered = new ConcurrentHashMap<>();
    private final Map<String, String> last = new ConcurrentHashMap<>();
    private volatile InetSocketAddress gateway = new InetSocketAddress(0);
    private volatile boolean hangsUp = true;

    CallLoad() {
        listen(carrier, this::atCarrier);
        listen(core, message -> {
            if (message.startsWith("INVITE")) {
                reply(core, message, "200 OK", "Contact: <sip:callee@127.0.0.1:" + core.getLocalPort() + ">\r\n");
            } else if (message.startsWith("BYE")) {
                reply(core, message, "200 OK", "");
            }
        });
    }

    /** Where the core listens, as it stands in a configuration. */
    String coreUri() {
        return "sip:127.0.0.1:" + core.getLocalPort();
    }

    void through(InetSocketAddress address) {
        gateway = address;
    }

    /** Whether answered calls are ended at once; else they talk until {@link #hangUp}. */
    void hangsUp(boolean atOnce) {
        hangsUp = atOnce;
    }

    /** One new call. */
    void call(String id) {
        callFrom("+442071234567", id);
    }

    /** One new call of that number. */
    void callFrom(String number, String id) {
        send("INVITE sip:+77172555555@" + text(gateway) + " SIP/2.0\r\n" + via(id + "i")
                + "From: <sip:" + number + "@carrier>;tag=f\r\nTo: <sip:+77172555555@home>\r\nCall-ID: " + id
                + "\r\nCSeq: 1 INVITE\r\nContact: <sip:caller@" + local() + ">\r\n");
    }

    /** An OPTIONS to the gateway itself. */
    void ask(String id) {
        send("OPTIONS sip:" + text(gateway) + " SIP/2.0\r\n" + via(id + "o")
                + "From: <sip:carrier@carrier>;tag=f\r\nTo: <sip:gw@home>\r\nCall-ID: " + id
                + "\r\nCSeq: 1 OPTIONS\r\n");
    }

    /** Ends an answered call. */
    void hangUp(String id) {
        inDialog("BYE", 2, answered.get(id));
    }

    /** The start line of the latest response with that Call-ID and CSeq, null for none yet. */
    String latest(String id, String cseq) {
        return last.get(id + " " + cseq);
    }

    /** How many calls got a 200 to their BYE. */
    long completed() {
        return last.keySet().stream().filter(key -> key.endsWith("2 BYE")).count();
    }

    private void atCarrier(String message) {
        String id = header(message, "Call-ID");
        String cseq = header(message, "CSeq");
        String status = message.substring("SIP/2.0 ".length(), message.indexOf("\r\n"));
        last.put(id + " " + cseq, status);
        if (cseq.equals("1 INVITE") && status.startsWith("200")) {
            answered.put(id, message);
            inDialog("ACK", 1, message);
            if (hangsUp) {
                inDialog("BYE", 2, message);
            }
        }
    }

    private void inDialog(String method, int cseq, String answer) {
        String contact = header(answer, "Contact");
        send(method + " " + contact.substring(1, contact.indexOf('>')) + " SIP/2.0\r\n"
                + via(header(answer, "Call-ID") + method) + "Route: " + header(answer, "Record-Route") + "\r\nFrom: "
                + header(answer, "From") + "\r\nTo: " + header(answer, "To") + "\r\nCall-ID: "
                + header(answer, "Call-ID") + "\r\nCSeq: " + cseq + " " + method + "\r\n");
    }

    private String via(String branch) {
        return "Via: SIP/2.0/UDP " + local() + ";branch=z9hG4bK" + branch + "\r\nMax-Forwards: 70\r\n";
    }

    private String local() {
        return "127.0.0.1:" + carrier.getLocalPort();
    }

    private void send(String head) {
        send(carrier, head + "Content-Length: 0\r\n\r\n", gateway);
    }

    private void reply(DatagramSocket from, String request, String status, String more) {
        StringBuilder response = new StringBuilder("SIP/2.0 " + status + "\r\n");
        for (String line : request.split("\r\n", -1)) {
            if (line.matches("(Via|From|Call-ID|CSeq|Record-Route):.*")) {
                response.append(line).append("\r\n");
            } else if (line.startsWith("To:")) {
                response.append(line).append(line.contains(";tag=") ? "\r\n" : ";tag=t\r\n");
            }
        }
        send(from, response + more + "Content-Length: 0\r\n\r\n", gateway);
    }

    private static String header(String message, String name) {
        int at = message.indexOf("\r\n" + name + ": ") + name.length() + 4;
        return message.substring(at, message.indexOf("\r\n", at));
    }

    private static void send(DatagramSocket from, String message, SocketAddress to) {
        byte[] bytes = message.getBytes(StandardCharsets.UTF_8);
        try {
            from.send(new DatagramPacket(bytes, bytes.length, to));
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private static void listen(DatagramSocket socket, Consumer<String> handler) {
        Thread thread = new Thread(() -> {
            byte[] buffer = new byte[65_535];
            while (!socket.isClosed()) {
                try {
                    DatagramPacket packet = new DatagramPacket(buffer, buffer.length);
                    socket.receive(packet);
                    handler.accept(new String(buffer, 0, packet.getLength(), StandardCharsets.UTF_8));
                } catch (IOException closedOrRefused) {
                    Thread.onSpinWait();
                }
            }
        });
        thread.setDaemon(true);
        thread.start();
    }

    private static DatagramSocket socket() {
        try {
            DatagramSocket socket = new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            socket.setReceiveBufferSize(4 << 20);
            return socket;
        } catch (IOException noSocket) {
            throw new UncheckedIOException(noSocket);
        }
    }

    private static String text(InetSocketAddress address) {
        return "127.0.0.1:" + address.getPort();
    }

    /** Waits for {@code condition}. */
    static void until(String what, java.util.function.BooleanSupplier condition) {
        long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - deadline > 0) {
                throw new AssertionError("not within 20 s: " + what);
            }
            LockSupport.parkNanos(1_000_000);
        }
    }

    @Override
    public void close() {
        carrier.close();
        core.close();
    }
}
