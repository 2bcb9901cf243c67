package org.anticall.ops.http;

import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.anticall.ops.audit.Actor;
import org.anticall.ops.audit.AuditEntry;
import org.anticall.ops.people.Passwords;
import org.anticall.ops.people.Person;
import org.anticall.ops.people.Role;
import org.anticall.ops.store.Accounts;
import org.anticall.ops.store.Database;

/** The accounts a new centre begins with: one for each role, named like it, each of a person of its own. */
public final class FirstAccounts {

    private FirstAccounts() {}

    /**
     * An account with its password, which is kept nowhere else.
     *
     * @param password to be shown once to the person who started the centre
     */
    public record NewAccount(String name, Role role, String password) {}

    /** Makes them if there is no account at all. Returns those that were made. */
    public static List<NewAccount> createIn(Database database, Instant now) {
        Accounts accounts = database.accounts();
        if (!accounts.isEmpty()) {
            return List.of();
        }
        List<NewAccount> made = Stream.of(Role.values())
                .map(role -> new NewAccount(role.text(), role, Passwords.random()))
                .toList();
        for (NewAccount each : made) {
            AuditEntry entry = AuditEntry.of(now, Actor.CENTRE, "account.add", "account " + each.name());
            Person person = database.people()
                    .add("first-" + each.name(), each.name(), "", AuditEntry.of(now, Actor.CENTRE, "person.add", ""));
            accounts.add(each.name(), person, each.role(), Passwords.hash(each.password()), entry);
        }
        return made;
    }
}
