package org.anticall.ops.http;

import io.javalin.http.Context;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import org.anticall.ops.order.Completeness;
import org.anticall.ops.order.OrderContent;
import org.anticall.ops.order.Signature;
import org.anticall.ops.people.Permission;
import org.anticall.ops.store.Orders;

/**
 * {@code /api/imports}: many drafts at once out of CSV or JSON. Every line is checked before anything is written; one that is
 * wrong is named with its field, and then nothing is written at all. With {@code dry=true} nothing is written in any case.
 */
final class ImportApi {

    static final int MOST_BYTES = 32 * 1024 * 1024;
    private static final int MOST_PROBLEMS = 200;

    /** A file is held in memory several times over while it is checked: one at a time. */
    private final Semaphore underWay = new Semaphore(1);

    private final Orders orders;
    private final Trail trail;
    private final Clock clock;

    ImportApi(Orders orders, Trail trail, Clock clock) {
        this.orders = orders;
        this.trail = trail;
        this.clock = clock;
    }

    void addTo(Doors doors) {
        doors.post("/api/imports", Permission.WRITE_ORDERS, this::take);
    }

    private void take(Context context, Session session) throws IOException {
        if (!underWay.tryAcquire()) {
            throw new Refused(409, "import-busy", "Another import is being read; try again when it is done.");
        }
        try {
            taken(context, session);
        } finally {
            underWay.release();
        }
    }

    private void taken(Context context, Session session) throws IOException {
        byte[] body = SentFile.of(context, MOST_BYTES).readAllBytes();
        boolean json = String.valueOf(context.contentType()).startsWith("application/json");
        ImportLines.Read read = ImportLines.read(body, json);
        Instant now = clock.instant();
        List<OrderContent> contents = new ArrayList<>();
        List<Map<String, Object>> problems = new ArrayList<>();
        read.problems()
                .forEach(each -> problems.add(Map.of(
                        "line", each.line(),
                        "field", each.field(),
                        "value", each.value(),
                        "word", each.word(),
                        "expected", each.expected())));
        for (ImportLines.Line line : read.lines()) {
            contents.add(checked(line, now, problems));
        }
        boolean dry = Queries.text(context, "dry").equals("true");
        Map<String, Object> view = new LinkedHashMap<>();
        view.put("lines", read.lines().size());
        view.put("problems", problems.subList(0, Math.min(MOST_PROBLEMS, problems.size())));
        view.put("problemCount", problems.size());
        if (!problems.isEmpty() && !dry) {
            throw new Refused(400, "lines", problems.size() + " problems; nothing was imported.", view);
        }
        if (!dry) {
            Signature author = OrdersApi.signature(session, now);
            view.put("import", orders.addImport(contents, author, trail.of(context, session, "order.import", "")));
        }
        Answers.send(context, dry ? 200 : 201, view);
    }

    private static OrderContent checked(ImportLines.Line line, Instant now, List<Map<String, Object>> problems) {
        Fields fields = new Fields(line.fields());
        OrderContent content = OrderForm.content(fields, now);
        List<Map<String, Object>> found = new ArrayList<>(fields.problems());
        if (found.isEmpty()) {
            Completeness.problems(content, now).stream()
                    // The signed copy is handed in afterwards, order by order.
                    .filter(each -> !each.field().equals("basis.scan"))
                    .forEach(each -> found.add(Map.of(
                            "field", each.field(),
                            "value", each.value(),
                            "word", each.word(),
                            "expected", each.expected())));
        }
        for (Map<String, Object> each : found) {
            Map<String, Object> problem = new LinkedHashMap<>();
            problem.put("line", line.number());
            problem.putAll(each);
            problems.add(problem);
        }
        return content;
    }
}
