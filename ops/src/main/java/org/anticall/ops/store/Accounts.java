package org.anticall.ops.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.anticall.ops.audit.AuditEntry;
import org.anticall.ops.people.Account;
import org.anticall.ops.people.Lockout;
import org.anticall.ops.people.Person;
import org.anticall.ops.people.Role;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;
import org.jspecify.annotations.Nullable;

/** What people sign in with. Every change is a link of the trail. */
public final class Accounts {

    private static final String SELECT = "SELECT a.name AS account_name, a.role, a.password_hash, a.second_factor,"
            + " a.active, a.failures, a.locked_until, p.id, p.staff_number, p.name, p.unit FROM account a"
            + " JOIN person p ON p.id = a.person";

    private final Database database;

    Accounts(Database database) {
        this.database = database;
    }

    public Optional<Account> find(String name) {
        return database.inTransaction(handle -> handle.createQuery(SELECT + " WHERE a.name = :name")
                .bind("name", name)
                .map(Accounts::account)
                .findOne());
    }

    /** All accounts, by name. */
    public List<Account> all() {
        return database.inTransaction(handle -> handle.createQuery(SELECT + " ORDER BY a.name")
                .map(Accounts::account)
                .list());
    }

    public boolean isEmpty() {
        return database.inTransaction(handle -> handle.createQuery("SELECT COUNT(*) FROM account")
                        .mapTo(Long.class)
                        .one()
                == 0);
    }

    /**
     * Adds an account.
     *
     * @throws AlreadyThere if the name is taken
     */
    public void add(String name, Person person, Role role, String passwordHash, AuditEntry entry) {
        database.audited(entry, handle -> handle.createUpdate("INSERT INTO account (name, role, password_hash,"
                        + " created_at, person) VALUES (:name, :role, :hash, :at, :person)")
                .bind("name", name)
                .bind("role", role.name())
                .bind("hash", passwordHash)
                .bind("at", entry.at().atOffset(ZoneOffset.UTC))
                .bind("person", person.id())
                .execute());
    }

    /** Replaces the hash of a password that stays the same. Nothing anybody did: no link of the trail. */
    public void rehash(String name, String passwordHash) {
        database.inTransaction(handle -> setPassword(handle, name, passwordHash));
    }

    public void changePassword(String name, String passwordHash, AuditEntry entry) {
        database.audited(entry, handle -> setPassword(handle, name, passwordHash));
    }

    public void changeActive(String name, boolean active, AuditEntry entry) {
        database.audited(entry, handle -> handle.createUpdate("UPDATE account SET active = :active WHERE name = :name")
                .bind("active", active)
                .bind("name", name)
                .execute());
    }

    /** Forgets wrong passwords and a lock. */
    public void unlock(String name, AuditEntry entry) {
        database.audited(entry, handle -> clearFailures(handle, name));
    }

    /**
     * Counts a wrong password or code, and locks the account when it is one too many.
     *
     * @param locked the link of the trail if this locks it
     * @return until when this locks it, empty if it does not
     */
    public Optional<Instant> failed(String name, Instant now, AuditEntry locked) {
        return database.inTransaction(handle -> {
            handle.createUpdate("UPDATE account SET failures = failures + 1 WHERE name = :name")
                    .bind("name", name)
                    .execute();
            int failures = handle.createQuery("SELECT failures FROM account WHERE name = :name")
                    .bind("name", name)
                    .mapTo(Integer.class)
                    .one();
            Instant until = Lockout.after(failures, now);
            if (until != null) {
                handle.createUpdate("UPDATE account SET locked_until = :until, failures = 0 WHERE name = :name")
                        .bind("until", until.atOffset(ZoneOffset.UTC))
                        .bind("name", name)
                        .execute();
                AuditTrail.append(handle, locked);
            }
            return Optional.ofNullable(until);
        });
    }

    /** Somebody has signed in. Wrong passwords are forgotten, a lock is not: it goes on for strangers. */
    public void succeeded(Account account, Instant now, AuditEntry entry) {
        database.audited(entry, handle -> account.isLocked(now) ? 0 : clearFailures(handle, account.name()));
    }

    /** Writes something down that changed nothing of an account. */
    public void noted(AuditEntry entry) {
        database.audited(entry, handle -> 0);
    }

    /** Gives the account a second factor with its recovery codes; null and none take it away. */
    public void changeSecondFactor(
            String name, @Nullable String secret, List<String> recoveryHashes, AuditEntry entry) {
        database.audited(entry, handle -> {
            handle.createUpdate("DELETE FROM recovery_code WHERE account = :name")
                    .bind("name", name)
                    .execute();
            for (String hash : recoveryHashes) {
                handle.createUpdate("INSERT INTO recovery_code (account, hash) VALUES (:name, :hash)")
                        .bind("name", name)
                        .bind("hash", hash)
                        .execute();
            }
            return handle.createUpdate(
                            "UPDATE account SET second_factor = :secret, second_factor_taken = 0 WHERE name = :name")
                    .bind("secret", secret)
                    .bind("name", name)
                    .execute();
        });
    }

    /** The interval of the last code that was taken, 0 if none was. */
    public long intervalTaken(String name) {
        return database.inTransaction(
                handle -> handle.createQuery("SELECT second_factor_taken FROM account WHERE name = :name")
                        .bind("name", name)
                        .mapTo(Long.class)
                        .one());
    }

    /** Takes the code of an interval. Whether it was still to be had: two at once cannot both have it. */
    public boolean take(String name, long interval) {
        return database.inTransaction(handle -> handle.createUpdate("UPDATE account SET second_factor_taken = :interval"
                                + " WHERE name = :name AND second_factor_taken < :interval")
                        .bind("interval", interval)
                        .bind("name", name)
                        .execute()
                == 1);
    }

    /** Uses up a recovery code. Whether it was there and unused. */
    public boolean useRecovery(String name, String hash, AuditEntry entry) {
        return database.inTransaction(handle -> {
            boolean used = handle.createUpdate("UPDATE recovery_code SET used_at = :at WHERE account = :name AND"
                                    + " hash = :hash AND used_at IS NULL")
                            .bind("at", entry.at().atOffset(ZoneOffset.UTC))
                            .bind("name", name)
                            .bind("hash", hash)
                            .execute()
                    == 1;
            if (used) {
                AuditTrail.append(handle, entry);
            }
            return used;
        });
    }

    private static int setPassword(Handle handle, String name, String passwordHash) {
        return handle.createUpdate("UPDATE account SET password_hash = :hash WHERE name = :name")
                .bind("hash", passwordHash)
                .bind("name", name)
                .execute();
    }

    private static int clearFailures(Handle handle, String name) {
        return handle.createUpdate("UPDATE account SET failures = 0, locked_until = NULL WHERE name = :name")
                .bind("name", name)
                .execute();
    }

    private static Account account(ResultSet row, StatementContext context) throws SQLException {
        OffsetDateTime until = row.getObject("locked_until", OffsetDateTime.class);
        return new Account(
                row.getString("account_name"),
                new Person(
                        row.getLong("id"), row.getString("staff_number"), row.getString("name"), row.getString("unit")),
                Role.valueOf(row.getString("role")),
                row.getString("password_hash"),
                row.getString("second_factor"),
                row.getBoolean("active"),
                row.getInt("failures"),
                until == null ? null : until.toInstant());
    }
}
