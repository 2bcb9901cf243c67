package org.anticall.ops.store;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;

/** Who looked at whose personal data. Entries are added and never changed. */
public final class AccessLog {

    /**
     * One look.
     *
     * @param account who looked
     * @param address from where, as text
     * @param subject id of the decision record that was looked at
     * @param lookedAt what was shown: {@code receipt} or {@code numbers}
     */
    public record Look(Instant at, String account, String address, String subject, String lookedAt) {}

    private final Database database;

    AccessLog(Database database) {
        this.database = database;
    }

    /**
     * Writes down a look. Call it before anything is shown: what cannot be written down is not shown.
     *
     * @throws StoreUnavailable if the database refuses
     */
    public void add(Look look) {
        database.inTransaction(handle -> handle.createUpdate("INSERT INTO access_log (at, account, address, subject,"
                        + " looked_at) VALUES (:at, :account, :address, :subject, :what)")
                .bind("at", look.at().atOffset(ZoneOffset.UTC))
                .bind("account", look.account())
                .bind("address", look.address())
                .bind("subject", look.subject())
                .bind("what", look.lookedAt())
                .execute());
    }

    /** All looks at {@code subject}, oldest first. */
    public List<Look> of(String subject) {
        return database.inTransaction(handle -> handle.createQuery(
                        "SELECT at, account, address, subject, looked_at FROM access_log WHERE subject = :subject"
                                + " ORDER BY id")
                .bind("subject", subject)
                .map((row, context) -> new Look(
                        row.getObject("at", OffsetDateTime.class).toInstant(),
                        row.getString("account"),
                        row.getString("address"),
                        row.getString("subject"),
                        row.getString("looked_at")))
                .list());
    }
}
