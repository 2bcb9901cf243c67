package org.anticall.ops.http;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Semaphore;
import org.anticall.ops.config.Secret;
import org.anticall.ops.evidence.RecordIntake;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** {@code POST /records}: batches of decision records from gateways that show the token. */
final class IntakeApi {

    private static final Logger LOG = LoggerFactory.getLogger(IntakeApi.class);

    private static final String SCHEME = "Bearer ";

    /** Batches in work at once; each may hold {@link RecordIntake#MAX_BATCH_BYTES}. */
    private final Semaphore batches = new Semaphore(4);

    private final RecordIntake intake;
    private final Secret token;

    IntakeApi(RecordIntake intake, Secret token) {
        this.intake = intake;
        this.token = token;
    }

    void addTo(RoutesConfig routes) {
        routes.post("/records", this::take);
    }

    private void take(Context context) throws IOException {
        String sent = Objects.requireNonNullElse(context.header("Authorization"), "");
        if (!sent.startsWith(SCHEME)
                || !token.matches(sent.substring(SCHEME.length()).strip())) {
            context.header("WWW-Authenticate", "Bearer");
            throw new Refused(401, "token", "The bearer token is missing or wrong.");
        }
        if (!batches.tryAcquire()) {
            context.header("Retry-After", "1");
            throw new Refused(503, "busy", "Too many batches at once.");
        }
        try {
            byte[] body = context.req().getInputStream().readNBytes(RecordIntake.MAX_BATCH_BYTES + 1);
            if (body.length > RecordIntake.MAX_BATCH_BYTES) {
                throw new Refused(413, "size", "A batch has at most " + RecordIntake.MAX_BATCH_BYTES + " bytes.");
            }
            answer(context, intake.take(body));
        } finally {
            batches.release();
        }
    }

    private static void answer(Context context, RecordIntake.Answer answer) {
        Map<String, Object> view = new LinkedHashMap<>();
        view.put("stored", answer.stored());
        view.put("duplicates", answer.duplicates());
        if (!answer.refused().isEmpty()) {
            List<Map<String, Object>> refused = new ArrayList<>();
            answer.refused().forEach(each -> refused.add(Map.of("line", each.line(), "error", each.error())));
            view.put("refused", refused);
            LOG.atWarn().addKeyValue("lines", refused.size()).log("lines of a batch are no records");
        }
        Answers.send(context, 200, view);
    }
}
