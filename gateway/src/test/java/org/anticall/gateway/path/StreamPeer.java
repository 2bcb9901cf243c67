package org.anticall.gateway.path;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** One end of a stream that speaks SIP as text: framed by Content-Length, as RFC 3261 §18.3 has it. */
final class StreamPeer implements AutoCloseable {

    private static final int PATIENCE_MILLIS = 20_000;

    final Socket socket;
    private final InputStream in;

    StreamPeer(Socket socket) throws IOException {
        this.socket = socket;
        socket.setSoTimeout(PATIENCE_MILLIS);
        socket.setTcpNoDelay(true);
        this.in = new BufferedInputStream(socket.getInputStream());
    }

    static StreamPeer connect(InetSocketAddress to) throws IOException {
        Socket socket = new Socket();
        socket.connect(to, PATIENCE_MILLIS);
        return new StreamPeer(socket);
    }

    /** The same from that address of one's own. */
    static StreamPeer connect(InetSocketAddress to, InetSocketAddress from) throws IOException {
        Socket socket = new Socket();
        try {
            socket.bind(from);
            socket.connect(to, PATIENCE_MILLIS);
            return new StreamPeer(socket);
        } catch (IOException failed) {
            socket.close();
            throw failed;
        }
    }

    String text() {
        return SipPeer.text((InetSocketAddress) socket.getLocalSocketAddress());
    }

    void send(String text) {
        send(text.getBytes(StandardCharsets.UTF_8));
    }

    void send(byte[] bytes) {
        try {
            socket.getOutputStream().write(bytes);
            socket.getOutputStream().flush();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** The next message; fails if none comes. Empty lines before it are passed over (RFC 3261 §7.5). */
    String receive() {
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        try {
            while (!head.toString(StandardCharsets.UTF_8).endsWith("\r\n\r\n")) {
                int next = in.read();
                if (next < 0) {
                    return fail("the stream ended after: " + head);
                }
                head.write(next);
                if (head.toString(StandardCharsets.UTF_8).equals("\r\n")) {
                    head.reset();
                }
            }
            String text = head.toString(StandardCharsets.UTF_8);
            return text + new String(in.readNBytes(contentLength(text)), StandardCharsets.UTF_8);
        } catch (SocketTimeoutException late) {
            return fail("nothing came but: " + head);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private static int contentLength(String head) {
        return SipPeer.headers(head).stream()
                .map(line -> line.toLowerCase(Locale.ROOT))
                .filter(line -> line.startsWith("content-length:"))
                .mapToInt(line -> Integer.parseInt(
                        line.substring("content-length:".length()).strip()))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no Content-Length in\n" + head));
    }

    /** The next message, which begins like this. */
    String expect(String start) {
        String message = receive();
        assertTrue(message.startsWith(start), () -> "expected " + start + " and received:\n" + message);
        return message;
    }

    /** The next bytes, which are exactly these. */
    void expectBytes(String bytes) throws IOException {
        String read = new String(in.readNBytes(bytes.length()), StandardCharsets.UTF_8);
        assertTrue(read.equals(bytes), () -> "expected " + bytes + " and received " + read);
    }

    /** The other end closes, without another byte. */
    void expectEnd() {
        try {
            int next = in.read();
            assertTrue(next < 0, () -> "expected the end and received " + (char) next);
        } catch (SocketTimeoutException open) {
            fail("the stream is still open");
        } catch (IOException reset) {
            // Ended as well, only less politely.
        }
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
