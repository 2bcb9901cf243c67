package org.anticall.ops.http;

import io.javalin.http.Context;
import java.util.LinkedHashMap;
import java.util.Map;
import org.anticall.ops.audit.AuditEntry;
import org.anticall.ops.evidence.Archive;
import org.anticall.ops.people.Permission;
import org.anticall.ops.store.AuditTrail;
import org.anticall.ops.store.DeskCalls;
import org.anticall.ops.store.Retention;
import org.anticall.rules.record.DecisionRecord;

/**
 * {@code /api/records}: the receipt of one call, masked, and its numbers in full. Every look is written down before
 * anything is shown.
 */
final class RecordsApi {

    private final Archive archive;
    private final DeskCalls deskCalls;
    private final Retention retention;
    private final AuditTrail audit;
    private final Looks looks;
    private final Trail trail;

    RecordsApi(Archive archive, DeskCalls deskCalls, Retention retention, AuditTrail audit, Looks looks, Trail trail) {
        this.archive = archive;
        this.deskCalls = deskCalls;
        this.retention = retention;
        this.audit = audit;
        this.looks = looks;
        this.trail = trail;
    }

    void addTo(Doors doors) {
        doors.get("/api/records/{id}", Permission.SEE_RECEIPTS, this::receipt);
        doors.post("/api/records/{id}/numbers", Permission.SEE_NUMBERS, this::numbers);
        doors.post("/api/records/{id}/hold", Permission.HOLD_EVIDENCE, this::hold);
        doors.post("/api/records/{id}/unhold", Permission.HOLD_EVIDENCE, this::unhold);
    }

    private void receipt(Context context, Session session) {
        DecisionRecord record = find(context);
        looks.atCall(context, session, "look.receipt", record.id());
        Map<String, Object> view = ReceiptView.of(record);
        view.put("history", CallView.history(deskCalls.historyOf(record.id())));
        view.put("held", retention.isHeld(record.id()));
        view.put("looks", audit.looksAt(record.id()));
        Answers.send(context, 200, view);
    }

    private void numbers(Context context, Session session) {
        DecisionRecord record = find(context);
        looks.atCall(context, session, "look.numbers", record.id());
        Answers.send(context, 200, new LinkedHashMap<>(ReceiptView.numbers(record)));
    }

    private void hold(Context context, Session session) {
        DecisionRecord record = find(context);
        retention.hold(record.id(), reasoned(context, session, "evidence.hold", record));
        Answers.send(context, 200, Map.of("held", true));
    }

    private void unhold(Context context, Session session) {
        DecisionRecord record = find(context);
        if (!retention.release(record.id(), reasoned(context, session, "evidence.release", record))) {
            throw new Refused(409, "state", "This record is not held.");
        }
        Answers.send(context, 200, Map.of("held", false));
    }

    private AuditEntry reasoned(Context context, Session session, String action, DecisionRecord record) {
        Fields fields = new Fields(Answers.body(context));
        String why = fields.text("why", 3, AllowApi.LONGEST_WHY);
        fields.check();
        return trail.of(context, session, action, record.id(), Map.of(), why);
    }

    private DecisionRecord find(Context context) {
        return archive.find(context.pathParam("id"))
                .orElseThrow(() -> new Refused(404, "unknown", "There is no such record."));
    }
}
