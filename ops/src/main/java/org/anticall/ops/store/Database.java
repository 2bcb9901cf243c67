package org.anticall.ops.store;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import org.anticall.ops.audit.AuditEntry;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationVersion;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.jspecify.annotations.Nullable;

/**
 * The open database, migrated to what this version needs. One process at a time opens the embedded one. Thread-safe.
 */
public final class Database implements AutoCloseable {

    private static final int MOST_CONNECTIONS = 8;

    /** SQLSTATE of a broken UNIQUE or PRIMARY KEY, the same in every database. */
    private static final String UNIQUE_VIOLATION = "23505";

    private final String place;
    private final HikariDataSource pool;
    private final Jdbi jdbi;
    private final Pulse pulse;

    private Database(String place, HikariDataSource pool) {
        this.place = place;
        this.pool = pool;
        this.jdbi = Jdbi.create(pool);
        this.pulse = new Pulse(
                place,
                () -> inTransaction(handle ->
                        handle.createQuery("SELECT 1").mapTo(Integer.class).one()));
    }

    /**
     * Opens the database and brings its tables up to date.
     *
     * @param state directory of the embedded database, made if it is not there
     * @param url JDBC URL of another database, null for the embedded one
     * @throws StoreUnavailable if it cannot be opened or written
     */
    public static Database open(Path state, @Nullable String url) {
        return open(state, url, null, null);
    }

    /**
     * Opens the database and brings its tables up to date.
     *
     * @param state directory of the embedded database, made if it is not there
     * @param url JDBC URL of another database, null for the embedded one
     * @param user user of that database, null if the URL names it
     * @param password the user's password, null if the URL names it or there is none
     * @throws StoreUnavailable if it cannot be opened or written
     */
    public static Database open(Path state, @Nullable String url, @Nullable String user, @Nullable String password) {
        return open(state, url, user, password, MigrationVersion.LATEST);
    }

    /**
     * Opens a database that a backup is to be restored into: its tables are as old as the backup. Opening it again brings them
     * up to date.
     *
     * @param schema version of the backup's tables
     * @throws StoreUnavailable if it cannot be opened or written
     */
    public static Database openForRestore(
            Path state, @Nullable String url, @Nullable String user, @Nullable String password, String schema) {
        return open(state, url, user, password, MigrationVersion.fromVersion(schema));
    }

    private static Database open(
            Path state,
            @Nullable String url,
            @Nullable String user,
            @Nullable String password,
            MigrationVersion target) {
        String place = url == null ? "in " + state : url.replaceFirst("\\?.*", "");
        try {
            if (url == null) {
                Files.createDirectories(state);
            }
        } catch (IOException failed) {
            throw StoreUnavailable.of(place, failed);
        }
        HikariDataSource pool = pool(url == null ? embedded(state) : url, user, password);
        try {
            pool.getConnection().close();
            migrate(pool, target);
        } catch (SQLException | FlywayException failed) {
            pool.close();
            throw StoreUnavailable.of(place, failed);
        }
        return new Database(place, pool);
    }

    public Accounts accounts() {
        return new Accounts(this);
    }

    public Records records() {
        return new Records(this);
    }

    public Dispositions dispositions() {
        return new Dispositions(this);
    }

    public ShiftPapers shiftPapers() {
        return new ShiftPapers(this);
    }

    public DeskCalls deskCalls() {
        return new DeskCalls(this);
    }

    public People people() {
        return new People(this);
    }

    public ApiTokens apiTokens() {
        return new ApiTokens(this);
    }

    public Orders orders() {
        return new Orders(this);
    }

    public NumberLists numberLists() {
        return new NumberLists(this);
    }

    public Scans scans() {
        return new Scans(this);
    }

    public BreadthCount breadth() {
        return new BreadthCount(this);
    }

    public RuleHours ruleHours() {
        return new RuleHours(this);
    }

    public Revisions revisions() {
        return new Revisions(this);
    }

    public AllowEntries allowEntries() {
        return new AllowEntries(this);
    }

    public Appeals appeals() {
        return new Appeals(this);
    }

    public Findings findings() {
        return new Findings(this);
    }

    public Retention retention() {
        return new Retention(this);
    }

    public AuditTrail audit() {
        return new AuditTrail(this);
    }

    /**
     * Asks the database for an answer, for three seconds at most.
     *
     * @throws StoreUnavailable if there is none
     */
    public void check() {
        pulse.check();
    }

    /** Writes what is still in memory and lets go of the files. */
    @Override
    public void close() {
        pulse.close();
        pool.close();
    }

    /** One piece of work on a connection of its own. */
    interface Errand<T> {
        T on(Connection connection) throws SQLException, IOException;
    }

    /**
     * Runs {@code errand} on a connection of its own; what it does not commit is taken back.
     *
     * @throws IOException what the errand throws
     * @throws StoreUnavailable if the database refuses
     */
    <T> T onConnection(Errand<T> errand) throws IOException {
        try (Connection connection = pool.getConnection()) {
            return errand.on(connection);
        } catch (SQLException failed) {
            throw StoreUnavailable.of(place, failed);
        }
    }

    /** One piece of work on the database. */
    interface Work<T> {
        T on(org.jdbi.v3.core.Handle handle);
    }

    /**
     * Runs {@code work} in one transaction.
     *
     * @throws StoreUnavailable if the database refuses; nothing of the work is kept then
     */
    <T> T inTransaction(Work<T> work) {
        try {
            return jdbi.inTransaction(work::on);
        } catch (JdbiException failed) {
            if (failed.getCause() instanceof SQLException sql && UNIQUE_VIOLATION.equals(sql.getSQLState())) {
                throw new AlreadyThere(failed);
            }
            throw StoreUnavailable.of(place, failed);
        }
    }

    /**
     * Runs {@code work} and adds {@code entry} to the trail, in one transaction.
     *
     * @throws StoreUnavailable if the database refuses; neither is kept then
     */
    <T> T audited(AuditEntry entry, Work<T> work) {
        return inTransaction(handle -> {
            T result = work.on(handle);
            AuditTrail.append(handle, entry);
            return result;
        });
    }

    private static String embedded(Path state) {
        // A connection that ends must not close the database: the pool opens and ends them as it likes. What is
        // committed is
        // written at once: a revision that gateways have taken must not be forgotten by a centre that was killed.
        return "jdbc:h2:file:" + state.toAbsolutePath().resolve("centre") + ";DB_CLOSE_DELAY=-1;DB_CLOSE_ON_EXIT=FALSE"
                + ";LOCK_TIMEOUT=10000;WRITE_DELAY=0";
    }

    private static HikariDataSource pool(String url, @Nullable String user, @Nullable String password) {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(url);
        config.setUsername(user);
        config.setPassword(password);
        config.setPoolName("centre");
        config.setMaximumPoolSize(MOST_CONNECTIONS);
        config.setMinimumIdle(1);
        config.setConnectionTimeout(Duration.ofSeconds(5).toMillis());
        config.setInitializationFailTimeout(-1);
        return new HikariDataSource(config);
    }

    private static void migrate(HikariDataSource pool, MigrationVersion target) {
        Flyway.configure(Database.class.getClassLoader())
                .dataSource(pool)
                .locations("classpath:org/anticall/ops/store/migration")
                .javaMigrations(
                        new V3__append_only_trail(),
                        new V5__append_only_orders(),
                        new V21__append_only_redress(),
                        new V42__cut_trail())
                .target(target)
                .validateMigrationNaming(true)
                .load()
                .migrate();
    }
}
