package org.anticall.ops.http;

import com.fasterxml.jackson.databind.JsonNode;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.Cookie;
import io.javalin.http.SameSite;
import java.util.LinkedHashMap;
import java.util.Map;
import org.anticall.ops.people.Account;
import org.anticall.ops.people.Passwords;
import org.anticall.ops.people.Permission;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** {@code /api/session}: who is signed in, signing in and out. */
final class SessionApi {

    private static final Logger LOG = LoggerFactory.getLogger(SessionApi.class);

    private static final int LONGEST_NAME = 64;
    private static final int LONGEST_CODE = 32;

    private final SignIn signIn;
    private final Sessions sessions;
    private final SignInLimit limit;
    private final Gate gate;

    SessionApi(SignIn signIn, Sessions sessions, SignInLimit limit, Gate gate) {
        this.signIn = signIn;
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
            throw new Refused(415, "content-type", "Expected application/json.");
        }
        JsonNode body = Answers.body(context);
        String name = body.path("name").asText("").strip();
        String password = body.path("password").asText("");
        String code = body.path("code").asText("").replace(" ", "");
        if (name.isEmpty()
                || name.length() > LONGEST_NAME
                || password.length() > Passwords.LONGEST
                || code.length() > LONGEST_CODE) {
            throw new Refused(400, "form", "Expected {\"name\": ..., \"password\": ..., \"code\": ...}.");
        }
        String address = context.ip();
        if (limit.attemptsLeft(name, address) == 0) {
            tooMany(context);
            return;
        }
        SignIn.Answer answer = signIn.tried(context, name, password, code);
        if (answer instanceof SignIn.In in) {
            limit.succeeded(name, address);
            open(context, in.account());
        } else if (answer instanceof SignIn.CodeNeeded) {
            throw new Refused(401, "code-needed", "The password is right; the code of the second factor is needed.");
        } else {
            limit.failed(name, address);
            LOG.atWarn().addKeyValue("address", address).log("sign-in refused");
            refuse(context, limit.attemptsLeft(name, address), answer);
        }
    }

    /** Begins the session of somebody who has proved who they are, and answers with it. */
    void open(Context context, Account account) {
        String token = sessions.open(account, signIn.mustEnrol(account));
        context.cookie(cookie(context, token, -1));
        Answers.send(context, 200, view(sessions.find(token)));
    }

    /** The same for somebody whom a provider has vouched for, second factor included; the cookie is all there is. */
    void openProved(Context context, Account account) {
        context.cookie(cookie(context, sessions.open(account, false), -1));
    }

    private static void refuse(Context context, int left, SignIn.Answer answer) {
        if (left == 0) {
            tooMany(context);
        } else if (answer instanceof SignIn.WrongCode) {
            throw new Refused(401, "wrong-code", "The code is wrong or was used.", Map.of("attemptsLeft", left));
        } else {
            throw new Refused(401, "wrong", "Name or password is wrong.", Map.of("attemptsLeft", left));
        }
    }

    private static void tooMany(Context context) {
        long minutes = SignInLimit.WAIT.toMinutes();
        context.header("Retry-After", Long.toString(SignInLimit.WAIT.toSeconds()));
        throw new Refused(
                429,
                "too-many",
                "Too many wrong passwords. Try again in " + minutes + " minutes.",
                Map.of("minutes", minutes));
    }

    private void signOut(Context context) {
        gate.anybodyWriting(context);
        String token = context.cookie(Gate.COOKIE);
        if (token != null) {
            sessions.close(token);
        }
        context.cookie(cookie(context, "", 0));
        Answers.send(context, 200, view(null));
    }

    private static Cookie cookie(Context context, String token, int maxAge) {
        boolean secure = context.req().isSecure() || "https".equals(context.header("X-Forwarded-Proto"));
        return new Cookie(Gate.COOKIE, token, "/", maxAge, secure, true, null, SameSite.STRICT);
    }

    private static Map<String, Object> view(@Nullable Session session) {
        Map<String, Object> view = new LinkedHashMap<>();
        view.put("signedIn", session != null);
        if (session != null) {
            view.put("account", session.account());
            view.put("person", session.person().name());
            view.put("personId", session.person().id());
            view.put("unit", session.person().unit());
            view.put("role", session.role().text());
            view.put(
                    "permissions",
                    session.permissions().stream()
                            .map(Permission::text)
                            .sorted()
                            .toList());
            view.put("mustEnrol", session.mustEnrol());
            view.put("csrf", session.csrf());
        }
        return view;
    }
}
