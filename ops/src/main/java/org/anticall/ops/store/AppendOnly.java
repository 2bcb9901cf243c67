package org.anticall.ops.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/** Tables whose rows the database itself refuses to change or delete. */
final class AppendOnly {

    private static final String FUNCTION = "CREATE OR REPLACE FUNCTION refuse_change() RETURNS trigger AS $$ BEGIN"
            + " RAISE EXCEPTION 'rows of % are only added', TG_TABLE_NAME; END; $$ LANGUAGE plpgsql";

    private AppendOnly() {}

    static boolean isPostgres(Connection connection) throws SQLException {
        return connection.getMetaData().getDatabaseProductName().equals("PostgreSQL");
    }

    static void make(Connection connection, List<String> tables) throws SQLException {
        boolean postgres = isPostgres(connection);
        try (Statement statement = connection.createStatement()) {
            if (postgres) {
                statement.execute(FUNCTION);
            }
            for (String table : tables) {
                if (postgres) {
                    statement.execute("CREATE TRIGGER " + table + "_append_only BEFORE UPDATE OR DELETE ON " + table
                            + " FOR EACH ROW EXECUTE FUNCTION refuse_change()");
                    statement.execute("CREATE TRIGGER " + table + "_no_truncate BEFORE TRUNCATE ON " + table
                            + " FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()");
                } else {
                    statement.execute("CREATE TRIGGER " + table + "_append_only BEFORE UPDATE, DELETE ON " + table
                            + " FOR EACH ROW CALL '" + RefuseChange.class.getName() + "'");
                }
            }
        }
    }
}
