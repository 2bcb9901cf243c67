package org.anticall.ops.http;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.javalin.Javalin;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.anticall.ops.acceptance.Await;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Clients that ask and do not read, at a server of few threads. */
class UnreadAnswersTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration LONG = Duration.ofMinutes(10);
    private static final Duration SHORT = Duration.ofSeconds(2);

    private static final int THREADS = 8;
    private static final int SMALL_BUFFER = 8 * 1024;
    private static final int ROOM = 512 * 1024;

    private final List<Socket> clients = new ArrayList<>();
    private final AtomicInteger wentOn = new AtomicInteger();
    private final AtomicInteger gaveUp = new AtomicInteger();
    private final Server server = new Server(new QueuedThreadPool(THREADS));
    private int port;

    @AfterEach
    void stop() throws Exception {
        for (Socket client : clients) {
            client.close();
        }
        server.stop();
    }

    /** Answers as many bytes as the path says, in one write, and waits for each write. */
    private final class Speaker extends Handler.Abstract {
        @Override
        public boolean handle(Request request, Response response, Callback callback) {
            int length = Integer.parseInt(request.getHttpURI().getPath().substring(1));
            try {
                OutputStream out = Content.Sink.asOutputStream(response);
                out.write(answer(length));
                out.close();
                wentOn.incrementAndGet();
                callback.succeeded();
            } catch (IOException gone) {
                gaveUp.incrementAndGet();
                callback.failed(gone);
            }
            return true;
        }
    }

    private static byte[] answer(int length) {
        byte[] bytes = new byte[length];
        for (int i = 0; i < length; i++) {
            bytes[i] = (byte) ('a' + i % 26);
        }
        return bytes;
    }

    private void start(long mostBytes, Duration patience) throws Exception {
        ServerConnector connector = new ServerConnector(server, 1, 1);
        connector.setHost("127.0.0.1");
        connector.setAcceptedSendBufferSize(SMALL_BUFFER);
        connector.setIdleTimeout(LONG.toMillis());
        server.addConnector(connector);
        server.setHandler(new UnreadAnswers(new Speaker(), ROOM, mostBytes, patience));
        server.start();
        port = connector.getLocalPort();
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 0})
    void whatFitsHoldsNoThread(int more) throws Exception {
        start(Long.MAX_VALUE, LONG);

        for (int i = 0; i < 3 * THREADS; i++) {
            ask(ROOM + more);
        }

        Await.until("all handlers have gone on", PATIENCE, () -> wentOn.get() == 3 * THREADS);
        assertArrayEquals(answer(ROOM + more), body(clients.get(0)), "and who reads after all gets all of it");
    }

    /** A console of the kernel's own buffers hides it: what they take, no writer waits for. */
    @Test
    void consoleAndGatewaysDoorAnswerThroughIt() {
        Javalin centre = Javalin.create(config -> CentreHttp.settings(config, new QueuedThreadPool(THREADS)));
        try {
            centre.start("127.0.0.1", 0);
            assertNotNull(centre.jettyServer().server().getDescendant(UnreadAnswers.class));
        } finally {
            centre.stop();
        }
    }

    @Test
    void whatDoesNotFitMakesItsWriterWaitAndIsCutOffIfNothingIsRead() throws Exception {
        start(Long.MAX_VALUE, SHORT);

        Socket client = ask(ROOM + 1);

        Await.until("its writer gives up", PATIENCE, () -> gaveUp.get() == 1);
        assertEquals(0, wentOn.get());
        assertTrue(end(client) <= ROOM, "cut off");
    }

    @Test
    void whoReadsSlowlyButReadsGetsALongAnswer() throws Exception {
        start(Long.MAX_VALUE, LONG);

        byte[] read = body(ask(4 * ROOM));

        assertArrayEquals(answer(4 * ROOM), read);
        Await.until("its writer has gone on", PATIENCE, () -> wentOn.get() == 1);
    }

    /** The first slice of none has left, so all bytes of each count. */
    @ParameterizedTest
    @ValueSource(ints = {-1, 0, 1})
    void ofAllAnswersTogetherTheOneThatHasWaitedLongestIsCutOff(int more) throws Exception {
        int length = ROOM / 2;
        start(3L * length, LONG);
        Socket first = ask(length);
        Await.until("it waits", PATIENCE, () -> wentOn.get() == 1);
        Socket second = ask(length);
        Await.until("both wait", PATIENCE, () -> wentOn.get() == 2);

        Socket third = ask(length + more);

        Await.until("all have gone on", PATIENCE, () -> wentOn.get() == 3);
        assertEquals(length + more, body(third).length);
        assertEquals(length, body(second).length);
        int read = more > 0 ? end(first) : body(first).length;
        assertTrue(more > 0 ? read < length : read == length, "the first got " + read);
    }

    private Socket ask(int length) throws IOException {
        Socket client = new Socket();
        clients.add(client);
        client.setReceiveBufferSize(SMALL_BUFFER);
        client.setSoTimeout((int) PATIENCE.toMillis());
        client.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        client.getOutputStream()
                .write(("GET /" + length + " HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")
                        .getBytes(StandardCharsets.US_ASCII));
        return client;
    }

    /** What an answer holds that is neither cut off nor in chunks that matter. */
    private static byte[] body(Socket client) throws IOException {
        byte[] all = client.getInputStream().readAllBytes();
        String text = new String(all, StandardCharsets.ISO_8859_1);
        int begin = text.indexOf("\r\n\r\n") + 4;
        String head = text.substring(0, begin);
        byte[] rest = Arrays.copyOfRange(all, begin, all.length);
        return head.contains("chunked") ? unchunked(rest) : rest;
    }

    private static byte[] unchunked(byte[] chunks) {
        ByteBuffer in = ByteBuffer.wrap(chunks);
        ByteBuffer out = ByteBuffer.allocate(chunks.length);
        for (int length = size(in); length > 0; length = size(in)) {
            out.put(in.slice(in.position(), length));
            in.position(in.position() + length + 2);
        }
        return Arrays.copyOf(out.array(), out.position());
    }

    private static int size(ByteBuffer in) {
        StringBuilder hex = new StringBuilder();
        for (char next = (char) in.get(); next != '\r'; next = (char) in.get()) {
            hex.append(next);
        }
        in.get();
        return Integer.parseInt(hex.toString(), 16);
    }

    /** Bytes until the line is cut. */
    private static int end(Socket client) {
        int read = 0;
        try {
            while (client.getInputStream().read() >= 0) {
                read++;
            }
        } catch (IOException cut) {
            return read;
        }
        return read;
    }
}
