package org.anticall.ops.http;

import io.javalin.Javalin;
import io.javalin.http.Context;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Instant;
import org.anticall.ops.http.Chores.Chore;
import org.anticall.ops.store.StoreUnavailable;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/**
 * The centre's admin address: {@code /metrics} for Prometheus, {@code /healthz} while the process is of use, with its alarms, {@code /readyz}
 * while the database answers too. It asks for no credentials, changes nothing and names nobody; it belongs on loopback or a
 * management network, and threads of its own keep it answering when the console's are busy.
 */
public final class AdminHttp implements AutoCloseable {

    private static final int THREADS = 6;

    private final InetSocketAddress address;
    private final Javalin server;

    /** @param address where to listen, port 0 for any free one */
    public AdminHttp(InetSocketAddress address, CentreParts parts) {
        this.address = address;
        CentreMetrics metrics = new CentreMetrics(parts);
        this.server = Javalin.create(config -> {
            config.startup.showJavalinBanner = false;
            config.startup.showOldJavalinVersionWarning = false;
            config.startup.startupWatcherEnabled = false;
            QueuedThreadPool threads = new QueuedThreadPool(THREADS, 2);
            threads.setName("admin");
            threads.setDaemon(true);
            config.jetty.threadPool = threads;
            config.jetty.modifyHttpConfiguration(http -> http.setSendServerVersion(false));
            config.jetty.modifyServer(server -> server.setHandler(new UnreadAnswers(null)));
            config.routes.get("/healthz", context -> text(context, 200, health(parts.chores())));
            config.routes.get("/readyz", context -> readiness(context, parts));
            config.routes.get("/metrics", context -> context.contentType("text/plain; version=0.0.4; charset=utf-8")
                    .result(metrics.page()));
        });
    }

    /**
     * What nobody would notice otherwise follows as alarms, a line each. The status stays 200: a process whose backup fails is of use,
     * and whoever watches the status would end it.
     */
    static String health(Chores chores) {
        StringBuilder words = new StringBuilder("ok");
        for (Chore each : Chore.values()) {
            Instant since = chores.of(each).failingSince();
            if (since != null) {
                words.append("\nalarm: ")
                        .append(each.words())
                        .append(" fails since ")
                        .append(since);
            }
        }
        return words.toString();
    }

    private static void readiness(Context context, CentreParts parts) {
        try {
            parts.database().check();
            text(context, 200, "ok");
        } catch (StoreUnavailable failed) {
            text(context, 503, "the database does not answer");
        }
    }

    private static void text(Context context, int status, String words) {
        context.status(status).contentType("text/plain; charset=utf-8").result(words + "\n");
    }

    /**
     * Begins to listen.
     *
     * @throws IOException if the address is taken or is not this machine's
     */
    public void start() throws IOException {
        try {
            server.start(address.getAddress().getHostAddress(), address.getPort());
        } catch (RuntimeException failed) {
            throw new IOException("Cannot listen on the admin address " + address + ": " + failed.getMessage(), failed);
        }
    }

    /** The port it listens on. */
    public int port() {
        return server.port();
    }

    @Override
    public void close() {
        server.stop();
    }
}
