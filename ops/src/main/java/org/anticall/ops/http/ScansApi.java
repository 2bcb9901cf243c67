package org.anticall.ops.http;

import io.javalin.http.Context;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import org.anticall.ops.people.Permission;
import org.anticall.ops.store.Orders;
import org.anticall.ops.store.Scans;

/** {@code /api/scans}: signed copies of documents, PDF, known by their hash. */
final class ScansApi {

    static final int MOST_BYTES = 20 * 1024 * 1024;

    private static final byte[] PDF = "%PDF-".getBytes(StandardCharsets.US_ASCII);

    private final Scans scans;
    private final Orders orders;
    private final Looks looks;
    private final Trail trail;

    ScansApi(Scans scans, Orders orders, Looks looks, Trail trail) {
        this.looks = looks;
        this.scans = scans;
        this.orders = orders;
        this.trail = trail;
    }

    void addTo(Doors doors) {
        doors.post("/api/scans", Permission.WRITE_ORDERS, this::take);
        doors.get("/api/scans/{hash}", Permission.SEE_ORDERS, this::show);
    }

    private void take(Context context, Session session) throws IOException {
        byte[] bytes = context.req().getInputStream().readNBytes(MOST_BYTES + 1);
        if (bytes.length > MOST_BYTES) {
            throw new Refused(413, "size", "A copy has at most " + MOST_BYTES + " bytes.");
        }
        if (!Arrays.equals(PDF, Arrays.copyOf(bytes, PDF.length))) {
            throw new Refused(415, "no-pdf", "Expected a PDF file.");
        }
        String hash = hash(bytes);
        scans.add(hash, bytes, trail.of(context, session, "scan.add", "scan " + hash));
        Answers.send(context, 201, Map.of("hash", hash, "bytes", bytes.length));
    }

    /** As a file to keep, never as a page of this origin. A look that names the order of the copy follows from it. */
    private void show(Context context, Session session) {
        String hash = context.pathParam("hash");
        byte[] bytes = scans.find(hash).orElseThrow(() -> new Refused(404, "unknown", "There is no such copy."));
        long id = Queries.number(context, "order", 0);
        boolean isOfOrder = id != 0
                && orders.find(id)
                        .filter(each -> hash.equals(each.content().basis().scan()))
                        .isPresent();
        if (isOfOrder) {
            looks.at(context, session, "look.scan", "scan " + hash, "order " + id);
        } else {
            looks.freely(context, session, "look.scan", "scan " + hash);
        }
        context.contentType("application/pdf")
                .header("Content-Disposition", "attachment; filename=\"" + hash.substring(0, 12) + ".pdf\"")
                .result(bytes);
    }

    private static String hash(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java platform has SHA-256", impossible);
        }
    }
}
