package org.anticall.ops.http;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.anticall.ops.evidence.Archive;
import org.anticall.ops.store.AccessLog;
import org.anticall.ops.store.AccessLog.Look;
import org.anticall.ops.store.Accounts.Role;
import org.anticall.ops.store.DeskCalls;
import org.anticall.rules.record.DecisionRecord;

/**
 * {@code /api/records}: the receipt of one call, masked, and its numbers in full. Every look is written down before
 * anything is shown.
 */
final class RecordsApi {

    private final Archive archive;
    private final DeskCalls deskCalls;
    private final AccessLog accessLog;
    private final Clock clock;
    private final Gate gate;

    RecordsApi(Archive archive, DeskCalls deskCalls, AccessLog accessLog, Clock clock, Gate gate) {
        this.archive = archive;
        this.deskCalls = deskCalls;
        this.accessLog = accessLog;
        this.clock = clock;
        this.gate = gate;
    }

    void addTo(RoutesConfig routes) {
        routes.get("/api/records/{id}", this::receipt);
        routes.post("/api/records/{id}/numbers", this::numbers);
    }

    private void receipt(Context context) {
        Session session = gate.reader(context);
        DecisionRecord record = find(context);
        look(context, session, record, "receipt");
        List<Look> looks = accessLog.of(record.id());
        Map<String, Object> view = ReceiptView.of(record);
        view.put("history", CallView.history(deskCalls.historyOf(record.id())));
        view.put("looks", looks.size());
        Answers.send(context, 200, view);
    }

    private void numbers(Context context) {
        Session session = gate.writer(context, Set.of(Role.values()));
        DecisionRecord record = find(context);
        look(context, session, record, "numbers");
        Answers.send(context, 200, new LinkedHashMap<>(ReceiptView.numbers(record)));
    }

    private DecisionRecord find(Context context) {
        return archive.find(context.pathParam("id"))
                .orElseThrow(() -> new Gate.Refused(404, "unknown", "There is no such record."));
    }

    private void look(Context context, Session session, DecisionRecord record, String lookedAt) {
        accessLog.add(new Look(clock.instant(), session.account(), context.ip(), record.id(), lookedAt));
    }
}
