package org.anticall.ops.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.flywaydb.core.api.migration.BaseJavaMigration;
import org.flywaydb.core.api.migration.Context;

/** Lets links of the trail go that a cut covers, and nothing else. Flyway reads version and title out of the name. */
@SuppressWarnings("checkstyle:TypeName")
final class V42__cut_trail extends BaseJavaMigration {

    private static final String FUNCTION = "CREATE OR REPLACE FUNCTION refuse_change_beyond_cut() RETURNS trigger AS $$"
            + " BEGIN IF TG_OP = 'DELETE' AND OLD.seq <= (SELECT COALESCE(MAX(seq), 0) FROM audit_cut) THEN RETURN OLD;"
            + " END IF; RAISE EXCEPTION 'rows of % are only added', TG_TABLE_NAME; END; $$ LANGUAGE plpgsql";

    @Override
    public void migrate(Context context) throws SQLException {
        Connection connection = context.getConnection();
        AppendOnly.make(connection, List.of("audit_cut"));
        boolean postgres = AppendOnly.isPostgres(connection);
        try (Statement statement = connection.createStatement()) {
            statement.execute("DROP TRIGGER audit_append_only" + (postgres ? " ON audit" : ""));
            if (postgres) {
                statement.execute(FUNCTION);
                statement.execute("CREATE TRIGGER audit_append_only BEFORE UPDATE OR DELETE ON audit"
                        + " FOR EACH ROW EXECUTE FUNCTION refuse_change_beyond_cut()");
            } else {
                statement.execute("CREATE TRIGGER audit_append_only BEFORE UPDATE, DELETE ON audit FOR EACH ROW CALL '"
                        + RefuseChangeBeyondCut.class.getName() + "'");
            }
        }
    }
}
