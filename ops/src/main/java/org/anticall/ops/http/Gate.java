package org.anticall.ops.http;

import io.javalin.http.Context;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Objects;
import java.util.Set;
import org.anticall.ops.store.Accounts.Role;
import org.jspecify.annotations.Nullable;

/**
 * Lets requests through to {@code /api}: a session is needed, and for whatever changes something a page of this very
 * origin that knows the session's token. Refusals are thrown as {@link Refused} and answered in one place.
 */
final class Gate {

    static final String COOKIE = "anticall_session";

    private static final String CSRF_HEADER = "X-CSRF-Token";
    private static final Set<String> SAME_ORIGIN = Set.of("same-origin", "none");

    private final Sessions sessions;

    Gate(Sessions sessions) {
        this.sessions = sessions;
    }

    /** A request that is not let through. */
    static final class Refused extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private final int status;
        private final String word;

        Refused(int status, String word, String sentence) {
            super(sentence, null, false, false);
            this.status = status;
            this.word = word;
        }

        void answer(Context context) {
            Answers.error(context, status, word, String.valueOf(getMessage()));
        }
    }

    @Nullable
    Session session(Context context) {
        return sessions.find(context.cookie(COOKIE));
    }

    /** The session of a request that only reads. */
    Session reader(Context context) {
        Session session = session(context);
        if (session == null) {
            throw new Refused(401, "signed-out", "Nobody is signed in; POST /api/session signs in.");
        }
        return session;
    }

    /** The session of a request that changes something, by a person in one of {@code roles}. */
    Session writer(Context context, Set<Role> roles) {
        sameOrigin(context);
        Session session = reader(context);
        byte[] sent =
                Objects.requireNonNullElse(context.header(CSRF_HEADER), "").getBytes(StandardCharsets.UTF_8);
        if (!MessageDigest.isEqual(sent, session.csrf().getBytes(StandardCharsets.UTF_8))) {
            throw new Refused(403, "csrf", "The header " + CSRF_HEADER + " is missing or not this session's.");
        }
        if (!roles.contains(session.role())) {
            throw new Refused(
                    403,
                    "role",
                    "This needs another role than " + session.role().text() + ".");
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
