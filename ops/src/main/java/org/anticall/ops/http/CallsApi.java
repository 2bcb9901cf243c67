package org.anticall.ops.http;

import io.javalin.http.Context;
import java.util.Map;
import org.anticall.ops.evidence.CallBoard;
import org.anticall.ops.people.Permission;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** {@code /api/calls}: the board as it is now, and release to the callee. */
final class CallsApi {

    private static final Logger LOG = LoggerFactory.getLogger(CallsApi.class);

    private final CallBoard board;
    private final DeskActions desk;
    private final LateTrail audit;
    private final Trail trail;

    CallsApi(CallBoard board, DeskActions desk, LateTrail audit, Trail trail) {
        this.board = board;
        this.desk = desk;
        this.audit = audit;
        this.trail = trail;
    }

    void addTo(Doors doors) {
        doors.get(
                "/api/calls",
                Permission.SEE_CALLS,
                (context, session) -> Answers.send(context, 200, CallView.change(board.snapshot())));
        doors.post("/api/calls/{id}/release", Permission.RELEASE_CALLS, this::release);
    }

    private void release(Context context, Session session) {
        String id = context.pathParam("id");
        if (board.find(id) == null) {
            Answers.error(context, 404, "unknown", "There is no such call on the board.");
        } else if (desk.release(id)) {
            audit.add(trail.of(context, session, "call.release", id));
            LOG.atInfo()
                    .addKeyValue("call", id)
                    .addKeyValue("account", session.account())
                    .log("released by operator");
            Answers.send(context, 202, Map.of("released", id));
        } else {
            Answers.error(context, 409, "too-late", "The call is over or has been answered.");
        }
    }
}
