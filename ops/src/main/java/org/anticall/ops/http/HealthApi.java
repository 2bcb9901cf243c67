package org.anticall.ops.http;

import io.javalin.http.Context;
import java.util.LinkedHashMap;
import java.util.Map;
import org.anticall.ops.media.Recordings;
import org.anticall.ops.people.Permission;
import org.anticall.ops.publish.Roster;
import org.anticall.ops.publish.Shelf;
import org.jspecify.annotations.Nullable;

/** {@code /api/health}: whether what calls depend on is there, for the bar at the top of every page. */
final class HealthApi {

    private final DeskActions desk;
    private final @Nullable Recordings recordings;
    private final Shelf shelf;
    private final Roster roster;

    /** @param recordings null where none are made */
    HealthApi(DeskActions desk, @Nullable Recordings recordings, CentreParts.Publishing publishing) {
        this.desk = desk;
        this.recordings = recordings;
        this.shelf = publishing.shelf();
        this.roster = publishing.roster();
    }

    void addTo(Doors doors) {
        doors.get("/api/health", Permission.SEE_CALLS, this::health);
    }

    private void health(Context context, Session session) {
        DeskActions.Relays relays = desk.relays();
        Map<String, Object> view = new LinkedHashMap<>();
        view.put("relays", Map.of("up", relays.up(), "all", relays.all()));
        view.put("recording", recordings == null ? "none" : recordings.isFailing() ? "failing" : "well");
        view.put("gateways", gateways());
        Answers.send(context, 200, view);
    }

    private Map<String, Object> gateways() {
        Shelf.Ready ready = shelf.ready();
        long revision = ready == null ? 0 : ready.revision();
        int behind = 0;
        int silent = 0;
        int all = 0;
        for (Roster.Gateway each : roster.gateways()) {
            all++;
            if (roster.isSilent(each)) {
                silent++;
            } else if (each.revision() != revision) {
                behind++;
            }
        }
        return Map.of("all", all, "behind", behind, "silent", silent);
    }
}
