package org.anticall.ops.http;

import com.fasterxml.jackson.databind.JsonNode;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.Cookie;
import io.javalin.http.SameSite;
import java.time.Clock;
import java.time.Duration;
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
    private final Clock clock;

    SessionApi(SignIn signIn, Sessions sessions, SignInLimit limit, Gate gate, Clock clock) {
        this.signIn = signIn;
        this.sessions = sessions;
        this.limit = limit;
        this.gate = gate;
        this.clock = clock;
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
        String device = signIn.device(context, name);
        String place = device == null ? SignInLimit.place(context.ip()) : "device " + device;
        refuseWhile(context, limit.wait(name, place));
        SignIn.Answer answer = signIn.tried(context, name, password, code, device != null);
        if (answer instanceof SignIn.In in) {
            limit.succeeded(name, place);
            open(context, in.account());
            KnownDevice.remember(context, in.account(), clock.instant(), isSecure(context));
        } else if (answer instanceof SignIn.CodeNeeded) {
            throw new Refused(401, "code-needed", "The password is right; the code of the second factor is needed.");
        } else {
            limit.failed(name, place);
            LOG.atWarn().addKeyValue("address", context.ip()).log("sign-in refused");
            refuseWhile(context, limit.wait(name, place));
            refuse(limit.attemptsLeft(name, place), answer);
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

    private static void refuse(int left, SignIn.Answer answer) {
        if (answer instanceof SignIn.WrongCode) {
            throw new Refused(401, "wrong-code", "The code is wrong or was used.", Map.of("attemptsLeft", left));
        }
        throw new Refused(401, "wrong", "Name or password is wrong.", Map.of("attemptsLeft", left));
    }

    /** Refuses with the time to wait, unless it is over. */
    static void refuseWhile(Context context, Duration wait) {
        if (wait.isZero()) {
            return;
        }
        long seconds = wait.plusMillis(999).toSeconds();
        long minutes = (seconds + 59) / 60;
        context.header("Retry-After", Long.toString(seconds));
        throw new Refused(
                429,
                "too-many",
                "Too many wrong passwords. Try again in " + seconds + " seconds.",
                Map.of("minutes", minutes, "seconds", seconds));
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
        return new Cookie(Gate.COOKIE, token, "/", maxAge, isSecure(context), true, null, SameSite.STRICT);
    }

    private static boolean isSecure(Context context) {
        return context.req().isSecure() || "https".equals(context.header("X-Forwarded-Proto"));
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
