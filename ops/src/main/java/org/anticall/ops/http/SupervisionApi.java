package org.anticall.ops.http;

import io.javalin.http.Context;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.anticall.ops.desk.SeatStatus;
import org.anticall.ops.media.RelayedCall.Ear;
import org.anticall.ops.people.Permission;
import org.anticall.ops.sip.DeskServer;
import org.anticall.ops.sip.ForcedSeats;
import org.anticall.ops.store.AuditTrail;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** {@code /api/supervision/{act}}: what a supervisor does to calls and seats. All of it is in the trail, before it is done. */
final class SupervisionApi {

    private static final Logger LOG = LoggerFactory.getLogger(SupervisionApi.class);

    /** Longer than the relay is asked ({@code ops.media}): what it does is not told as if it had not been done. */
    private static final long ANSWER_SECONDS = 10;

    private static final int LONGEST_DESCRIPTION = 16_384;
    private static final int LONGEST_NAME = 64;
    private static final int SHORTEST_WHY = 3;
    private static final int LONGEST_WHY = 200;

    /** What is done to a seat; all else is done to a call. */
    private static final Set<String> TO_A_SEAT = Set.of("pause", "resume", "ready", "end-wrap-up", "sign-out");

    /** What nobody does to another's seat without saying why. */
    private static final Set<String> WITH_REASON = Set.of("ready", "end-wrap-up", "sign-out");

    /** What only completes or ends something that is in the trail already. */
    private static final Set<String> PART_OF_ANOTHER = Set.of("heard", "deaf", "hush");

    private final @Nullable DeskServer desk;
    private final AuditTrail audit;
    private final Trail trail;

    SupervisionApi(@Nullable DeskServer desk, AuditTrail audit, Trail trail) {
        this.desk = desk;
        this.audit = audit;
        this.trail = trail;
    }

    void addTo(Doors doors) {
        doors.post("/api/supervision/{act}", Permission.SUPERVISE_CALLS, this::act);
        doors.get("/api/supervision/outlook", Permission.SUPERVISE_CALLS, this::outlook);
    }

    private void outlook(Context context, Session session) {
        DeskServer open = desk;
        if (open == null) {
            throw new Refused(409, "no-desk", "This centre has no desk.");
        }
        Answers.send(context, 200, done(open.outlook().thenApply(OutlookView::of)));
    }

    private void act(Context context, Session session) {
        Fields fields = new Fields(Answers.body(context));
        String act = context.pathParam("act");
        String subject = fields.text(TO_A_SEAT.contains(act) ? "seat" : "call", 1, LONGEST_NAME);
        String why = fields.text("reason", WITH_REASON.contains(act) ? SHORTEST_WHY : 0, LONGEST_WHY);
        fields.check();
        DeskServer open = desk;
        if (open == null) {
            throw new Refused(409, "no-desk", "This centre has no desk.");
        }
        if (!PART_OF_ANOTHER.contains(act)) {
            audit.add(trail.of(context, session, "supervision." + act, subject, Map.of(), why));
        }
        CompletableFuture<?> asked = TO_A_SEAT.contains(act)
                ? force(open.forcedSeats(), act, subject, session.account(), why)
                : ask(open, act, subject, session, fields);
        Answers.send(context, 200, done(asked));
    }

    private static CompletableFuture<?> ask(
            DeskServer desk, String act, String subject, Session session, Fields fields) {
        return switch (act) {
            case "listen" -> desk.eavesdrop().listen(subject).thenApply(SupervisionApi::ears);
            case "heard" -> desk.eavesdrop().heard(subject, name("tag", fields), description(fields));
            case "deaf" -> desk.eavesdrop().deaf(subject, name("tag", fields));
            case "whisper" ->
                desk.eavesdrop()
                        .whisper(subject, description(fields))
                        .thenApply(mouth -> Map.of("voice", mouth.name(), "sdp", mouth.answer()));
            case "aloud" ->
                desk.eavesdrop()
                        .aloud(subject, name("voice", fields), fields.node("on").asBoolean(false));
            case "hush" -> desk.eavesdrop().hush(subject, name("voice", fields));
            case "takeover" -> desk.eavesdrop().takeOver(subject, session.account());
            case "end" -> desk.end(subject);
            case "release" -> desk.release(subject);
            default -> throw new Refused(404, "unknown", "Supervision does not know '" + act + "'.");
        };
    }

    private static CompletableFuture<?> force(ForcedSeats seats, String act, String seat, String account, String why) {
        return switch (act) {
            case "pause" -> seats.pause(seat, "supervisor " + account + (why.isEmpty() ? "" : ": " + why));
            case "end-wrap-up" -> seats.endWrapUp(seat);
            case "sign-out" -> seats.signOut(seat);
            default -> seats.ready(seat);
        };
    }

    private static Object ears(List<Ear> ears) {
        return Map.of(
                "ears",
                ears.stream()
                        .map(ear -> Map.of("tag", ear.tag(), "sdp", ear.description()))
                        .toList());
    }

    private static String name(String field, Fields fields) {
        String name = fields.text(field, 1, LONGEST_NAME);
        fields.check();
        return name;
    }

    private static String description(Fields fields) {
        fields.text("sdp", 1, LONGEST_DESCRIPTION);
        return fields.node("sdp").asText("");
    }

    /** The answer's body; what the desk cannot do is refused. */
    private static Object done(CompletableFuture<?> asked) {
        try {
            Object answer = asked.get(ANSWER_SECONDS, TimeUnit.SECONDS);
            if (answer == null || answer.equals(false)) {
                throw tooLate();
            }
            if (answer instanceof SeatStatus seat) {
                return Map.of("done", true, "seat", CallView.seat(seat));
            }
            return answer instanceof Map<?, ?> view ? view : Map.of("done", true);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw tooLate();
        } catch (ExecutionException | TimeoutException notDone) {
            LOG.atInfo()
                    .addKeyValue("why", String.valueOf(notDone.getMessage()))
                    .log("a supervisor's wish is not done");
            throw tooLate();
        }
    }

    private static Refused tooLate() {
        return new Refused(
                409,
                "too-late",
                "There is no such seat, it is not in a state for this, or the call is over or cannot be heard.");
    }
}
