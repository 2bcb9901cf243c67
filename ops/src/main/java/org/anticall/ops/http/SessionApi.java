package org.anticall.ops.http;

import com.fasterxml.jackson.databind.JsonNode;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.Cookie;
import io.javalin.http.SameSite;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Semaphore;
import org.anticall.ops.store.Accounts;
import org.anticall.ops.store.Accounts.Account;
import org.anticall.ops.store.Accounts.Role;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** {@code /api/session}: who is signed in, signing in and out. */
final class SessionApi {

    private static final Logger LOG = LoggerFactory.getLogger(SessionApi.class);

    private static final int LONGEST_NAME = 64;
    private static final int LONGEST_PASSWORD = 256;

    /** A password check takes a core for a fifth of a second: strangers must not get all of them. */
    private final Semaphore checks =
            new Semaphore(Math.max(1, Runtime.getRuntime().availableProcessors() / 2), true);

    private final Accounts accounts;
    private final Sessions sessions;
    private final SignInLimit limit;
    private final Gate gate;

    SessionApi(Accounts accounts, Sessions sessions, SignInLimit limit, Gate gate) {
        this.accounts = accounts;
        this.sessions = sessions;
        this.limit = limit;
        this.gate = gate;
    }

    void addTo(RoutesConfig routes) {
        routes.get("/api/session", context -> Answers.send(context, 200, view(gate.session(context))));
        routes.post("/api/session", this::signIn);
        routes.delete("/api/session", this::signOut);
    }

    private void signIn(Context context) throws InterruptedException {
        Gate.sameOrigin(context);
        if (!String.valueOf(context.contentType()).startsWith("application/json")) {
            throw new Gate.Refused(415, "content-type", "Expected application/json.");
        }
        JsonNode body = Answers.body(context);
        String name = body.path("name").asText("").strip();
        String password = body.path("password").asText("");
        if (name.isEmpty() || name.length() > LONGEST_NAME || password.length() > LONGEST_PASSWORD) {
            throw new Gate.Refused(400, "form", "Expected {\"name\": ..., \"password\": ...}.");
        }
        String address = context.ip();
        if (limit.attemptsLeft(name, address) == 0) {
            tooMany(context);
            return;
        }
        Account account = accounts.find(name).orElse(null);
        if (isRight(account, password) && account != null) {
            limit.succeeded(name, address);
            String token = sessions.open(account);
            context.cookie(cookie(context, token, -1));
            Answers.send(context, 200, view(sessions.find(token)));
            return;
        }
        limit.failed(name, address);
        LOG.atWarn().addKeyValue("address", address).log("sign-in refused");
        int left = limit.attemptsLeft(name, address);
        if (left == 0) {
            tooMany(context);
        } else {
            Answers.send(
                    context,
                    401,
                    Map.of("error", "wrong", "message", "Name or password is wrong.", "attemptsLeft", left));
        }
    }

    /** Takes the same time whether or not there is such an account. */
    private boolean isRight(@Nullable Account account, String password) throws InterruptedException {
        checks.acquire();
        try {
            return account == null
                    ? Passwords.matchesNobody(password)
                    : Passwords.matches(password, account.passwordHash());
        } finally {
            checks.release();
        }
    }

    private static void tooMany(Context context) {
        long minutes = SignInLimit.WAIT.toMinutes();
        context.header("Retry-After", Long.toString(SignInLimit.WAIT.toSeconds()));
        Answers.send(
                context,
                429,
                Map.of(
                        "error",
                        "too-many",
                        "message",
                        "Too many wrong passwords. Try again in " + minutes + " minutes.",
                        "minutes",
                        minutes));
    }

    private void signOut(Context context) {
        gate.writer(context, Set.of(Role.values()));
        String token = context.cookie(Gate.COOKIE);
        if (token != null) {
            sessions.close(token);
        }
        context.cookie(cookie(context, "", 0));
        Answers.send(context, 200, view(null));
    }

    private static Cookie cookie(Context context, String token, int maxAge) {
        boolean secure = context.req().isSecure();
        return new Cookie(Gate.COOKIE, token, "/", maxAge, secure, true, null, SameSite.STRICT);
    }

    private static Map<String, Object> view(@Nullable Session session) {
        Map<String, Object> view = new LinkedHashMap<>();
        view.put("signedIn", session != null);
        if (session != null) {
            view.put("account", session.account());
            view.put("role", session.role().text());
            view.put("csrf", session.csrf());
        }
        return view;
    }
}
