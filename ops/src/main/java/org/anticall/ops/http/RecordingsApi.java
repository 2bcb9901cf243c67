package org.anticall.ops.http;

import io.javalin.http.Context;
import java.io.IOException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.anticall.ops.audit.AuditLink;
import org.anticall.ops.desk.DeskCall;
import org.anticall.ops.media.Recordings;
import org.anticall.ops.media.Recordings.Kept;
import org.anticall.ops.people.Permission;
import org.anticall.ops.store.AuditTrail;
import org.anticall.ops.store.DeskCalls;
import org.anticall.ops.store.Retention;
import org.jspecify.annotations.Nullable;

/**
 * {@code /api/recordings}: what was said in recorded calls, and who has heard it. That there is a recording is told without a
 * trace; opening a part is a look at what people said and stands in the trail, with the listener's reason, before a byte is
 * sent.
 */
final class RecordingsApi {

    private static final String OPENED = "recording.open";
    private static final int MOST = 100;
    private static final int MOST_LOOKS = 100;

    private final @Nullable Recordings recordings;
    private final Duration keptFor;
    private final DeskCalls calls;
    private final Retention retention;
    private final AuditTrail audit;
    private final Looks looks;

    RecordingsApi(
            @Nullable Recordings recordings,
            Duration keptFor,
            DeskCalls calls,
            Retention retention,
            AuditTrail audit,
            Looks looks) {
        this.recordings = recordings;
        this.keptFor = keptFor;
        this.calls = calls;
        this.retention = retention;
        this.audit = audit;
        this.looks = looks;
    }

    void addTo(Doors doors) {
        doors.get("/api/recordings", Permission.HEAR_RECORDINGS, this::list);
        doors.get("/api/recordings/{id}", Permission.HEAR_RECORDINGS, this::show);
        doors.post("/api/recordings/{id}/{part}", Permission.HEAR_RECORDINGS, this::open);
    }

    /** Newest first; the next page begins before the last one's {@code sealedAt}. */
    private void list(Context context, Session session) throws IOException {
        List<Kept> kept = recordings == null ? List.of() : recordings.kept(before(context), MOST);
        List<String> ids = kept.stream().map(Kept::recordId).toList();
        Map<String, DeskCall> known = calls.lastOf(ids);
        Map<String, Long> looks = audit.counts(OPENED, ids);
        List<Map<String, Object>> views = kept.stream()
                .map(each -> view(each, known.get(each.recordId()), looks.getOrDefault(each.recordId(), 0L)))
                .toList();
        Answers.send(context, 200, Map.of("made", recordings != null, "recordings", views));
    }

    private static Instant before(Context context) {
        String text = context.queryParam("before");
        try {
            return text == null ? Instant.MAX : Instant.parse(text);
        } catch (DateTimeException notATime) {
            throw new Refused(400, "fields", "Expected a time such as 2026-11-28T00:00:00Z in 'before'.");
        }
    }

    private Map<String, Object> view(Kept kept, @Nullable DeskCall call, long looks) {
        Map<String, Object> view = new LinkedHashMap<>();
        view.put("call", kept.recordId());
        view.put("caller", call == null ? null : CallView.number(call.caller(), false));
        view.put("rule", call == null ? null : call.rule());
        view.put("seat", call == null ? null : call.seat());
        view.put("offeredAt", call == null ? null : call.offeredAt().toString());
        view.put("parts", kept.parts());
        view.put("bytes", kept.bytes());
        view.put("sealedAt", kept.sealedAt().toString());
        boolean held = retention.isNeeded(kept.recordId());
        view.put("keptUntil", held ? null : kept.sealedAt().plus(keptFor).toString());
        view.put("looks", looks);
        return view;
    }

    private void show(Context context, Session session) throws IOException {
        String id = context.pathParam("id");
        List<Map<String, Object>> looks =
                audit.find(new AuditTrail.Search(OPENED, id, 0, Long.MAX_VALUE, MOST_LOOKS)).stream()
                        .map(RecordingsApi::look)
                        .toList();
        Answers.send(context, 200, Map.of("parts", parts(context).size(), "looks", looks));
    }

    private static Map<String, Object> look(AuditLink link) {
        Map<String, Object> view = new LinkedHashMap<>();
        view.put("at", link.entry().at().toString());
        view.put("account", link.entry().who().account());
        view.put("part", Answers.tree(link.entry().details()).path("part").asInt());
        view.put("why", link.entry().why());
        view.put("link", link.seq());
        return view;
    }

    private void open(Context context, Session session) throws IOException {
        List<Path> parts = parts(context);
        String part = context.pathParam("part");
        int number = part.matches("[0-9]{1,3}") ? Integer.parseInt(part) : -1;
        Recordings made = recordings;
        if (made == null || number < 0 || number >= parts.size()) {
            throw new Refused(404, "unknown", "There is no such recording.");
        }
        looks.freely(context, session, OPENED, context.pathParam("id"), Map.of("part", number));
        context.contentType("audio/wav");
        made.open(parts.get(number), context.res().getOutputStream());
    }

    private List<Path> parts(Context context) throws IOException {
        return recordings == null ? List.of() : recordings.of(context.pathParam("id"));
    }
}
