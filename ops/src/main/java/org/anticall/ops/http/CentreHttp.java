package org.anticall.ops.http;

import com.github.benmanes.caffeine.cache.Ticker;
import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import io.javalin.config.RoutesConfig;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.anticall.ops.evidence.Archive;
import org.anticall.ops.publish.Shelf;
import org.anticall.ops.sip.ConsoleSeats;
import org.anticall.ops.sip.DeskServer;
import org.anticall.ops.store.Database;
import org.anticall.ops.store.StoreUnavailable;
import org.anticall.ops.trust.ServerKeys;
import org.eclipse.jetty.server.handler.EagerContentHandler;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The centre's web server: {@code /} console, {@code /api} REST and live events, {@code /records} for gateways,
 * {@code /healthz}.
 */
public final class CentreHttp implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(CentreHttp.class);

    private static final long MOST_API_BODY_BYTES = 64 * 1024;
    private static final int FRAME_BYTES = 64;
    private static final int MOST_THREADS = LiveApi.MOST_PAGES + BundlesApi.MOST_WAITING + 32;

    private final InetSocketAddress address;
    private final LiveApi live;
    private final Javalin server;
    private final Shelf shelf;
    private final LateTrail late;
    private final @Nullable HttpsConnector https;

    /**
     * A server that does not listen yet.
     *
     * @param address where to listen, port 0 for any free one
     */
    public CentreHttp(InetSocketAddress address, CentreParts parts) {
        this(address, null, true, parts);
    }

    /**
     * A server that does not listen yet.
     *
     * @param keys what it shows over HTTPS, null for plain HTTP
     * @param servesGateways whether gateways come here too
     */
    public CentreHttp(InetSocketAddress address, @Nullable ServerKeys keys, boolean servesGateways, CentreParts parts) {
        this.https = keys == null ? null : new HttpsConnector(keys, false);
        this.address = address;
        Database database = parts.database();
        Clock clock = parts.clock();
        Sessions sessions =
                Sessions.kept(clock, Ticker.systemTicker(), new KeptSessions(parts.sessions()), database.accounts());
        TokenSessions tokens = new TokenSessions(database.apiTokens(), database.accounts(), clock);
        Gate gate = new Gate(sessions, tokens, new RequestLimit(Ticker.systemTicker()));
        ConsolePages pages = new ConsolePages();
        SecurityHeaders headers = new SecurityHeaders(pages.importMapHash());
        this.live = new LiveApi(parts.board(), parts.lines(), gate);
        this.late = new LateTrail(database.audit());
        this.shelf = parts.publishing().shelf();
        this.server = Javalin.create(config -> {
            settings(config, new QueuedThreadPool(MOST_THREADS, 4));
            HttpsConnector secure = https;
            if (secure != null) {
                config.jetty.addConnector((jetty, http) -> secure.on(jetty, http, address));
            }
            config.routes.before(headers::on);
            pages.addTo(config.routes);
            open(config.routes, parts, sessions, gate);
            if (servesGateways) {
                gateways(config.routes, parts);
            }
            config.routes.get("/api/openapi.json", OpenApi::send);
            config.routes.get("/healthz", context -> {
                database.check();
                Answers.send(context, 200, Map.of("status", "ok"));
            });
        });
    }

    /** Opens the doors of the interface. */
    private void open(RoutesConfig routes, CentreParts parts, Sessions sessions, Gate gate) {
        Database database = parts.database();
        Trail trail = new Trail(parts.clock());
        Looks looks = new Looks(database.audit(), parts.board(), parts.desk(), trail, parts.clock());
        Doors doors = new Doors(routes, gate);
        SignIn signIn = new SignIn(database.accounts(), parts.secondFactorFor(), trail, parts.clock());
        SignInLimit limit = new SignInLimit(Ticker.systemTicker());
        SessionApi sessionApi = new SessionApi(signIn, sessions, limit, gate, parts.clock());
        sessionApi.addTo(routes);
        new OidcApi(parts.provider(), database.accounts(), sessionApi, gate, trail, parts.clock()).addTo(routes);
        new OwnAccountApi(database.accounts(), database.apiTokens(), sessions, limit, gate, trail, parts.clock())
                .addTo(routes);
        new PeopleApi(database.people(), database.accounts(), sessions, limit, looks, trail, parts.clock())
                .addTo(doors);
        new HealthApi(parts.desk(), parts.recordings(), parts.publishing()).addTo(doors);
        new CallsApi(parts.board(), parts.desk(), late, trail).addTo(doors);
        DeskServer desk = parts.deskServer();
        ConsoleSeats seats = desk == null ? null : desk.consoleSeats();
        new RecordingsApi(
                        parts.recordings(),
                        parts.recordingsKept(),
                        database.deskCalls(),
                        database.retention(),
                        database.audit(),
                        looks)
                .addTo(doors);
        new SupervisionApi(desk, database.audit(), trail).addTo(doors);
        new SeatApi(seats, parts.lines(), late, trail).addTo(doors);
        new TestCallApi(parts.desk()).addTo(doors);
        new PaperApi(parts.board(), database.dispositions(), seats, looks, trail, parts.clock()).addTo(doors);
        new CampaignsApi(database.dispositions(), parts.clock()).addTo(doors);
        new ShiftApi(parts.board(), database.shiftPapers(), looks, trail, parts.clock()).addTo(doors);
        new RecordsApi(
                        new Archive(database.records()),
                        database.deskCalls(),
                        database.retention(),
                        database.audit(),
                        looks,
                        trail)
                .addTo(doors);
        new AuditApi(database.audit(), parts.signer(), looks, trail, parts.clock()).addTo(doors);
        new OrdersApi(
                        database.orders(),
                        database.breadth(),
                        database.scans(),
                        database.numberLists(),
                        trail,
                        parts.clock())
                .addTo(doors);
        new ImportApi(database.orders(), trail, parts.clock()).addTo(doors);
        new ImportStepsApi(database.orders(), database.breadth(), database.scans(), trail, parts.clock()).addTo(doors);
        new ManagedListsApi(database.numberLists(), looks, trail, parts.clock()).addTo(doors);
        new ScansApi(database.scans(), database.orders(), looks, trail).addTo(doors);
        CentreParts.Publishing made = parts.publishing();
        new PublishApi(made.publisher(), database.revisions(), made.roster()).addTo(doors);
        new EmergencyApi(
                        database.orders(),
                        database.breadth(),
                        database.shiftPapers(),
                        made.publisher(),
                        database.revisions(),
                        trail,
                        parts.clock())
                .addTo(doors);
        new TrialApi(made.publisher(), database.orders(), new Archive(database.records()), looks, parts.clock())
                .addTo(doors);
        new ListsApi(made.publisher(), database.revisions(), looks, parts.clock()).addTo(doors);
        new PrecisionApi(database.findings(), database.orders(), parts.clock()).addTo(doors);
        new AllowApi(
                        database.allowEntries(),
                        database.findings(),
                        made.publisher(),
                        new Archive(database.records()),
                        looks,
                        trail,
                        parts.clock())
                .addTo(doors);
        new AppealsApi(
                        database.appeals(),
                        database.records(),
                        made.publisher(),
                        made.time(),
                        looks,
                        trail,
                        parts.clock())
                .addTo(doors);
        live.addTo(doors);
    }

    private static void gateways(RoutesConfig routes, CentreParts parts) {
        CentreParts.Publishing made = parts.publishing();
        new IntakeApi(parts.intake(), parts.recordsToken()).addTo(routes);
        new BundlesApi(made.shelf(), made.roster(), parts.recordsToken(), parts.clock()).addTo(routes);
    }

    /**
     * Begins to listen.
     *
     * @throws IOException if the address is taken or is not this machine's
     */
    public void start() throws IOException {
        try {
            if (https == null) {
                server.start(address.getAddress().getHostAddress(), address.getPort());
            } else {
                server.start();
            }
        } catch (RuntimeException failed) {
            throw new IOException("Cannot listen for HTTP on " + text(address) + ": " + rootMessage(failed), failed);
        }
    }

    /** New connections are shown these keys from now on; only for a server that has some. */
    public void exchange(ServerKeys keys) throws IOException {
        if (https != null) {
            https.exchange(keys);
        }
    }

    /** The port it listens on. */
    public int port() {
        return server.port();
    }

    /** Methods and paths of all handlers, {@code GET /api/calls}. */
    public Set<String> routes() {
        Set<String> routes = new TreeSet<>();
        server.unsafe.internalRouter.allHttpHandlers().forEach(each -> {
            if (each.endpoint.method.isHttpMethod()) {
                routes.add(each.endpoint.method.name() + " " + each.endpoint.path);
            }
        });
        return routes;
    }

    @Override
    public void close() {
        live.stop();
        shelf.close();
        server.stop();
        late.close();
    }

    static void settings(JavalinConfig config, QueuedThreadPool threads) {
        config.startup.showJavalinBanner = false;
        config.startup.showOldJavalinVersionWarning = false;
        config.startup.startupWatcherEnabled = false;
        config.http.maxRequestSize = MOST_API_BODY_BYTES;
        config.http.prefer405over404 = true;
        threads.setName("http");
        threads.setDaemon(true);
        config.jetty.threadPool = threads;
        config.jetty.modifyHttpConfiguration(http -> {
            http.setSendServerVersion(false);
            http.setSendXPoweredBy(false);
        });
        // The beginning of a body is read before a thread is given to it, and answers wait without one: who sends or
        // reads slowly, or never, holds none.
        config.jetty.modifyServer(server -> server.setHandler(new UnreadAnswers(new EagerContentHandler(
                new EagerContentHandler.RetainedContentLoaderFactory(MOST_API_BODY_BYTES, FRAME_BYTES, false)))));
        config.routes.exception(Refused.class, (refused, context) -> refused.answer(context));
        config.routes.exception(StoreUnavailable.class, (failed, context) -> {
            LOG.atError().log("database: {}", failed.getMessage());
            context.header("Retry-After", "2");
            Answers.error(context, 503, "database", "The database does not answer; try again.");
        });
        config.routes.exception(EOFException.class, (gone, context) -> {
            LOG.atWarn().addKeyValue("path", context.path()).log("a request ended before all of it was there");
            Answers.error(context, 400, "cut-off", "The request ended before all of it was there; nothing was done.");
        });
        config.routes.exception(Exception.class, (failed, context) -> {
            LOG.atError().addKeyValue("path", context.path()).setCause(failed).log("request failed");
            Answers.error(context, 500, "internal", "This request failed; the centre's log tells why.");
        });
    }

    private static String text(InetSocketAddress address) {
        return address.getAddress().getHostAddress() + ":" + address.getPort();
    }

    private static String rootMessage(Throwable thrown) {
        Throwable root = thrown;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        String message = String.valueOf(root.getMessage());
        return message.contains("already in use") ? "the port is taken" : message;
    }
}
