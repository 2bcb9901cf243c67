package org.anticall.gateway.control;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The HTTP server of the admin address. It has threads of its own, so whatever is asked of it takes nothing from the event
 * loops but CPU; there are enough of them that clients that dawdle, up to their limit, do not keep others from being
 * answered. It asks for no credentials: the address belongs on loopback or a management network.
 */
public final class AdminServer implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(AdminServer.class);
    private static final int MAX_THREADS = 32;
    private static final long IDLE_SECONDS = 10;
    private static final int BACKLOG = 16;
    private static final String LONGEST_REQUEST_SECONDS = "10";

    private final HttpServer http;
    private final ExecutorService threads;

    private AdminServer(HttpServer http, ExecutorService threads) {
        this.http = http;
        this.threads = threads;
    }

    /**
     * Takes the address; nothing is answered before {@link #start}.
     *
     * @param address port 0 takes any free one
     * @throws IOException with one sentence that names the address
     */
    public static AdminServer bind(InetSocketAddress address) throws IOException {
        // A client that never finishes its request must not hold a thread for ever.
        System.setProperty("sun.net.httpserver.maxReqTime", LONGEST_REQUEST_SECONDS);
        System.setProperty("sun.net.httpserver.maxRspTime", LONGEST_REQUEST_SECONDS);
        String text = address.getAddress().getHostAddress() + ":" + address.getPort();
        try {
            HttpServer http = HttpServer.create(address, BACKLOG);
            ThreadPoolExecutor threads = new ThreadPoolExecutor(
                    MAX_THREADS,
                    MAX_THREADS,
                    IDLE_SECONDS,
                    TimeUnit.SECONDS,
                    new ArrayBlockingQueue<>(BACKLOG),
                    task -> {
                        Thread thread = new Thread(task, "admin");
                        thread.setDaemon(true);
                        return thread;
                    });
            threads.allowCoreThreadTimeOut(true);
            http.setExecutor(threads);
            return new AdminServer(http, threads);
        } catch (BindException taken) {
            throw new IOException(
                    "cannot listen on " + text + "/tcp (admin): " + taken.getMessage()
                            + "; end what listens there, or set admin to another address",
                    taken);
        }
    }

    /** Begins to answer. */
    public void start(Map<String, AdminPage> pages) {
        http.createContext("/", exchange -> {
            try (exchange) {
                send(exchange, answer(pages, exchange));
            } catch (IOException clientIsGone) {
                LOG.atDebug().addKeyValue("cause", clientIsGone.toString()).log("admin client went away");
            }
        });
        http.start();
    }

    /** Where it listens. */
    public InetSocketAddress address() {
        return http.getAddress();
    }

    private static AdminPage.Answer answer(Map<String, AdminPage> pages, HttpExchange exchange) {
        AdminPage page = pages.get(exchange.getRequestURI().getPath());
        if (page == null) {
            return AdminPage.Answer.text(
                    404, "no such page; known here: " + String.join(", ", pages.keySet()) + "; GET / tells more");
        }
        if (!page.method().equals(exchange.getRequestMethod())) {
            return AdminPage.Answer.text(
                    405,
                    exchange.getRequestMethod() + ": expected " + page.method() + " for this page; GET / tells more");
        }
        try {
            return page.content().answer(parameters(exchange.getRequestURI().getRawQuery()));
        } catch (RuntimeException failure) {
            LOG.atError()
                    .addKeyValue("page", exchange.getRequestURI().getPath())
                    .setCause(failure)
                    .log("admin page failed");
            return AdminPage.Answer.text(500, "this page failed, the gateway's log says why");
        }
    }

    private static Map<String, String> parameters(@Nullable String query) {
        Map<String, String> parameters = new HashMap<>();
        if (query != null) {
            for (String pair : query.split("&", -1)) {
                int equals = pair.indexOf('=');
                if (equals > 0) {
                    parameters.put(pair.substring(0, equals), decoded(pair.substring(equals + 1)));
                }
            }
        }
        return parameters;
    }

    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException notEncoded) {
            return text;
        }
    }

    private static void send(HttpExchange exchange, AdminPage.Answer answer) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", answer.contentType());
        exchange.getResponseHeaders().set("Cache-Control", "no-store");
        exchange.sendResponseHeaders(answer.status(), answer.body().length == 0 ? -1 : answer.body().length);
        exchange.getResponseBody().write(answer.body());
    }

    @Override
    public void close() {
        http.stop(0);
        threads.shutdownNow();
    }
}
