package org.anticall.ops.http;

import com.fasterxml.jackson.databind.JsonNode;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Semaphore;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.anticall.ops.config.Secret;
import org.anticall.ops.publish.GatewayReport;
import org.anticall.ops.publish.Roster;
import org.anticall.ops.publish.Shelf;
import org.jspecify.annotations.Nullable;

/**
 * {@code /bundles} for gateways that show the token: the newest signed bundle, or, if the gateway has it, the next one as soon
 * as there is one ({@code If-None-Match}, {@code Prefer: wait=25}, RFC 7240). To a gateway that says which revision's bundle it
 * holds ({@code X-Anticall-Base: 12}) it goes as a change of that one. {@code /bundles/reports} takes what they enforce.
 * A gateway that waits holds one thread; at most {@value #MOST_WAITING} do.
 */
final class BundlesApi {

    static final int MOST_WAITING = 64;

    private static final int MOST_WAIT_SECONDS = 55;
    private static final String SCHEME = "Bearer ";
    private static final Pattern WAIT = Pattern.compile("(?:^|[,; ])wait=([0-9]{1,3})(?:$|[,; ])");
    private static final Pattern TAG = Pattern.compile("(?:W/)?\"([0-9]{1,18})\"");

    private static final Pattern REVISION = Pattern.compile("[0-9]{1,18}");

    private final Semaphore waiting = new Semaphore(MOST_WAITING);
    private final Shelf shelf;
    private final Roster roster;
    private final Secret token;
    private final Clock clock;

    BundlesApi(Shelf shelf, Roster roster, Secret token, Clock clock) {
        this.shelf = shelf;
        this.roster = roster;
        this.token = token;
        this.clock = clock;
    }

    void addTo(RoutesConfig routes) {
        routes.get("/bundles", this::serve);
        routes.post("/bundles/reports", this::report);
    }

    private void serve(Context context) throws InterruptedException {
        gateway(context);
        long known = known(context);
        Shelf.Ready ready = shelf.ready();
        if (ready == null || ready.revision() == known) {
            ready = awaited(known, waitSeconds(context) * 1_000L);
        }
        context.header("Cache-Control", "no-store");
        if (ready == null) {
            context.header("ETag", "\"" + known + "\"");
            context.status(304);
            return;
        }
        context.header("ETag", "\"" + ready.revision() + "\"");
        context.contentType("application/octet-stream").result(ready.since(base(context)));
    }

    private Shelf.@Nullable Ready awaited(long known, long millis) throws InterruptedException {
        if (millis == 0 || !waiting.tryAcquire()) {
            return null;
        }
        try {
            return shelf.await(known, millis);
        } finally {
            waiting.release();
        }
    }

    private void report(Context context) {
        gateway(context);
        JsonNode body = Answers.body(context);
        Fields fields = new Fields(body);
        String node = fields.text("node", 1, 64);
        long revision = fields.number("revision", 0, Long.MAX_VALUE);
        String state = fields.text("state", 1, 16);
        if (!state.isEmpty() && !state.equals("enforced") && !state.equals("refused")) {
            fields.problem("state", state, "word", "one of enforced, refused");
        }
        Instant now = clock.instant();
        Instant at = now;
        try {
            at = Instant.parse(body.path("at").asText(""));
        } catch (DateTimeException notATime) {
            fields.problem("at", body.path("at").asText(""), "time", "a time such as 2026-11-28T00:00:00Z");
        }
        fields.check();
        String known = GatewayDoor.node(context);
        if (known != null && !known.equals(node)) {
            throw new Refused(403, "node", "The certificate is another gateway's.");
        }
        String hash = bounded(body.path("hash").asText(""), 64);
        String reason = bounded(body.path("reason").asText(""), 2_000);
        if (!roster.take(new GatewayReport(node, revision, state, hash, reason, at, now))) {
            throw new Refused(503, "full", "There are too many gateways.");
        }
        Answers.send(context, 200, Map.of("taken", revision));
    }

    private void gateway(Context context) {
        String sent = Objects.requireNonNullElse(context.header("Authorization"), "");
        if (!sent.startsWith(SCHEME)
                || !token.matches(sent.substring(SCHEME.length()).strip())) {
            context.header("WWW-Authenticate", "Bearer");
            throw new Refused(401, "token", "The bearer token is missing or wrong.");
        }
    }

    private static long known(Context context) {
        Matcher tag = TAG.matcher(Objects.requireNonNullElse(context.header("If-None-Match"), ""));
        return tag.find() ? Long.parseLong(tag.group(1)) : 0;
    }

    /** The revision whose bundle the gateway holds, 0 if it does not say. */
    private static long base(Context context) {
        String held = Objects.requireNonNullElse(context.header("X-Anticall-Base"), "");
        return REVISION.matcher(held).matches() ? Long.parseLong(held) : 0;
    }

    private static int waitSeconds(Context context) {
        Matcher wait = WAIT.matcher(Objects.requireNonNullElse(context.header("Prefer"), ""));
        return wait.find() ? Math.min(MOST_WAIT_SECONDS, Integer.parseInt(wait.group(1))) : 0;
    }

    private static String bounded(String text, int most) {
        return text.length() <= most ? text : text.substring(0, most);
    }
}
