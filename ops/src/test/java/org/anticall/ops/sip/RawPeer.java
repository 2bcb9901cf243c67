package org.anticall.ops.sip;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.fail;

import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A peer that writes its messages itself, for what a well-behaved stack would never send. */
final class RawPeer implements AutoCloseable {

    private final DatagramSocket socket;
    private InetSocketAddress desk = new InetSocketAddress(0);

    RawPeer() throws Exception {
        socket = new DatagramSocket(new InetSocketAddress(IpLiteral.parse("127.0.0.1"), 0));
        socket.setSoTimeout(8_000);
    }

    int port() {
        return socket.getLocalPort();
    }

    /** The next message, which must start with {@code start}. */
    String expect(String start) throws Exception {
        String message = receive();
        return message.startsWith(start) ? message : fail("expected " + start + ", got:\n" + message);
    }

    /** Answers again and again, as a user agent server does (RFC 3261 §13.3.1.4), until a message starts with {@code start}. */
    String answerUntil(String start, String request, String status, String tag) throws Exception {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        socket.setSoTimeout(500);
        try {
            while (System.nanoTime() < deadline) {
                answer(request, status, tag);
                DatagramPacket packet = new DatagramPacket(new byte[65_535], 65_535);
                try {
                    socket.receive(packet);
                } catch (SocketTimeoutException e) {
                    continue;
                }
                String message = new String(packet.getData(), 0, packet.getLength(), UTF_8);
                if (message.startsWith(start) && header(message, "To").endsWith("tag=" + tag)) {
                    return message;
                }
            }
            return fail("no " + start + " for tag " + tag);
        } finally {
            socket.setSoTimeout(8_000);
        }
    }

    private String receive() throws Exception {
        DatagramPacket packet = new DatagramPacket(new byte[65_535], 65_535);
        try {
            socket.receive(packet);
        } catch (SocketTimeoutException e) {
            return fail("nothing came");
        }
        desk = (InetSocketAddress) packet.getSocketAddress();
        return new String(packet.getData(), 0, packet.getLength(), UTF_8);
    }

    /** Answers {@code request} with {@code status}, the To tag {@code tag} and a Contact. */
    void answer(String request, String status, String tag) throws Exception {
        String to = header(request, "To");
        String text = "SIP/2.0 " + status + "\r\n"
                + "Via: " + header(request, "Via") + "\r\n"
                + "From: " + header(request, "From") + "\r\n"
                + "To: " + (to.contains(";tag=") ? to : to + ";tag=" + tag) + "\r\n"
                + "Call-ID: " + header(request, "Call-ID") + "\r\n"
                + "CSeq: " + header(request, "CSeq") + "\r\n"
                + "Contact: <sip:101@127.0.0.1:" + port() + ">\r\n"
                + "Content-Length: 0\r\n\r\n";
        byte[] bytes = text.getBytes(UTF_8);
        socket.send(new DatagramPacket(bytes, bytes.length, desk));
    }

    static String header(String message, String name) {
        Matcher header = Pattern.compile("(?im)^" + name + ": *(.*?)\\r?$").matcher(message);
        return header.find() ? header.group(1) : fail("no " + name + " in:\n" + message);
    }

    @Override
    public void close() {
        socket.close();
    }
}
