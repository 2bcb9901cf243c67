package org.anticall.ops.store;

import java.sql.SQLException;
import java.util.List;
import org.flywaydb.core.api.migration.BaseJavaMigration;
import org.flywaydb.core.api.migration.Context;

/** Makes the database refuse to change what orders and revisions have been. */
@SuppressWarnings("checkstyle:TypeName")
final class V5__append_only_orders extends BaseJavaMigration {

    @Override
    public void migrate(Context context) throws SQLException {
        AppendOnly.make(context.getConnection(), List.of("order_version", "scan", "revision", "gateway_report"));
    }
}
