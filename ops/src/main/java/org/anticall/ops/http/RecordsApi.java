package org.anticall.ops.http;

import io.javalin.http.Context;
import java.util.LinkedHashMap;
import java.util.Map;
import org.anticall.ops.evidence.Archive;
import org.anticall.ops.people.Permission;
import org.anticall.ops.store.AuditTrail;
import org.anticall.ops.store.DeskCalls;
import org.anticall.rules.record.DecisionRecord;

/**
 * {@code /api/records}: the receipt of one call, masked, and its numbers in full. Every look is written down before
 * anything is shown.
 */
final class RecordsApi {

    private final Archive archive;
    private final DeskCalls deskCalls;
    private final AuditTrail audit;
    private final Trail trail;

    RecordsApi(Archive archive, DeskCalls deskCalls, AuditTrail audit, Trail trail) {
        this.archive = archive;
        this.deskCalls = deskCalls;
        this.audit = audit;
        this.trail = trail;
    }

    void addTo(Doors doors) {
        doors.get("/api/records/{id}", Permission.SEE_RECEIPTS, this::receipt);
        doors.post("/api/records/{id}/numbers", Permission.SEE_NUMBERS, this::numbers);
    }

    private void receipt(Context context, Session session) {
        DecisionRecord record = find(context);
        look(context, session, record, "look.receipt");
        Map<String, Object> view = ReceiptView.of(record);
        view.put("history", CallView.history(deskCalls.historyOf(record.id())));
        view.put("looks", audit.looksAt(record.id()));
        Answers.send(context, 200, view);
    }

    private void numbers(Context context, Session session) {
        DecisionRecord record = find(context);
        look(context, session, record, "look.numbers");
        Answers.send(context, 200, new LinkedHashMap<>(ReceiptView.numbers(record)));
    }

    private DecisionRecord find(Context context) {
        return archive.find(context.pathParam("id"))
                .orElseThrow(() -> new Refused(404, "unknown", "There is no such record."));
    }

    private void look(Context context, Session session, DecisionRecord record, String lookedAt) {
        audit.add(trail.of(context, session, lookedAt, record.id()));
    }
}
