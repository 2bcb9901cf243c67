package org.anticall.ops.http;

import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.anticall.ops.store.Accounts;
import org.anticall.ops.store.Accounts.Account;
import org.anticall.ops.store.Accounts.Role;

/** The accounts a new centre begins with: one for each role, named like it. */
public final class FirstAccounts {

    private FirstAccounts() {}

    /**
     * An account with its password, which is kept nowhere else.
     *
     * @param password to be shown once to the person who started the centre
     */
    public record NewAccount(String name, Role role, String password) {}

    /** Makes them if there is no account at all. Returns those that were made. */
    public static List<NewAccount> createIn(Accounts accounts, Instant now) {
        if (!accounts.isEmpty()) {
            return List.of();
        }
        List<NewAccount> made = Stream.of(Role.values())
                .map(role -> new NewAccount(role.text(), role, Passwords.random()))
                .toList();
        made.forEach(each -> accounts.add(new Account(each.name(), each.role(), Passwords.hash(each.password())), now));
        return made;
    }
}
