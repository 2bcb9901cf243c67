package org.anticall.ops.http;

import io.javalin.http.Context;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.anticall.ops.media.RelayedCall.Ear;
import org.anticall.ops.people.Permission;
import org.anticall.ops.sip.DeskServer;
import org.anticall.ops.store.AuditTrail;
import org.jspecify.annotations.Nullable;

/** {@code /api/supervision/{act}}: what a supervisor does to calls and seats. All of it is in the trail, before it is done. */
final class SupervisionApi {

    private static final long ANSWER_SECONDS = 3;
    private static final int LONGEST_DESCRIPTION = 16_384;
    private static final int LONGEST_NAME = 64;

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
        String subject = fields.text(act.equals("pause") || act.equals("resume") ? "seat" : "call", 1, LONGEST_NAME);
        fields.check();
        DeskServer open = desk;
        if (open == null) {
            throw new Refused(409, "no-desk", "This centre has no desk.");
        }
        if (!PART_OF_ANOTHER.contains(act)) {
            audit.add(trail.of(context, session, "supervision." + act, subject));
        }
        Answers.send(context, 200, done(ask(open, act, subject, session, fields)));
    }

    private static CompletableFuture<?> ask(
            DeskServer desk, String act, String subject, Session session, Fields fields) {
        return switch (act) {
            case "listen" -> desk.eavesdrop().listen(subject).thenApply(SupervisionApi::ears);
            case "heard" -> desk.eavesdrop().heard(subject, fields.text("tag", 1, LONGEST_NAME), description(fields));
            case "deaf" -> desk.eavesdrop().deaf(subject, fields.text("tag", 1, LONGEST_NAME));
            case "whisper" ->
                desk.eavesdrop().whisper(subject, description(fields)).thenApply(sdp -> Map.of("sdp", sdp));
            case "aloud" -> desk.eavesdrop().aloud(subject, fields.node("on").asBoolean(false));
            case "hush" -> desk.eavesdrop().hush(subject);
            case "takeover" -> desk.eavesdrop().takeOver(subject, session.account());
            case "end" -> desk.end(subject);
            case "release" -> desk.release(subject);
            case "pause" -> desk.pause(subject, "supervisor " + session.account());
            case "resume" -> desk.resume(subject);
            default -> throw new Refused(404, "unknown", "Supervision does not know '" + act + "'.");
        };
    }

    private static Object ears(List<Ear> ears) {
        return Map.of(
                "ears",
                ears.stream()
                        .map(ear -> Map.of("tag", ear.tag(), "sdp", ear.description()))
                        .toList());
    }

    private static String description(Fields fields) {
        fields.text("sdp", 1, LONGEST_DESCRIPTION);
        return fields.node("sdp").asText("");
    }

    /** The answer's body; what the desk cannot do is refused. */
    private static Object done(CompletableFuture<?> asked) {
        try {
            Object answer = asked.get(ANSWER_SECONDS, TimeUnit.SECONDS);
            if (Boolean.FALSE.equals(answer)) {
                throw tooLate();
            }
            return answer instanceof Map<?, ?> view ? view : Map.of("done", true);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw tooLate();
        } catch (ExecutionException | TimeoutException notDone) {
            throw tooLate();
        }
    }

    private static Refused tooLate() {
        return new Refused(409, "too-late", "There is no such seat, or the call is over or cannot be heard.");
    }
}
