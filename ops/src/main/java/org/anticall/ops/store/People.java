package org.anticall.ops.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.anticall.ops.audit.AuditEntry;
import org.anticall.ops.people.Person;
import org.jdbi.v3.core.statement.StatementContext;

/** The human beings behind the accounts. Nobody is ever deleted: what they signed stays theirs. */
public final class People {

    private final Database database;

    People(Database database) {
        this.database = database;
    }

    /**
     * Adds a person.
     *
     * @throws AlreadyThere if somebody has this staff number
     */
    public Person add(String staffNumber, String name, String unit, AuditEntry entry) {
        return database.audited(entry, handle -> {
            long id = handle.createUpdate("INSERT INTO person (staff_number, name, unit, created_at) VALUES (:number,"
                            + " :name, :unit, :at)")
                    .bind("number", staffNumber)
                    .bind("name", name)
                    .bind("unit", unit)
                    .bind("at", entry.at().atOffset(ZoneOffset.UTC))
                    .executeAndReturnGeneratedKeys("id")
                    .mapTo(Long.class)
                    .one();
            return new Person(id, staffNumber, name, unit);
        });
    }

    public Optional<Person> find(long id) {
        return database.inTransaction(handle -> handle.createQuery("SELECT * FROM person WHERE id = :id")
                .bind("id", id)
                .map(People::person)
                .findOne());
    }

    /** Everybody, by name. */
    public List<Person> all() {
        return database.inTransaction(handle -> handle.createQuery("SELECT * FROM person ORDER BY name, id")
                .map(People::person)
                .list());
    }

    private static Person person(ResultSet row, StatementContext context) throws SQLException {
        return new Person(
                row.getLong("id"), row.getString("staff_number"), row.getString("name"), row.getString("unit"));
    }
}
