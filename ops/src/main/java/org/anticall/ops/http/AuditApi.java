package org.anticall.ops.http;

import io.javalin.http.Context;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import org.anticall.ops.audit.AuditLink;
import org.anticall.ops.audit.HeadSigner;
import org.anticall.ops.audit.SignedHead;
import org.anticall.ops.people.Permission;
import org.anticall.ops.store.AuditTrail;
import org.anticall.ops.store.AuditTrail.Search;

/** {@code /api/audit}: search in the trail, its signed head, and the whole of it for an examination elsewhere. */
final class AuditApi {

    private static final int MOST = 500;

    private final AuditTrail audit;
    private final HeadSigner signer;
    private final Looks looks;
    private final Trail trail;
    private final Clock clock;

    AuditApi(AuditTrail audit, HeadSigner signer, Looks looks, Trail trail, Clock clock) {
        this.audit = audit;
        this.signer = signer;
        this.looks = looks;
        this.trail = trail;
        this.clock = clock;
    }

    void addTo(Doors doors) {
        doors.get("/api/audit", Permission.SEE_AUDIT, this::find);
        doors.get("/api/audit/export", Permission.SEE_AUDIT, this::export);
        doors.post("/api/audit/head", Permission.SEE_AUDIT, this::sign);
    }

    private void find(Context context, Session session) {
        Search search = new Search(
                Queries.text(context, "action"),
                Queries.text(context, "subject"),
                Queries.number(context, "person", 0),
                Queries.number(context, "before", Long.MAX_VALUE),
                (int) Math.min(MOST, Queries.number(context, "most", 100)));
        if (!search.subject().isEmpty() || search.person() != 0) {
            String of = search.person() == 0 ? search.subject() : "person " + search.person();
            looks.freely(context, session, "look.trail", of);
        }
        Map<String, Object> view = new LinkedHashMap<>();
        view.put("links", audit.find(search).stream().map(AuditApi::view).toList());
        view.put("head", audit.newestHead().map(AuditApi::view).orElse(null));
        view.put("key", signer.key().text());
        Answers.send(context, 200, view);
    }

    /** The end of the export is signed, so that it can be told from one that was cut off. */
    private void export(Context context, Session session) throws IOException {
        looks.at(context, session, "audit.export", "", "inspection of the trail");
        audit.sign(signer, clock.instant());
        context.res().setContentType("application/x-ndjson");
        context.res().setHeader("Content-Disposition", "attachment; filename=\"audit.ndjson\"");
        PrintWriter out = new PrintWriter(context.res().getOutputStream(), false, StandardCharsets.UTF_8);
        audit.export(signer, line -> out.write(line + "\n"));
        out.flush();
    }

    private void sign(Context context, Session session) {
        audit.add(trail.of(context, session, "audit.sign", ""));
        Answers.send(context, 200, view(audit.sign(signer, clock.instant()).orElseThrow()));
    }

    private static Map<String, Object> view(AuditLink link) {
        Map<String, Object> view = new LinkedHashMap<>();
        view.put("seq", link.seq());
        view.put("at", link.entry().at().toString());
        view.put("person", link.entry().who().person());
        view.put("account", link.entry().who().account());
        view.put("address", link.entry().who().address());
        view.put("action", link.entry().action());
        view.put("subject", link.entry().subject());
        view.put("details", link.entry().details());
        view.put("why", link.entry().why());
        view.put("hash", link.hash());
        return view;
    }

    private static Map<String, Object> view(SignedHead head) {
        return Map.of(
                "seq", head.seq(),
                "hash", head.hash(),
                "at", head.at().toString(),
                "key", head.key(),
                "signature", head.signature());
    }
}
