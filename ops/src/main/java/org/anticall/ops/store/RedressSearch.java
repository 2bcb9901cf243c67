package org.anticall.ops.store;

import java.util.HashMap;
import java.util.Map;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;

/**
 * What to look for among allow entries or appeals; empty texts match everything.
 *
 * @param state {@code proposed}, {@code allowed}, {@code open}, {@code upheld}, …
 * @param number digits that the number begins with
 * @param before only those with a smaller id, {@link Long#MAX_VALUE} for the newest
 * @param most how many at most
 */
public record RedressSearch(String state, String number, long before, int most) {

    /** The bodies in {@code table} that match, newest first. */
    Query in(Handle handle, String table) {
        StringBuilder sql = new StringBuilder("SELECT body FROM " + table + " WHERE id < :before");
        Map<String, Object> values = new HashMap<>();
        values.put("before", before);
        if (!state.isEmpty()) {
            sql.append(" AND state = :state");
            values.put("state", state);
        }
        if (!number.isEmpty()) {
            sql.append(" AND number LIKE :number");
            values.put("number", number.replace("%", "").replace("_", "") + "%");
        }
        sql.append(" ORDER BY id DESC FETCH FIRST ").append(most).append(" ROWS ONLY");
        return handle.createQuery(sql.toString()).bindMap(values);
    }
}
