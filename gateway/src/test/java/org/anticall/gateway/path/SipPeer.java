package org.anticall.gateway.path;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.BiConsumer;

/** A SIP peer on a real UDP socket that speaks SIP as text. */
final class SipPeer implements AutoCloseable {

    private static final int PATIENCE_MILLIS = 20_000;

    final DatagramSocket socket;
    private final String name;
    private final InetSocketAddress address;

    SipPeer(String name) throws IOException {
        this(name, InetAddress.getLoopbackAddress());
    }

    SipPeer(String name, InetAddress local) throws IOException {
        this(name, new InetSocketAddress(local, 0));
    }

    SipPeer(String name, InetSocketAddress local) throws IOException {
        this.name = name;
        this.socket = new DatagramSocket(local);
        this.address = (InetSocketAddress) socket.getLocalSocketAddress();
        socket.setSoTimeout(PATIENCE_MILLIS);
    }

    InetSocketAddress address() {
        return address;
    }

    int port() {
        return socket.getLocalPort();
    }

    void send(InetSocketAddress to, String text) {
        send(to, text.getBytes(StandardCharsets.UTF_8));
    }

    void send(InetSocketAddress to, byte[] bytes) {
        try {
            socket.send(new DatagramPacket(bytes, bytes.length, to));
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** The next message; fails if none comes. Empty lines are no message (RFC 3261 §7.5). */
    String receive() {
        return new String(receiveBytes(), StandardCharsets.UTF_8);
    }

    /** The next message, a character for each byte. */
    String receiveLatin() {
        return new String(receiveBytes(), StandardCharsets.ISO_8859_1);
    }

    private byte[] receiveBytes() {
        byte[] message = datagram();
        while (new String(message, StandardCharsets.ISO_8859_1).isBlank()) {
            message = datagram();
        }
        return message;
    }

    private byte[] datagram() {
        DatagramPacket packet = new DatagramPacket(new byte[65_535], 65_535);
        try {
            socket.receive(packet);
        } catch (SocketTimeoutException late) {
            return fail(name + " received nothing");
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
        return Arrays.copyOf(packet.getData(), packet.getLength());
    }

    /** Hands every message to {@code taker}, on a thread of its own, until the socket is closed. */
    void listen(BiConsumer<String, InetSocketAddress> taker) {
        Thread thread = new Thread(
                () -> {
                    try {
                        forEach(taker);
                    } catch (IOException | UncheckedIOException closed) {
                        // The test is over.
                    }
                },
                name);
        thread.setDaemon(true);
        thread.start();
    }

    private void forEach(BiConsumer<String, InetSocketAddress> taker) throws IOException {
        socket.setSoTimeout(0);
        while (true) {
            DatagramPacket packet = new DatagramPacket(new byte[8192], 8192);
            socket.receive(packet);
            String message = new String(packet.getData(), 0, packet.getLength(), StandardCharsets.UTF_8);
            if (!message.isBlank()) {
                taker.accept(message, (InetSocketAddress) packet.getSocketAddress());
            }
        }
    }

    /** The next message, which begins like this. */
    String expect(String start) {
        String message = receive();
        assertTrue(message.startsWith(start), () -> name + " expected " + start + " and received:\n" + message);
        return message;
    }

    /** The next message that begins like this; others before it are let go. */
    String await(String start) {
        while (true) {
            String message = receive();
            if (message.startsWith(start)) {
                return message;
            }
        }
    }

    /** Nothing has come: an OPTIONS that the gateway answers in order is the next thing that arrives. */
    void expectNothingFrom(InetSocketAddress gateway) {
        String branch = "z9hG4bKfence" + System.nanoTime();
        send(
                gateway,
                "OPTIONS sip:" + text(gateway) + " SIP/2.0\r\nVia: SIP/2.0/UDP " + text(address()) + ";branch=" + branch
                        + "\r\nFrom: <sip:fence@x>;tag=1\r\nTo: <sip:fence@x>\r\nCall-ID: " + branch
                        + "\r\nCSeq: 1 OPTIONS\r\nMax-Forwards: 70\r\nContent-Length: 0\r\n\r\n");
        String message = receive();
        assertTrue(message.contains(branch), () -> name + " expected nothing and received:\n" + message);
    }

    /** A response to {@code request} with every header a proxy looks at, and more lines where given. */
    static String response(String request, int status, String reason, String toTag, String... lines) {
        List<String> out = new ArrayList<>();
        out.add("SIP/2.0 " + status + " " + reason);
        for (String line : headers(request)) {
            String header = line.toLowerCase(Locale.ROOT);
            if (header.startsWith("to:") && !line.contains(";tag=") && status > 100) {
                out.add(line + ";tag=" + toTag);
            } else if (header.startsWith("via:")
                    || header.startsWith("from:")
                    || header.startsWith("to:")
                    || header.startsWith("call-id:")
                    || header.startsWith("cseq:")
                    || (header.startsWith("record-route:") && status > 100 && status < 300)) {
                out.add(line);
            }
        }
        out.addAll(List.of(lines));
        out.add("Content-Length: 0");
        return String.join("\r\n", out) + "\r\n\r\n";
    }

    static List<String> headers(String message) {
        String head = message.substring(0, message.indexOf("\r\n\r\n"));
        List<String> lines = new ArrayList<>(List.of(head.split("\r\n")));
        lines.remove(0);
        return lines;
    }

    /** The values of all lines of a header, in order. */
    static List<String> values(String message, String header) {
        String prefix = header.toLowerCase(Locale.ROOT) + ":";
        return headers(message).stream()
                .filter(line -> line.toLowerCase(Locale.ROOT).startsWith(prefix))
                .map(line -> line.substring(prefix.length()).strip())
                .toList();
    }

    /** The value of a header that is there once. */
    static String value(String message, String header) {
        List<String> values = values(message, header);
        assertEquals(1, values.size(), () -> header + " in\n" + message);
        return values.get(0);
    }

    static String text(InetSocketAddress address) {
        return address.getAddress().getHostAddress() + ":" + address.getPort();
    }

    @Override
    public void close() {
        socket.close();
    }
}
