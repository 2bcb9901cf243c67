package org.anticall.ops.http;

import io.javalin.http.Context;
import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.anticall.ops.order.Breadth;
import org.anticall.ops.order.Order;
import org.anticall.ops.order.OrderRefused;
import org.anticall.ops.order.Signature;
import org.anticall.ops.order.Target;
import org.anticall.ops.people.Permission;
import org.anticall.ops.store.BreadthCount;
import org.anticall.ops.store.Orders;
import org.anticall.ops.store.Scans;

/**
 * {@code /api/imports/{id}}: what came in one file, handed over, approved and ended as a whole. Four eyes, completeness and
 * breadth are those of single orders; an import is as broad as all its orders together.
 */
final class ImportStepsApi {

    private final Orders orders;
    private final BreadthCount breadth;
    private final Scans scans;
    private final Trail trail;
    private final Clock clock;

    ImportStepsApi(Orders orders, BreadthCount breadth, Scans scans, Trail trail, Clock clock) {
        this.orders = orders;
        this.breadth = breadth;
        this.scans = scans;
        this.trail = trail;
        this.clock = clock;
    }

    void addTo(Doors doors) {
        doors.get("/api/imports/{id}", Permission.SEE_ORDERS, this::show);
        doors.post("/api/imports/{id}/submit", Permission.WRITE_ORDERS, this::submit);
        doors.post("/api/imports/{id}/approve", Permission.APPROVE_ORDERS, this::approve);
        doors.post(
                "/api/imports/{id}/withdraw",
                Permission.WRITE_ORDERS,
                (context, session) -> undo(context, session, false));
        doors.post(
                "/api/imports/{id}/revoke",
                Permission.APPROVE_ORDERS,
                (context, session) -> undo(context, session, true));
    }

    private void show(Context context, Session session) {
        long id = id(context);
        Map<String, Long> counts = orders.countsOfImport(id);
        if (counts.isEmpty()) {
            throw unknown();
        }
        Answers.send(context, 200, Map.of("import", id, "counts", counts));
    }

    private void submit(Context context, Session session) {
        long id = id(context);
        Fields fields = new Fields(Answers.body(context));
        String scan = fields.text("scan", 0, 64);
        if (!scan.isEmpty() && !scans.has(scan)) {
            fields.problem("scan", scan, "unknown", "the hash of a copy that was handed in");
        }
        fields.check();
        Instant now = clock.instant();
        Breadth together = breadth.of(
                orders.openOfImport(id).stream()
                        .map(order -> order.content().target())
                        .toList(),
                now);
        Signature by = OrdersApi.signature(session, now);
        Orders.Stepped stepped = orders.stepImport(
                id,
                order -> order.submit(by, counted(order.content().target(), together), scan),
                trail.of(context, session, "order.submit", "", Map.of(), importOf(id)));
        Map<String, Object> view = view(stepped);
        view.put("calls", together.calls());
        view.put("broad", together.isBroad());
        Answers.send(context, 200, view);
    }

    /** Nobody counts what a condition or a list means. */
    private static Breadth counted(Target target, Breadth together) {
        return target.patterns().isEmpty() ? Breadth.UNKNOWN : together;
    }

    private void approve(Context context, Session session) {
        long id = id(context);
        Signature by = OrdersApi.signature(session, clock.instant());
        Orders.Stepped stepped = orders.stepImport(
                id,
                order -> order.approve(by),
                trail.of(context, session, "order.approve", "", Map.of(), importOf(id)));
        Answers.send(context, 200, view(stepped));
    }

    /** What was done, or why not even one order went on. */
    private static Map<String, Object> view(Orders.Stepped stepped) {
        OrderRefused refused = stepped.refused();
        if (stepped.done() == 0 && refused != null) {
            throw OrdersApi.refusal(refused);
        }
        if (stepped.done() == 0) {
            throw unknown();
        }
        Map<String, Object> view = new LinkedHashMap<>();
        view.put("done", stepped.done());
        view.put("left", stepped.left());
        return view;
    }

    private void undo(Context context, Session session, boolean approver) {
        Fields fields = new Fields(Answers.body(context));
        String why = fields.text("why", 3, 2_000);
        fields.check();
        Signature by = OrdersApi.signature(session, clock.instant());
        Orders.Stepped undone = orders.stepImport(
                id(context),
                (Order order) -> order.revoke(by, approver, why),
                trail.of(context, session, approver ? "order.revoke" : "order.withdraw", "", Map.of(), why));
        if (undone.done() + undone.left() == 0) {
            throw unknown();
        }
        Answers.send(context, 200, Map.of("ended", undone.done(), "left", undone.left()));
    }

    private static String importOf(long id) {
        return "import " + id;
    }

    private static long id(Context context) {
        String id = context.pathParam("id");
        if (!id.matches("[0-9]{1,18}")) {
            throw unknown();
        }
        return Long.parseLong(id);
    }

    private static Refused unknown() {
        return new Refused(404, "unknown", "There is no such import, or nothing of it can be done.");
    }
}
