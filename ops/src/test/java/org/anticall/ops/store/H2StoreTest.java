package org.anticall.ops.store;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.io.TempDir;

/** The embedded database. */
class H2StoreTest extends BackupStoreContract {

    @TempDir
    Path state;

    private String url;

    @Override
    Database open() {
        url = "jdbc:h2:file:" + state.resolve("centre") + ";DB_CLOSE_DELAY=-1;LOCK_TIMEOUT=10000";
        return Database.open(state, url);
    }

    @Override
    String another() {
        return "jdbc:h2:file:" + state.resolve("another") + ";DB_CLOSE_DELAY=-1;LOCK_TIMEOUT=10000";
    }

    @Override
    void tamper(String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection(url);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    @Override
    void withoutProtection() throws SQLException {
        tamper("DROP TRIGGER audit_append_only");
    }
}
