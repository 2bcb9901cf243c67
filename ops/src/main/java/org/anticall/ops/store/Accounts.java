package org.anticall.ops.store;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;

/** The people who may sign in. */
public final class Accounts {

    /** What a person may do. */
    public enum Role {
        OPERATOR,
        SUPERVISOR,
        PROSECUTOR;

        public String text() {
            return switch (this) {
                case OPERATOR -> "operator";
                case SUPERVISOR -> "supervisor";
                case PROSECUTOR -> "prosecutor";
            };
        }
    }

    /**
     * One account.
     *
     * @param name what the person signs in with, 1 to 64 characters
     * @param passwordHash the password's hash with its algorithm and salt, never the password
     */
    public record Account(String name, Role role, String passwordHash) {}

    private final Database database;

    Accounts(Database database) {
        this.database = database;
    }

    public Optional<Account> find(String name) {
        return database.inTransaction(handle -> handle.createQuery(
                        "SELECT name, role, password_hash FROM account WHERE name = :name")
                .bind("name", name)
                .map((row, context) -> new Account(
                        row.getString("name"), Role.valueOf(row.getString("role")), row.getString("password_hash")))
                .findOne());
    }

    public boolean isEmpty() {
        return database.inTransaction(handle -> handle.createQuery("SELECT COUNT(*) FROM account")
                        .mapTo(Long.class)
                        .one()
                == 0);
    }

    /** Adds an account whose name is not taken. */
    public void add(Account account, Instant now) {
        database.inTransaction(handle -> handle.createUpdate("INSERT INTO account (name, role, password_hash,"
                        + " created_at) VALUES (:name, :role, :hash, :at)")
                .bind("name", account.name())
                .bind("role", account.role().name())
                .bind("hash", account.passwordHash())
                .bind("at", now.atOffset(ZoneOffset.UTC))
                .execute());
    }
}
