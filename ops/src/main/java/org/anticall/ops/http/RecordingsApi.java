package org.anticall.ops.http;

import io.javalin.http.Context;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.anticall.ops.media.Recordings;
import org.anticall.ops.people.Permission;
import org.anticall.ops.store.AuditTrail;
import org.jspecify.annotations.Nullable;

/**
 * {@code /api/recordings/{id}}: the recordings of one call. How many parts there are is told without a trace; opening one is
 * a look at what people said and stands in the trail before a byte is sent.
 */
final class RecordingsApi {

    private final @Nullable Recordings recordings;
    private final AuditTrail audit;
    private final Trail trail;

    RecordingsApi(@Nullable Recordings recordings, AuditTrail audit, Trail trail) {
        this.recordings = recordings;
        this.audit = audit;
        this.trail = trail;
    }

    void addTo(Doors doors) {
        doors.get("/api/recordings/{id}", Permission.HEAR_RECORDINGS, this::list);
        doors.post("/api/recordings/{id}/{part}", Permission.HEAR_RECORDINGS, this::open);
    }

    private void list(Context context, Session session) throws IOException {
        Answers.send(context, 200, Map.of("parts", parts(context).size()));
    }

    private void open(Context context, Session session) throws IOException {
        List<Path> parts = parts(context);
        String part = context.pathParam("part");
        int number = part.matches("[0-9]{1,3}") ? Integer.parseInt(part) : -1;
        Recordings made = recordings;
        if (made == null || number < 0 || number >= parts.size()) {
            throw new Refused(404, "unknown", "There is no such recording.");
        }
        audit.add(trail.of(context, session, "recording.open", context.pathParam("id"), Map.of("part", number), ""));
        context.contentType("audio/wav");
        made.open(parts.get(number), context.res().getOutputStream());
    }

    private List<Path> parts(Context context) throws IOException {
        return recordings == null ? List.of() : recordings.of(context.pathParam("id"));
    }
}
