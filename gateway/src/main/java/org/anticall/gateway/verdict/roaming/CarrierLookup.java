package org.anticall.gateway.verdict.roaming;

import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.anticall.gateway.config.RoamingLookup;
import org.anticall.gateway.verdict.RoamingOracle;
import org.anticall.rules.call.RoamingAnswer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The oracle that asks the carrier's look-up over HTTP: one POST a number, see {@link StatusReply}. Whoever asks only hands
 * the question over; connections, their pool and time-outs live on threads of its own. Pending questions are bounded, a
 * look-up that only fails is left alone for a while ({@link Breaker}); both answer {@link RoamingAnswer#UNKNOWN}, which
 * nobody takes for home. Thread-safe.
 */
public final class CarrierLookup implements RoamingOracle, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(CarrierLookup.class);
    private static final int MAX_BODY_BYTES = 16 << 10;
    private static final int THREADS = 2;
    private static final int UNAUTHORIZED = 401;

    private final RoamingLookup settings;
    private final URI target;
    private final RoamingCounters counters;
    private final Breaker breaker;
    private final AtomicInteger pending = new AtomicInteger();
    private final StatusReply wire = new StatusReply();
    private final ExecutorService threads = Executors.newFixedThreadPool(THREADS, named("roaming"));
    private final ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(1, named("roaming-timer"));
    private final HttpClient client;
    private volatile String token;
    private volatile String lastFailure = "";

    /**
     * @param nanos a clock that does not go back, nanoseconds
     * @throws IOException if the token or the certificates cannot be read; the message names the file
     */
    public CarrierLookup(RoamingLookup settings, RoamingCounters counters, LongSupplier nanos) throws IOException {
        this.settings = settings;
        this.target = URI.create(settings.url() + (settings.url().toString().endsWith("/") ? "" : "/") + "retrieve");
        this.counters = counters;
        this.breaker = new Breaker(settings.failures(), settings.rest(), nanos);
        this.token = readToken();
        HttpClient.Builder builder = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(settings.giveUp())
                .executor(threads);
        Path trust = settings.trust();
        if (trust != null) {
            builder.sslContext(TrustedCertificates.context(trust));
        }
        this.client = builder.build();
        timer.setRemoveOnCancelPolicy(true);
    }

    @SuppressWarnings("ThreadPriorityCheck") // no order of events relies on it, only how long a call waits
    private static ThreadFactory named(String name) {
        return task -> {
            Thread thread = new Thread(task, name);
            thread.setPriority(Thread.NORM_PRIORITY); // calls wait for it
            thread.setDaemon(true);
            return thread;
        };
    }

    private String readToken() throws IOException {
        Path file = settings.tokenFile();
        return file == null ? "" : Files.readString(file).trim();
    }

    /**
     * Reads the token again.
     *
     * @return what replaces the token; it cannot fail
     * @throws IOException if the file cannot be read; the message names it
     */
    Runnable prepare() throws IOException {
        String read = readToken();
        return () -> token = read;
    }

    @Override
    public void query(long e164, Consumer<RoamingAnswer> callback) {
        if (pending.incrementAndGet() > settings.pending()) {
            pending.decrementAndGet();
            counters.tooMany.increment();
            callback.accept(RoamingAnswer.UNKNOWN);
            return;
        }
        if (!breaker.admits()) {
            pending.decrementAndGet();
            counters.resting.increment();
            callback.accept(RoamingAnswer.UNKNOWN);
            return;
        }
        counters.sent.increment();
        try {
            threads.execute(() -> begin(new Question(e164, callback)));
        } catch (RejectedExecutionException closed) {
            pending.decrementAndGet();
            callback.accept(RoamingAnswer.UNKNOWN);
        }
    }

    /** One question on its way. */
    private static final class Question {

        final long e164;
        final Consumer<RoamingAnswer> callback;
        volatile boolean givenUp;

        Question(long e164, Consumer<RoamingAnswer> callback) {
            this.e164 = e164;
            this.callback = callback;
        }

        void giveUp(CompletableFuture<?> sent) {
            givenUp = true;
            sent.cancel(true);
        }
    }

    private void begin(Question question) {
        try {
            send(question, true);
        } catch (RuntimeException unsendable) {
            counters.failed.increment();
            finish(question, RoamingAnswer.UNKNOWN, String.valueOf(unsendable.getMessage()));
        }
    }

    @SuppressWarnings("FutureReturnValueIgnored") // nobody waits for the future, the question's callback is told
    private void send(Question question, boolean mayRepeat) {
        HttpRequest.Builder request = HttpRequest.newBuilder(target)
                .header("Content-Type", "application/json")
                .header("Accept", "application/json")
                .POST(HttpRequest.BodyPublishers.ofByteArray(wire.question(question.e164)));
        if (!token.isEmpty()) {
            request.header("Authorization", "Bearer " + token);
        }
        CompletableFuture<HttpResponse<byte[]>> sent =
                client.sendAsync(request.build(), head -> new BoundedBody(MAX_BODY_BYTES));
        // A time-out of the client covers the head of a response only; this one covers its body too.
        ScheduledFuture<?> limit =
                timer.schedule(() -> question.giveUp(sent), settings.giveUp().toNanos(), TimeUnit.NANOSECONDS);
        sent.whenComplete((response, failure) -> {
            limit.cancel(false);
            if (response != null) {
                answered(question, response);
            } else if (question.givenUp || cause(failure) instanceof HttpTimeoutException) {
                counters.late.increment();
                finish(
                        question,
                        RoamingAnswer.TIMEOUT,
                        "no answer within " + settings.giveUp().toMillis() + " ms");
            } else if (mayRepeat && isStaleConnection(failure)) {
                send(question, false);
            } else {
                counters.failed.increment();
                finish(question, RoamingAnswer.UNKNOWN, reason(failure));
            }
        });
    }

    /** A kept connection may have been closed at the other end while the question was on its way; asking twice is harmless. */
    private static boolean isStaleConnection(Throwable failure) {
        Throwable cause = cause(failure);
        return cause instanceof IOException && !(cause instanceof ConnectException);
    }

    private static Throwable cause(Throwable failure) {
        Throwable cause = failure.getCause();
        return cause == null ? failure : cause;
    }

    private static String reason(Throwable failure) {
        Throwable cause = cause(failure);
        return cause instanceof ConnectException ? "no connection" : String.valueOf(cause.getMessage());
    }

    private void answered(Question question, HttpResponse<byte[]> response) {
        RoamingAnswer answer;
        try {
            answer = wire.read(response.statusCode(), response.body());
        } catch (IOException nonsense) {
            if (response.statusCode() == UNAUTHORIZED) {
                refreshToken();
            }
            counters.failed.increment();
            finish(question, RoamingAnswer.UNKNOWN, String.valueOf(nonsense.getMessage()));
            return;
        }
        finish(question, answer, null);
    }

    /** The file may hold a newer token than the one that was refused. */
    private void refreshToken() {
        try {
            prepare().run();
        } catch (IOException unreadable) {
            LOG.atWarn().addKeyValue("cause", unreadable.toString()).log("token of the roaming look-up not read");
        }
    }

    private void finish(Question question, RoamingAnswer answer, @Nullable String failure) {
        pending.decrementAndGet();
        boolean wasOpen = breaker.isOpen();
        if (failure == null) {
            breaker.succeeded();
            lastFailure = "";
        } else {
            lastFailure = failure;
            breaker.failed();
        }
        if (wasOpen != breaker.isOpen()) {
            LOG.atError()
                    .addKeyValue("url", target)
                    .addKeyValue("cause", lastFailure)
                    .log(wasOpen ? "the roaming look-up answers again" : "the roaming look-up rests after failures");
        }
        question.callback.accept(answer);
    }

    /** Questions without an answer yet. */
    public int pending() {
        return pending.get();
    }

    @Override
    public String trouble() {
        return breaker.isOpen() ? "the roaming look-up " + target + " fails: " + lastFailure : "";
    }

    /** Ends its threads; what is pending is not answered any more. */
    @Override
    public void close() {
        timer.shutdownNow();
        threads.shutdownNow();
    }
}
