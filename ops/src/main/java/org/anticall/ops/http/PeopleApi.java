package org.anticall.ops.http;

import io.javalin.http.Context;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.anticall.ops.people.Account;
import org.anticall.ops.people.Passwords;
import org.anticall.ops.people.Permission;
import org.anticall.ops.people.Person;
import org.anticall.ops.people.Role;
import org.anticall.ops.store.Accounts;
import org.anticall.ops.store.AlreadyThere;
import org.anticall.ops.store.People;

/**
 * {@code /api/people} and {@code /api/accounts}: who there is and what they sign in with. Whoever looks after accounts
 * gets no other role, so that nobody can make themselves a second signature.
 */
final class PeopleApi {

    private static final String NAME = "[a-z0-9][a-z0-9._-]{0,63}";
    private static final List<String> ROLES =
            Stream.of(Role.values()).map(Role::text).toList();

    private final People people;
    private final Accounts accounts;
    private final Sessions sessions;
    private final SignInLimit limit;
    private final Looks looks;
    private final Trail trail;
    private final Clock clock;

    PeopleApi(
            People people,
            Accounts accounts,
            Sessions sessions,
            SignInLimit limit,
            Looks looks,
            Trail trail,
            Clock clock) {
        this.limit = limit;
        this.looks = looks;
        this.people = people;
        this.accounts = accounts;
        this.sessions = sessions;
        this.trail = trail;
        this.clock = clock;
    }

    void addTo(Doors doors) {
        doors.get("/api/people", Permission.MANAGE_PEOPLE, this::list);
        doors.post("/api/people", Permission.MANAGE_PEOPLE, this::addPerson);
        doors.post("/api/accounts", Permission.MANAGE_PEOPLE, this::addAccount);
        doors.put("/api/accounts/{name}/active", Permission.MANAGE_PEOPLE, this::changeActive);
        doors.post("/api/accounts/{name}/password", Permission.MANAGE_PEOPLE, this::resetPassword);
        doors.delete("/api/accounts/{name}/second-factor", Permission.MANAGE_PEOPLE, this::removeSecondFactor);
        doors.post("/api/accounts/{name}/unlock", Permission.MANAGE_PEOPLE, this::unlock);
    }

    private void list(Context context, Session session) {
        looks.at(context, session, "look.people", "", "care of accounts");
        List<Account> all = accounts.all();
        Answers.send(
                context,
                200,
                Map.of(
                        "people",
                        people.all().stream()
                                .map(person -> view(
                                        person,
                                        all.stream()
                                                .filter(each -> each.person().id() == person.id())
                                                .toList()))
                                .toList()));
    }

    private void addPerson(Context context, Session session) {
        Fields fields = new Fields(Answers.body(context));
        String number = fields.text("staffNumber", 1, 80);
        String name = fields.text("name", 1, 200);
        String unit = fields.text("unit", 1, 200);
        fields.check();
        Map<String, String> details = Map.of("staffNumber", number, "name", name, "unit", unit);
        try {
            Person person =
                    people.add(number, name, unit, trail.of(context, session, "person.add", number, details, ""));
            Answers.send(context, 201, view(person, List.of()));
        } catch (AlreadyThere taken) {
            fields.problem("staffNumber", number, "taken", "a staff number that nobody has");
            fields.check();
        }
    }

    private void addAccount(Context context, Session session) {
        Fields fields = new Fields(Answers.body(context));
        String name = fields.text("name", 1, 64);
        Role role = fields.word("role", Role::of, ROLES);
        long personId = fields.number("person", 1, Long.MAX_VALUE);
        if (!name.isEmpty() && !name.matches(NAME)) {
            fields.problem("name", name, "account-name", "small letters, digits, '.', '_' and '-'");
        }
        Person person = people.find(personId).orElse(null);
        if (person == null) {
            fields.problem("person", Long.toString(personId), "unknown", "the number of a person");
        } else if (role != null) {
            apart(fields, person, role);
        }
        fields.check();
        String password = Passwords.random();
        try {
            accounts.add(
                    name,
                    Objects.requireNonNull(person),
                    Objects.requireNonNull(role),
                    Passwords.hash(password),
                    trail.of(
                            context,
                            session,
                            "account.add",
                            "account " + name,
                            Map.of("role", role.text(), "person", personId),
                            ""));
            Answers.send(context, 201, Map.of("name", name, "password", password));
        } catch (AlreadyThere taken) {
            fields.problem("name", name, "taken", "a name that no account has");
            fields.check();
        }
    }

    /** Who looks after accounts has no other role, and nobody has an account twice in the same role. */
    private void apart(Fields fields, Person person, Role role) {
        for (Account each : accounts.all()) {
            if (each.person().id() == person.id()
                    && (each.role() == role || (each.role() == Role.CARRIER_ADMIN) != (role == Role.CARRIER_ADMIN))) {
                fields.problem(
                        "role",
                        role.text(),
                        "apart",
                        "a role that goes with " + each.role().text(),
                        "other",
                        each.role().text());
            }
        }
    }

    private void changeActive(Context context, Session session) {
        Account account = find(context);
        Fields fields = new Fields(Answers.body(context));
        boolean active = fields.yes("active");
        if (!active && account.name().equals(session.account())) {
            fields.problem("active", "false", "own-account", "an account that is not your own");
        }
        fields.check();
        accounts.changeActive(
                account.name(),
                active,
                trail.of(context, session, active ? "account.open" : "account.close", "account " + account.name()));
        sessions.closeAll(account.name());
        answer(context, account.name());
    }

    private void resetPassword(Context context, Session session) {
        Account account = find(context);
        String password = Passwords.random();
        accounts.changePassword(
                account.name(),
                Passwords.hash(password),
                trail.of(context, session, "account.password-reset", "account " + account.name()));
        sessions.closeAll(account.name());
        Answers.send(context, 200, Map.of("name", account.name(), "password", password));
    }

    private void removeSecondFactor(Context context, Session session) {
        Account account = find(context);
        accounts.changeSecondFactor(
                account.name(),
                null,
                List.of(),
                trail.of(context, session, "account.second-factor-removed", "account " + account.name()));
        sessions.closeAll(account.name());
        answer(context, account.name());
    }

    private void unlock(Context context, Session session) {
        Account account = find(context);
        accounts.unlock(account.name(), trail.of(context, session, "account.unlock", "account " + account.name()));
        limit.unlock(account.name());
        answer(context, account.name());
    }

    private Account find(Context context) {
        return accounts.find(context.pathParam("name"))
                .orElseThrow(() -> new Refused(404, "unknown", "There is no such account."));
    }

    private void answer(Context context, String name) {
        Answers.send(context, 200, view(accounts.find(name).orElseThrow()));
    }

    private Map<String, Object> view(Person person, List<Account> own) {
        Map<String, Object> view = new LinkedHashMap<>();
        view.put("id", person.id());
        view.put("staffNumber", person.staffNumber());
        view.put("name", person.name());
        view.put("unit", person.unit());
        view.put("accounts", own.stream().map(this::view).toList());
        return view;
    }

    private Map<String, Object> view(Account account) {
        Map<String, Object> view = new LinkedHashMap<>();
        view.put("name", account.name());
        view.put("role", account.role().text());
        view.put("active", account.active());
        view.put("secondFactor", account.secondFactor() != null);
        view.put("locked", account.isLocked(clock.instant()));
        return view;
    }
}
