package org.anticall.ops.store;

import java.sql.SQLException;
import java.util.List;
import org.flywaydb.core.api.migration.BaseJavaMigration;
import org.flywaydb.core.api.migration.Context;

/**
 * Makes the database itself refuse to change or delete what is only ever added. Java, because triggers are the one thing
 * that H2 and PostgreSQL write differently. Flyway reads version and title out of the name.
 */
@SuppressWarnings("checkstyle:TypeName")
final class V3__append_only_trail extends BaseJavaMigration {

    @Override
    public void migrate(Context context) throws SQLException {
        AppendOnly.make(context.getConnection(), List.of("audit", "audit_head"));
    }
}
