package org.anticall.ops.http;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.anticall.ops.people.Account;
import org.anticall.ops.people.ApiToken;
import org.anticall.ops.people.Passwords;
import org.anticall.ops.people.Permission;
import org.anticall.ops.people.SecondFactor;
import org.anticall.ops.people.Secrets;
import org.anticall.ops.store.Accounts;
import org.anticall.ops.store.ApiTokens;

/**
 * What everybody does with their own account: password, second factor, tokens for programs. A token cannot change its
 * account or make tokens.
 */
final class OwnAccountApi {

    /** Where passwords are shown at a page that is open: a place for each account, so that nobody counts for others. */
    private static final String PAGE = "page of ";

    private static final Duration LONGEST_TOKEN = Duration.ofDays(366);

    /** Secrets that were shown and not yet confirmed with a code, by account; as many as people set one up at once. */
    private final Map<String, String> offered = new ConcurrentHashMap<>();

    private final Accounts accounts;
    private final ApiTokens tokens;
    private final Sessions sessions;
    private final SignInLimit limit;
    private final Gate gate;
    private final Trail trail;
    private final Clock clock;

    OwnAccountApi(
            Accounts accounts,
            ApiTokens tokens,
            Sessions sessions,
            SignInLimit limit,
            Gate gate,
            Trail trail,
            Clock clock) {
        this.accounts = accounts;
        this.tokens = tokens;
        this.sessions = sessions;
        this.limit = limit;
        this.gate = gate;
        this.trail = trail;
        this.clock = clock;
    }

    void addTo(RoutesConfig routes) {
        routes.post("/api/session/password", this::changePassword);
        routes.post("/api/session/second-factor", this::offerSecondFactor);
        routes.put("/api/session/second-factor", this::confirmSecondFactor);
        routes.get("/api/tokens", this::listTokens);
        routes.post("/api/tokens", this::makeToken);
        routes.delete("/api/tokens/{id}", this::revokeToken);
    }

    private void changePassword(Context context) {
        Session session = person(context);
        Fields fields = new Fields(Answers.body(context));
        String old = fields.text("old", 1, Passwords.LONGEST);
        String chosen = fields.text("new", Passwords.SHORTEST, Passwords.LONGEST);
        if (chosen.equalsIgnoreCase(session.account()) || (!old.isEmpty() && chosen.equals(old))) {
            fields.problem("new", "", "password", "a password that is neither the name nor the old one");
        }
        fields.check();
        Account account = accounts.find(session.account()).orElseThrow();
        prove(context, session, account, old);
        accounts.changePassword(
                account.name(),
                Passwords.hash(chosen),
                trail.of(context, session, "account.password", "account " + account.name()));
        sessions.closeAll(account.name());
        Answers.send(context, 200, Map.of("changed", true));
    }

    private void offerSecondFactor(Context context) {
        Session session = person(context);
        String secret = SecondFactor.newSecret();
        offered.put(session.account(), secret);
        Answers.send(context, 200, Map.of("secret", secret, "uri", SecondFactor.uri(session.account(), secret)));
    }

    private void confirmSecondFactor(Context context) {
        Session session = person(context);
        Fields fields = new Fields(Answers.body(context));
        String code = fields.text("code", 6, 6);
        Account account = accounts.find(session.account()).orElseThrow();
        // Whoever finds an open page must not make its second factor their own.
        String password = account.secondFactor() == null ? "" : fields.text("password", 1, Passwords.LONGEST);
        fields.check();
        if (account.secondFactor() != null) {
            prove(context, session, account, password);
        }
        String secret = offered.get(session.account());
        if (secret == null || SecondFactor.intervalOf(code, secret, clock.instant(), 0) == 0) {
            throw new Refused(403, "wrong-code", "The code does not belong to the secret that was shown last.");
        }
        List<String> codes = Secrets.recoveryCodes();
        accounts.changeSecondFactor(
                session.account(),
                secret,
                codes.stream().map(Secrets::hash).toList(),
                trail.of(context, session, "account.second-factor", "account " + session.account()));
        offered.remove(session.account());
        sessions.closeAll(session.account());
        Answers.send(context, 200, Map.of("recoveryCodes", codes));
    }

