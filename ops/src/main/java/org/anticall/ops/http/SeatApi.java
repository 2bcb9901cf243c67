package org.anticall.ops.http;

import com.fasterxml.jackson.databind.JsonNode;
import io.javalin.http.Context;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.anticall.ops.people.Permission;
import org.anticall.ops.sip.ConsoleSeats;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code /api/seat/{act}}: what operators do at the page that is their seat. The seat has the account's name and belongs to
 * the page that took it last ({@code page} in the body, a name the page gave itself).
 */
final class SeatApi {

    private static final Logger LOG = LoggerFactory.getLogger(SeatApi.class);

    /** Longer than the relay is asked ({@code ops.media}). */
    private static final long ANSWER_SECONDS = 5;

    private static final int LONGEST_DESCRIPTION = 16_384;
    private static final int LONGEST_NAME = 64;
    private static final int LONGEST_REASON = 64;

    /** What is written down because it decides about a call. */
    private static final Set<String> AUDITED = Set.of("end", "connect", "keep");

    private final @Nullable ConsoleSeats seats;
    private final SeatLines lines;
    private final LateTrail audit;
    private final Trail trail;

    SeatApi(@Nullable ConsoleSeats seats, SeatLines lines, LateTrail audit, Trail trail) {
        this.seats = seats;
        this.lines = lines;
        this.audit = audit;
        this.trail = trail;
    }

    void addTo(Doors doors) {
        doors.post("/api/seat/{act}", Permission.ANSWER_CALLS, this::act);
    }

    private void act(Context context, Session session) {
        JsonNode body = Answers.body(context);
        Fields fields = new Fields(body);
        String page = fields.text("page", 1, LONGEST_NAME);
        String act = context.pathParam("act");
        String seat = session.account();
        ConsoleSeats desk = seats;
        fields.check();
        if (desk == null) {
            throw new Refused(409, "no-desk", "This centre has no desk.");
        }
        if (act.equals("ready") || act.equals("standby")) {
            lines.take(seat, page);
        }
        if (act.equals("here")) {
            lines.goOn(seat, page);
        }
        if (!lines.isAt(seat, page)) {
            throw new Refused(409, "elsewhere", "The seat is not at this page; POST /api/seat/ready takes it.");
        }
        CompletableFuture<Boolean> asked = ask(desk, act, seat, fields);
        fields.check();
        if (act.equals("leave")) {
            lines.leave(seat);
        }
        if (!done(asked)) {
            throw new Refused(409, "too-late", "The call is over, or not at this seat.");
        }
        if (AUDITED.contains(act)) {
            audit.add(trail.of(
                    context, session, "call." + act, fields.node("call").asText("")));
        }
        Answers.send(context, 200, Map.of("done", act));
    }

    private static CompletableFuture<Boolean> ask(ConsoleSeats desk, String act, String seat, Fields fields) {
        return switch (act) {
            case "ready" -> desk.ready(seat);
            case "standby" -> desk.standBy(seat);
            case "whispered" ->
                desk.heardWhisper(seat, call(fields), fields.text("tag", 1, LONGEST_NAME), description(fields));
            case "leave" -> desk.leave(seat);
            case "pause" -> desk.pause(seat, fields.text("reason", 1, LONGEST_REASON));
            case "here" -> desk.here(seat, fields.node("afresh").asBoolean(false));
            case "away" -> desk.away(seat);
            case "longer" -> desk.longer(seat);
            case "answer" -> desk.answer(seat, fields.text("leg", 1, LONGEST_NAME), description(fields));
            case "decline" -> desk.decline(seat, fields.text("leg", 1, LONGEST_NAME));
            case "hold" -> desk.hold(seat, call(fields));
            case "resume" -> desk.resume(seat, call(fields));
            case "end" -> desk.end(seat, call(fields));
            case "connect" -> desk.passOn(seat, call(fields));
            case "keep" -> desk.keep(seat, call(fields));
            default -> throw new Refused(404, "unknown", "A seat does not know '" + act + "'.");
        };
    }

    private static String call(Fields fields) {
        return fields.text("call", 1, LONGEST_NAME);
    }

    /** As it came: its line ends count. */
    private static String description(Fields fields) {
        fields.text("sdp", 1, LONGEST_DESCRIPTION);
        return fields.node("sdp").asText("");
    }

    private static boolean done(CompletableFuture<Boolean> asked) {
        try {
            return asked.get(ANSWER_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return false;
        } catch (ExecutionException | TimeoutException notDone) {
            LOG.atInfo()
                    .addKeyValue("why", String.valueOf(notDone.getMessage()))
                    .log("a seat's wish is not done");
            return false;
        }
    }
}
