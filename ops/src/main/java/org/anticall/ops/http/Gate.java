package org.anticall.ops.http;

import io.javalin.http.Context;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Objects;
import java.util.Set;
import org.anticall.ops.people.Permission;
import org.jspecify.annotations.Nullable;

/**
 * Lets requests through to {@code /api}: a session or a token is needed, the permission of the route, and for whatever
 * changes something a page of this very origin that knows the session's token. Refusals are thrown as {@link Refused} and
 * answered in one place.
 */
final class Gate {

    static final String COOKIE = "anticall_session";

    private static final String CSRF_HEADER = "X-CSRF-Token";
    private static final Set<String> SAME_ORIGIN = Set.of("same-origin", "none");

    private final Sessions sessions;
    private final TokenSessions tokens;
    private final RequestLimit limit;

    Gate(Sessions sessions, TokenSessions tokens, RequestLimit limit) {
        this.sessions = sessions;
        this.tokens = tokens;
        this.limit = limit;
    }

    @Nullable
    Session session(Context context) {
        String authorization = context.header("Authorization");
        return authorization == null ? sessions.find(context.cookie(COOKIE)) : tokens.find(authorization);
    }

    /** Counts a request of whoever is not signed in. */
    void stranger(Context context) {
        limit.take(context.ip());
    }

    /** The session of a request that only reads and takes no permission: that somebody is signed in is enough. */
    Session anybody(Context context) {
        Session session = session(context);
        limit.take(session == null ? context.ip() : session.account());
        if (session == null) {
            throw new Refused(401, "signed-out", "Nobody is signed in; POST /api/session signs in.");
        }
        return session;
    }

    /** The session of a request that changes something of the person's own and takes no permission. */
    Session anybodyWriting(Context context) {
        sameOrigin(context);
        Session session = anybody(context);
        byte[] sent =
                Objects.requireNonNullElse(context.header(CSRF_HEADER), "").getBytes(StandardCharsets.UTF_8);
        if (!session.isToken() && !MessageDigest.isEqual(sent, session.csrf().getBytes(StandardCharsets.UTF_8))) {
            throw new Refused(403, "csrf", "The header " + CSRF_HEADER + " is missing or not this session's.");
        }
        return session;
    }

    /** The session of a request that only reads. */
    Session reader(Context context, Permission needed) {
        return allowed(anybody(context), needed);
    }

    /** The session of a request that changes something. */
    Session writer(Context context, Permission needed) {
        return allowed(anybodyWriting(context), needed);
    }

    private static Session allowed(Session session, Permission needed) {
        if (session.mustEnrol()) {
            throw new Refused(
                    403, "second-factor-missing", "Set up a second factor first: POST /api/session/second-factor.");
        }
        if (!session.may(needed)) {
            String who = session.isToken()
                    ? "a token without the scope " + needed.text()
                    : session.role().text();
            throw new Refused(
                    403, "role", "This takes the permission " + needed.text() + ", not given to " + who + ".");
        }
        return session;
    }

    /** Refuses what another site makes the browser send. Programs that are no browsers send neither header. */
    static void sameOrigin(Context context) {
        String site = context.header("Sec-Fetch-Site");
        String origin = context.header("Origin");
        boolean foreign = site != null
                ? !SAME_ORIGIN.contains(site)
                : origin != null && !origin.endsWith("://" + context.header("Host"));
        if (foreign) {
            throw new Refused(403, "origin", "This request comes from another site.");
        }
    }
}
