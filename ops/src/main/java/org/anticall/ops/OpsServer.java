package org.anticall.ops;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import org.anticall.ops.audit.HeadSigner;
import org.anticall.ops.config.KeyFile;
import org.anticall.ops.config.OpsConfig;
import org.anticall.ops.config.Secret;
import org.anticall.ops.desk.DeskCall;
import org.anticall.ops.desk.DeskListener;
import org.anticall.ops.desk.SeatStatus;
import org.anticall.ops.evidence.Archive;
import org.anticall.ops.evidence.CallBoard;
import org.anticall.ops.evidence.DeskCounts;
import org.anticall.ops.evidence.DeskMemory;
import org.anticall.ops.evidence.RecordIntake;
import org.anticall.ops.http.AdminHttp;
import org.anticall.ops.http.CentreHttp;
import org.anticall.ops.http.CentreParts;
import org.anticall.ops.http.Chores;
import org.anticall.ops.http.Chores.Chore;
import org.anticall.ops.http.FirstAccounts;
import org.anticall.ops.http.FirstAccounts.NewAccount;
import org.anticall.ops.http.SeatLines;
import org.anticall.ops.oidc.OidcProvider;
import org.anticall.ops.oidc.OidcSettings;
import org.anticall.ops.publish.Breaker;
import org.anticall.ops.publish.BundleKeys;
import org.anticall.ops.publish.PublishRefused;
import org.anticall.ops.publish.Publisher;
import org.anticall.ops.publish.Roster;
import org.anticall.ops.publish.Shelf;
import org.anticall.ops.redress.WorkingTime;
import org.anticall.ops.sip.KeptCalls;
import org.anticall.ops.store.Database;
import org.anticall.ops.store.StoreUnavailable;
import org.anticall.rules.RuleSource;
import org.anticall.rules.record.DecisionRecord;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The running centre: database, board, desk, web server. {@link #start} brings up all of it or nothing; {@link #close}
 * takes it down in the reverse order and can be called from any thread, more than once.
 */
public final class OpsServer implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(OpsServer.class);

    /** Calls of earlier runs that the board begins with. */
    private static final int RECALLED_CALLS = 200;

    private static final Duration TURN_PATIENCE = Duration.ofSeconds(5);

    private final Deque<AutoCloseable> parts = new ArrayDeque<>();
    private final CallBoard board = new CallBoard();
    private final Chores chores = new Chores();
    private final DeskCounts deskCounts = new DeskCounts();
    private final InetSocketAddress httpAddress;
    private final DeskParts desk;
    private final int adminPort;
    private final boolean secure;
    private final int gatewayPort;
    private final DeskListener deskListener;
    private final List<NewAccount> newAccounts;
    private final CentreHttp http;

    /**
     * Starts the centre.
     *
     * @throws StartFailure if the database cannot be used or an address is taken; nothing is left running then
     */
    public static OpsServer start(OpsConfig config) throws StartFailure {
        return new OpsServer(config, Clock.systemUTC());
    }

    private OpsServer(OpsConfig config, Clock clock) throws StartFailure {
        try {
            Database database = opened(open(config));
            KeptCalls kept = opened(new KeptCalls(config.state().resolve("desk")));
            recall(database, kept.recordIds(), clock);
            deskListener = new Everybody(List.of(board, deskCounts, opened(new DeskMemory(database.deskCalls()))));
            RecordIntake intake = new RecordIntake(database.records(), clock, board::recorded);
            SeatLines lines = new SeatLines();
            desk = opened(DeskParts.start(config.desk(), config.state(), lines, kept, deskListener));
            HeadSigner signer = new HeadSigner(KeyFile.openOrMake(config.state().resolve("keys/audit.key")));
            round(Chore.AUDIT_HEAD, 1, 60, new DailyHead(database.audit(), signer, clock)::signIfDue, clock);
            RetentionRound retention = new RetentionRound(
                    database,
                    desk.recordings(),
                    signer,
                    config.authority().keeping().retention(),
                    clock);
            round(Chore.RETENTION, 60, 3_600, retention::forget, clock);
            OpsConfig.Backups backups = config.authority().keeping().backups();
            if (backups != null) {
                BackupRound backup = new BackupRound(database, config.state().resolve("keys"), backups, clock);
                round(Chore.BACKUP, 60, 60, backup::backUpIfDue, clock);
            }
            CentreParts served = new CentreParts(
                    database,
                    board,
                    intake,
                    config.recordsToken(),
                    desk,
                    desk.server(),
                    desk.recordings(),
                    config.authority().keeping().retention().recordings(),
                    lines,
                    signer,
                    config.people().secondFactorFor(),
                    publishing(config, database, clock),
                    deskCounts,
                    chores,
                    provider(config),
                    config.state().resolve("sessions.json"),
                    clock);
            secure = config.exposure().tls() != null;
            TransportDoors doors = new TransportDoors(config, clock);
            http = opened(doors.console(served));
            http.start();
            gatewayPort = doors.openForGateways(served, this::opened);
            opened(doors);
            InetSocketAddress adminAddress = config.exposure().admin();
            if (adminAddress != null) {
                AdminHttp admin = opened(new AdminHttp(adminAddress, served));
                admin.start();
                adminPort = admin.port();
            } else {
                adminPort = 0;
            }
            // Last: their passwords are told once, and a start that fails tells nothing.
            newAccounts = FirstAccounts.createIn(database, clock.instant());
            httpAddress = new InetSocketAddress(config.http().getAddress(), http.port());
        } catch (StoreUnavailable | IOException failed) {
            close();
            throw new StartFailure(String.valueOf(failed.getMessage()), failed);
        }
    }

    private CentreParts.Publishing publishing(OpsConfig config, Database database, Clock clock)
            throws IOException, StartFailure {
        OpsConfig.Authority authority = config.authority();
        Path policy = authority.policy();
        BundleKeys keys = BundleKeys.openOrMake(config.state().resolve("keys"));
        Shelf shelf = new Shelf();
        Publisher publisher = new Publisher(
                authority.home(),
                policy == null ? RuleSource.reference(authority.home()) : RuleSource.file(policy),
                keys,
                database,
                shelf,
                clock);
        try {
            publisher.begin();
        } catch (PublishRefused refused) {
            throw new StartFailure(refused.getMessage() + " " + String.join("; ", refused.problems()), refused);
        }
        Breaker breaker = new Breaker(database.orders(), database.ruleHours(), publisher, clock);
        AuthorityRound round = new AuthorityRound(database.orders(), publisher, breaker, clock);
        round(Chore.AUTHORITY, 1, 10, round::look, clock);
        return new CentreParts.Publishing(
                publisher,
                shelf,
                new Roster(database.revisions(), clock),
                WorkingTime.of(authority.home()).withHolidays(authority.holidays()));
    }

    private void round(Chore chore, int firstSeconds, int everySeconds, Round.Work work, Clock clock) {
        opened(new Round(
                chore, Duration.ofSeconds(firstSeconds), Duration.ofSeconds(everySeconds), work, chores, clock));
    }

    private static @Nullable OidcProvider provider(OpsConfig config) {
        OidcSettings settings = config.people().oidc();
        return settings == null ? null : new OidcProvider(settings);
    }

    private static Database open(OpsConfig config) {
        OpsConfig.DatabaseAddress address = config.database();
        if (address == null) {
            return Database.open(config.state(), null);
        }
        Secret password = address.password();
        return Database.open(config.state(), address.url(), address.user(), password == null ? null : password.value());
    }

    /** Where console and interface are served; the port is the real one if the configuration left it open. */
    public InetSocketAddress httpAddress() {
        return httpAddress;
    }

    /** Port of the admin address, 0 for a centre without one. */
    public int adminPort() {
        return adminPort;
    }

    /** Port of the gateways' door, 0 for a centre that has none of its own for them. */
    public int gatewayPort() {
        return gatewayPort;
    }

    /** Whether console and interface are served over HTTPS. */
    public boolean isSecure() {
        return secure;
    }

    /** UDP port where the desk hears gateways and phones, 0 for a centre without a desk. */
    public int deskPort() {
        return desk.port();
    }

    /** Whether the desk still handles calls; takes up to five seconds to find out. */
    public boolean isAlive() {
        return desk.turns(TURN_PATIENCE);
    }

    /** The accounts that this start has made, with passwords that are kept nowhere; empty but for the first start. */
    public List<NewAccount> newAccounts() {
        return newAccounts;
    }

    /** The diverted calls and seats as the console shows them. */
    public CallBoard board() {
        return board;
    }

    /** Methods and paths that are served, {@code GET /api/calls}. */
    public Set<String> routes() {
        return http.routes();
    }

    /** What hears of every change at the desk: board and memory. */
    DeskListener deskListener() {
        return deskListener;
    }

    @Override
    public synchronized void close() {
        List<AutoCloseable> latestFirst = new ArrayList<>(parts);
        parts.clear();
        for (AutoCloseable part : latestFirst) {
            try {
                part.close();
            } catch (Exception failed) {
                LOG.atWarn()
                        .addKeyValue("part", part.getClass().getSimpleName())
                        .setCause(failed)
                        .log("did not stop as it should");
            }
        }
    }

    private synchronized <T extends AutoCloseable> T opened(T part) {
        parts.push(part);
        return part;
    }

    /** Tells several listeners, in their order. */
    private record Everybody(List<DeskListener> listeners) implements DeskListener {
        @Override
        public void changed(DeskCall call) {
            listeners.forEach(each -> each.changed(call));
        }

        @Override
        public void changed(SeatStatus seat) {
            listeners.forEach(each -> each.changed(seat));
        }
    }

    /** The board begins with what the last run knew. */
    private void recall(Database database, Set<String> goOn, Clock clock) {
        List<DecisionRecord> oldestFirst =
                new ArrayList<>(new Archive(database.records()).latest("divert", RECALLED_CALLS));
        Collections.reverse(oldestFirst);
        oldestFirst.forEach(board::recorded);
        DeskMemory.recall(database.deskCalls(), RECALLED_CALLS, goOn, clock.instant())
                .forEach(board::changed);
    }
}
