package org.anticall.ops.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.anticall.ops.audit.AuditEntry;
import org.anticall.ops.people.ApiToken;
import org.anticall.ops.people.Permission;
import org.jdbi.v3.core.statement.StatementContext;

/** Tokens of programs. A withdrawn one stays, withdrawn. */
public final class ApiTokens {

    private final Database database;

    ApiTokens(Database database) {
        this.database = database;
    }

    public void add(ApiToken token, AuditEntry entry) {
        database.audited(entry, handle -> handle.createUpdate("INSERT INTO api_token (id, account, name, scopes, hash,"
                        + " created_at, expires_at) VALUES (:id, :account, :name, :scopes, :hash, :created, :expires)")
                .bind("id", token.id())
                .bind("account", token.account())
                .bind("name", token.name())
                .bind("scopes", token.scopes().stream().map(Permission::text).collect(Collectors.joining(" ")))
                .bind("hash", token.hash())
                .bind("created", token.createdAt().atOffset(ZoneOffset.UTC))
                .bind("expires", token.expiresAt().atOffset(ZoneOffset.UTC))
                .execute());
    }

    public Optional<ApiToken> find(String id) {
        return database.inTransaction(handle -> handle.createQuery("SELECT * FROM api_token WHERE id = :id")
                .bind("id", id)
                .map(ApiTokens::token)
                .findOne());
    }

    /** Tokens of an account, newest first. */
    public List<ApiToken> of(String account) {
        return database.inTransaction(handle -> handle.createQuery(
                        "SELECT * FROM api_token WHERE account = :account ORDER BY created_at DESC, id")
                .bind("account", account)
                .map(ApiTokens::token)
                .list());
    }

    /** Withdraws a token. Whether there was one to withdraw. */
    public boolean revoke(String id, String account, AuditEntry entry) {
        return database.inTransaction(handle -> {
            boolean revoked = handle.createUpdate("UPDATE api_token SET revoked_at = :at WHERE id = :id AND"
                                    + " account = :account AND revoked_at IS NULL")
                            .bind("at", entry.at().atOffset(ZoneOffset.UTC))
                            .bind("id", id)
                            .bind("account", account)
                            .execute()
                    == 1;
            if (revoked) {
                AuditTrail.append(handle, entry);
            }
            return revoked;
        });
    }

    private static ApiToken token(ResultSet row, StatementContext context) throws SQLException {
        Set<Permission> scopes = Stream.of(row.getString("scopes").split(" ", -1))
                .flatMap(each -> Permission.of(each).stream())
                .collect(Collectors.toUnmodifiableSet());
        OffsetDateTime revoked = row.getObject("revoked_at", OffsetDateTime.class);
        return new ApiToken(
                row.getString("id"),
                row.getString("account"),
                row.getString("name"),
                scopes,
                row.getString("hash"),
                row.getObject("created_at", OffsetDateTime.class).toInstant(),
                row.getObject("expires_at", OffsetDateTime.class).toInstant(),
                revoked == null ? null : revoked.toInstant());
    }
}
