package org.anticall.ops.media;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.PortUnreachableException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.DatagramChannel;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Questions to one rtpengine over its {@code ng} protocol (UDP, one datagram a message, {@code cookie dictionary}). A question
 * without an answer is repeated with the same cookie, so that the daemon does nothing twice. The socket is connected: the
 * kernel tells at once when nobody listens. Any thread may ask; answers come on the socket's own thread, failures also on
 * the timer's.
 */
final class NgSocket implements AutoCloseable {

    /** After how long a question is repeated first; each further pause is twice as long. */
    static final Duration REPEAT_AFTER = Duration.ofMillis(125);

    /** How often a relay is asked that may have much else to do: for almost two seconds. */
    static final int TRIES = 4;

    /** How often it is asked whether it is there at all: less than the second until it is asked again. */
    static final int TRIES_OF_PING = 3;

    private static final Logger LOG = LoggerFactory.getLogger(NgSocket.class);
    private static final int LARGEST_DATAGRAM = 65_535;

    private final InetSocketAddress daemon;
    private final DatagramChannel channel;
    private final ScheduledExecutorService timer;
    private final Thread reader;
    private final Map<String, Question> open = new ConcurrentHashMap<>();
    private final AtomicLong numbers = new AtomicLong();
    private final String prefix = Long.toString(System.nanoTime(), 36) + "_";

    /** @param timer runs repetitions; belongs to the caller */
    NgSocket(InetSocketAddress daemon, ScheduledExecutorService timer) throws IOException {
        this.daemon = daemon;
        this.timer = timer;
        this.channel = DatagramChannel.open();
        this.channel.connect(daemon);
        this.reader = new Thread(this::read, "media-relay-" + daemon.getPort());
        this.reader.setDaemon(true);
        this.reader.start();
    }

    /**
     * Asks the daemon.
     *
     * @param dictionary with its {@code command}
     * @param tries how often at most
     * @return the daemon's dictionary; fails with a {@link RelayFailure} if it answers with an error or not at all
     */
    CompletableFuture<Map<String, Object>> ask(Map<String, Object> dictionary, int tries) {
        String cookie = prefix + numbers.incrementAndGet();
        byte[] head = (cookie + " ").getBytes(ISO_8859_1);
        byte[] body = Bencode.encode(dictionary);
        byte[] datagram = Arrays.copyOf(head, head.length + body.length);
        System.arraycopy(body, 0, datagram, head.length, body.length);
        Question question = new Question(String.valueOf(dictionary.get("command")), datagram, tries);
        open.put(cookie, question);
        var unused = question.answer.whenComplete((answer, failure) -> {
            open.remove(cookie);
            question.rest();
        });
        question.send();
        return question.answer;
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            LOG.atDebug().setCause(e).log("socket did not close");
        }
        open.values().forEach(question -> question.fail("the connection to the relay was closed", null));
        try {
            reader.join(TimeUnit.SECONDS.toMillis(2));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void read() {
        ByteBuffer buffer = ByteBuffer.allocate(LARGEST_DATAGRAM);
        while (channel.isOpen()) {
            try {
                channel.read(buffer.clear());
                buffer.flip();
                answered(Arrays.copyOf(buffer.array(), buffer.limit()));
            } catch (PortUnreachableException nobody) {
                open.values().forEach(question -> question.fail("nobody listens at " + daemon, nobody));
            } catch (ClosedChannelException closed) {
                return;
            } catch (IOException | RuntimeException e) {
                LOG.atWarn().addKeyValue("relay", daemon).setCause(e).log("an answer of the relay was not read");
            }
        }
    }

    private void answered(byte[] datagram) {
        int space = 0;
        while (space < datagram.length && datagram[space] != ' ') {
            space++;
        }
        Question question = open.get(new String(datagram, 0, space, ISO_8859_1));
        if (question == null) {
            return; // answered before: this is the answer to a repetition
        }
        try {
            Map<String, Object> answer = Bencode.decode(datagram, Math.min(space + 1, datagram.length));
            if ("error".equals(answer.get("result"))) {
                question.fail("the relay refuses: " + answer.get("error-reason"), null);
            } else {
                question.answer.complete(answer);
            }
        } catch (RelayFailure garbage) {
            question.answer.completeExceptionally(garbage);
        }
    }

    /** One question until it is answered. */
    private final class Question {

        private final String command;
        private final byte[] datagram;
        private final CompletableFuture<Map<String, Object>> answer = new CompletableFuture<>();
        private final int mostTries;
        private int tries;
        private volatile @Nullable ScheduledFuture<?> repetition;

        Question(String command, byte[] datagram, int mostTries) {
            this.command = command;
            this.datagram = datagram;
            this.mostTries = mostTries;
        }

        void send() {
            if (answer.isDone()) {
                return;
            }
            if (tries == mostTries) {
                fail(
                        "no answer within "
                                + REPEAT_AFTER
                                        .multipliedBy((1L << mostTries) - 1)
                                        .toMillis() + " ms",
                        null);
                return;
            }
            long pauseMillis = REPEAT_AFTER.toMillis() << tries++;
            try {
                channel.write(ByteBuffer.wrap(datagram));
                repetition = timer.schedule(this::send, pauseMillis, TimeUnit.MILLISECONDS);
            } catch (IOException e) {
                fail("nobody listens at " + daemon, e);
            } catch (RuntimeException closed) {
                fail("the connection to the relay was closed", closed);
            }
        }

        void fail(String why, @Nullable Throwable cause) {
            String message = "media relay " + daemon + ", " + command + ": " + why;
            answer.completeExceptionally(cause == null ? new RelayFailure(message) : new RelayFailure(message, cause));
        }

        void rest() {
            ScheduledFuture<?> pending = repetition;
            if (pending != null) {
                pending.cancel(false);
            }
        }
    }
}
