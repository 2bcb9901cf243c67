package org.anticall.ops.store;

import java.sql.SQLException;
import java.util.List;
import org.flywaydb.core.api.migration.BaseJavaMigration;
import org.flywaydb.core.api.migration.Context;

/** Makes the database refuse to change what allow entries and appeals have been, and what was found out. */
@SuppressWarnings("checkstyle:TypeName")
final class V21__append_only_redress extends BaseJavaMigration {

    @Override
    public void migrate(Context context) throws SQLException {
        AppendOnly.make(context.getConnection(), List.of("redress_version", "finding"));
    }
}
