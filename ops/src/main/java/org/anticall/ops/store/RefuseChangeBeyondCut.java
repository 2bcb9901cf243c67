package org.anticall.ops.store;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.h2.api.Trigger;
import org.jspecify.annotations.Nullable;

/** H2's trigger on the trail: links up to the newest cut can be deleted. Public because H2 makes it by its name. */
public final class RefuseChangeBeyondCut implements Trigger {

    @Override
    public void fire(Connection connection, @Nullable Object[] before, @Nullable Object[] after) throws SQLException {
        if (after == null && before != null && before[0] instanceof Long seq && seq <= cut(connection)) {
            return;
        }
        throw new SQLException("rows of this table are only added");
    }

    private static long cut(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT COALESCE(MAX(seq), 0) FROM audit_cut")) {
            row.next();
            return row.getLong(1);
        }
    }
}
