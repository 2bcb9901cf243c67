package org.anticall.ops.store;

import java.sql.Connection;
import java.sql.SQLException;
import org.h2.api.Trigger;
import org.jspecify.annotations.Nullable;

/** H2's trigger on tables whose rows are only added. Public because H2 makes it by its name. */
public final class RefuseChange implements Trigger {

    @Override
    public void fire(Connection connection, @Nullable Object[] before, @Nullable Object[] after) throws SQLException {
        throw new SQLException("rows of this table are only added");
    }
}
