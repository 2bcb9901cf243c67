package org.anticall.ops.store;

import static org.junit.jupiter.api.Assertions.assertThrows;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real PostgreSQL, started from its own programs; every test gets a database of its own. */
class PostgresStoreTest extends BackupStoreContract {

    private static final AtomicInteger COUNT = new AtomicInteger();
    private static EmbeddedPostgres server;

    @TempDir
    Path state;

    private String name;

    @BeforeAll
    static void startServer() throws IOException {
        server = EmbeddedPostgres.builder().setServerConfig("fsync", "off").start();
    }

    @AfterAll
    static void stopServer() throws IOException {
        server.close();
    }

    @Override
    Database open() throws SQLException {
        name = "centre" + COUNT.incrementAndGet();
        run("postgres", "CREATE DATABASE " + name);
        return Database.open(state, server.getJdbcUrl("postgres", name));
    }

    @Override
    String another() throws SQLException {
        String other = "centre" + COUNT.incrementAndGet();
        run("postgres", "CREATE DATABASE " + other);
        return server.getJdbcUrl("postgres", other);
    }

    @Override
    void tamper(String sql) throws SQLException {
        run(name, sql);
    }

    @Override
    void withoutProtection() throws SQLException {
        tamper("ALTER TABLE audit DISABLE TRIGGER ALL");
    }

    @Test
    void theTrailCannotBeTruncated() {
        database.audit().add(entry("one"));

        assertThrows(SQLException.class, () -> tamper("TRUNCATE audit"));
    }

    @Test
    void aBackupMovesFromH2ToPostgresAndBack() throws Exception {
        database.close();
        database = Database.open(files, "jdbc:h2:file:" + files.resolve("small"));
        moveTo(another());
        // Emptied again, as a new installation is.
        database.close();
        database = Database.open(files, another());
        moveTo("jdbc:h2:file:" + files.resolve("back"));
    }

    private static void run(String database, String sql) throws SQLException {
        try (Connection connection = server.getDatabase("postgres", database).getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