    /**
     * Whoever finds an open page guesses the password no more often than a stranger at the door: the page closes with the last
     * try. The account is not locked: strangers must not be able to close pages, nor a guesser the door.
     */
    private void prove(Context context, Session session, Account account, String password) {
        String place = PAGE + account.name();
        SessionApi.refuseWhile(context, limit.wait(account.name(), place));
        if (Passwords.matches(password, account.passwordHash())) {
            limit.succeeded(account.name(), place);
            return;
        }
        limit.failed(account.name(), place);
        if (!limit.wait(account.name(), place).isZero()) {
            accounts.noted(trail.of(context, session, "session.closed-for-guesses", "account " + account.name()));
            sessions.closeAll(account.name());
        }
        throw new Refused(403, "wrong", "The password is wrong.");
    }

    private void listTokens(Context context) {
        Session session = person(gate.anybody(context));
        Answers.send(
                context,
                200,
                Map.of(
                        "tokens",
                        tokens.of(session.account()).stream()
                                .map(OwnAccountApi::view)
                                .toList()));
    }

    private void makeToken(Context context) {
        Session session = person(context);
        Fields fields = new Fields(Answers.body(context));
        String name = fields.text("name", 1, 80);
        long days = fields.number("days", 1, LONGEST_TOKEN.toDays());
        Set<Permission> scopes = scopes(fields, session);
        fields.check();
        String secret = Secrets.random(32);
        Instant now = clock.instant();
        ApiToken token = new ApiToken(
                Secrets.hash(secret).substring(0, 12),
                session.account(),
                name,
                scopes,
                Secrets.hash(secret),
                now,
                now.plus(Duration.ofDays(days)),
                null);
        tokens.add(token, trail.of(context, session, "token.add", "token " + token.id(), view(token), ""));
        Map<String, Object> view = view(token);
        view.put("token", TokenSessions.PREFIX + token.id() + "_" + secret);
        Answers.send(context, 201, view);
    }

    private static Set<Permission> scopes(Fields fields, Session session) {
        List<String> allowed =
                session.permissions().stream().map(Permission::text).sorted().toList();
        List<String> named = fields.texts("scopes", Permission.values().length);
        if (named.isEmpty()) {
            fields.problem("scopes", "", "scopes", "one or more of " + String.join(", ", allowed), "allowed", allowed);
        }
        for (String each : named) {
            if (!allowed.contains(each)) {
                fields.problem("scopes", each, "word", "one of " + String.join(", ", allowed), "allowed", allowed);
            }
        }
        return named.stream().flatMap(each -> Permission.of(each).stream()).collect(Collectors.toUnmodifiableSet());
    }

    private void revokeToken(Context context) {
        Session session = person(context);
        String id = context.pathParam("id");
        if (!tokens.revoke(id, session.account(), trail.of(context, session, "token.revoke", "token " + id))) {
            throw new Refused(404, "unknown", "There is no such token to withdraw.");
        }
        Answers.send(context, 200, Map.of("revoked", id));
    }

    private Session person(Context context) {
        return person(gate.anybodyWriting(context));
    }

    private static Session person(Session session) {
        if (session.isToken()) {
            throw new Refused(403, "token", "This is for the person, not for a token.");
        }
        return session;
    }

    private static Map<String, Object> view(ApiToken token) {
        Map<String, Object> view = new LinkedHashMap<>();
        view.put("id", token.id());
        view.put("name", token.name());
        view.put(
                "scopes", token.scopes().stream().map(Permission::text).sorted().toList());
        view.put("createdAt", token.createdAt().toString());
        view.put("expiresAt", token.expiresAt().toString());
        view.put(
                "revokedAt",
                token.revokedAt() == null ? null : token.revokedAt().toString());
        return view;
    }
}
