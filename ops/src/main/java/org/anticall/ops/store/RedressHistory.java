package org.anticall.ops.store;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import org.anticall.ops.audit.AuditEntry;
import org.jdbi.v3.core.Handle;

/** Every version of allow entries and appeals with its link of the trail. Rows are only added. */
public final class RedressHistory {

    private RedressHistory() {}

    /**
     * How a version came about.
     *
     * @param action what was done, {@code appeal.answer}
     */
    public record Step(long version, Instant at, String account, String action, String why) {}

    /** Keeps a version and adds its link, as the last thing of the transaction. The subject becomes {@code kind id}. */
    static void keep(Handle handle, String kind, long id, long version, String state, String body, AuditEntry entry) {
        handle.createUpdate(
                        "INSERT INTO redress_version (kind, id, version, at, account, action, why, body) VALUES (:kind,"
                                + " :id, :version, :at, :account, :action, :why, :body)")
                .bind("kind", kind)
                .bind("id", id)
                .bind("version", version)
                .bind("at", entry.at().atOffset(ZoneOffset.UTC))
                .bind("account", entry.who().account())
                .bind("action", entry.action())
                .bind("why", entry.why())
                .bind("body", body)
                .execute();
        String details = "{\"version\":" + version + ",\"state\":\"" + state + "\"}";
        AuditTrail.append(
                handle, new AuditEntry(entry.at(), entry.who(), entry.action(), kind + " " + id, details, entry.why()));
    }

    /** All steps, oldest first. */
    static List<Step> of(Handle handle, String kind, long id) {
        return handle.createQuery(
                        "SELECT version, at, account, action, why FROM redress_version WHERE kind = :kind AND id ="
                                + " :id ORDER BY version")
                .bind("kind", kind)
                .bind("id", id)
                .map((row, context) -> new Step(
                        row.getLong("version"),
                        row.getObject("at", OffsetDateTime.class).toInstant(),
                        row.getString("account"),
                        row.getString("action"),
                        row.getString("why")))
                .list();
    }
}
