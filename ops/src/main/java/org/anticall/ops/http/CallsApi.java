package org.anticall.ops.http;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.util.Map;
import java.util.Set;
import org.anticall.ops.evidence.CallBoard;
import org.anticall.ops.store.Accounts.Role;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** {@code /api/calls}: the board as it is now, and release to the callee. */
final class CallsApi {

    private static final Logger LOG = LoggerFactory.getLogger(CallsApi.class);

    private final CallBoard board;
    private final DeskActions desk;
    private final Gate gate;

    CallsApi(CallBoard board, DeskActions desk, Gate gate) {
        this.board = board;
        this.desk = desk;
        this.gate = gate;
    }

    void addTo(RoutesConfig routes) {
        routes.get("/api/calls", context -> {
            gate.reader(context);
            Answers.send(context, 200, CallView.change(board.snapshot()));
        });
        routes.post("/api/calls/{id}/release", this::release);
    }

    private void release(Context context) {
        Session session = gate.writer(context, Set.of(Role.OPERATOR));
        String id = context.pathParam("id");
        if (board.find(id) == null) {
            Answers.error(context, 404, "unknown", "There is no such call on the board.");
        } else if (desk.release(id)) {
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
