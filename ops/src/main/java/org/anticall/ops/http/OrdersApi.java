package org.anticall.ops.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.http.Context;
import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.anticall.ops.order.Breadth;
import org.anticall.ops.order.BreadthGuard;
import org.anticall.ops.order.Order;
import org.anticall.ops.order.OrderContent;
import org.anticall.ops.order.OrderProblem;
import org.anticall.ops.order.OrderRefused;
import org.anticall.ops.order.Signature;
import org.anticall.ops.order.Target;
import org.anticall.ops.people.Permission;
import org.anticall.ops.store.BreadthCount;
import org.anticall.ops.store.NumberLists;
import org.anticall.ops.store.Orders;
import org.anticall.ops.store.Outdated;
import org.anticall.ops.store.Scans;
import org.anticall.ops.store.StoredJson;

/** {@code /api/orders}: orders and their life. Every step names the version it is meant for. */
final class OrdersApi {

    private static final int MOST = 200;
    private static final int LONGEST_WHY = 2_000;

    private final Orders orders;
    private final BreadthCount breadth;
    private final Scans scans;
    private final NumberLists lists;
    private final Trail trail;
    private final Clock clock;

    OrdersApi(Orders orders, BreadthCount breadth, Scans scans, NumberLists lists, Trail trail, Clock clock) {
        this.orders = orders;
        this.breadth = breadth;
        this.scans = scans;
        this.lists = lists;
        this.trail = trail;
        this.clock = clock;
    }

    void addTo(Doors doors) {
        doors.get("/api/orders", Permission.SEE_ORDERS, this::search);
        doors.get("/api/orders/{id}", Permission.SEE_ORDERS, this::show);
        doors.post("/api/orders/breadth", Permission.SEE_ORDERS, this::count);
        doors.post("/api/orders", Permission.WRITE_ORDERS, this::write);
        doors.put("/api/orders/{id}", Permission.WRITE_ORDERS, this::edit);
        doors.post("/api/orders/{id}/submit", Permission.WRITE_ORDERS, this::submit);
        doors.post(
                "/api/orders/{id}/withdraw",
                Permission.WRITE_ORDERS,
                (context, session) -> step(
                        context, session, "order.withdraw", true, (order, by, why) -> order.revoke(by, false, why)));
        doors.post(
                "/api/orders/{id}/approve",
                Permission.APPROVE_ORDERS,
                (context, session) ->
                        step(context, session, "order.approve", false, (order, by, why) -> order.approve(by)));
        doors.post(
                "/api/orders/{id}/return",
                Permission.APPROVE_ORDERS,
                (context, session) ->
                        step(context, session, "order.return", true, (order, by, why) -> order.giveBack(by)));
        doors.post(
                "/api/orders/{id}/live",
                Permission.APPROVE_ORDERS,
                (context, session) ->
                        step(context, session, "order.live", false, (order, by, why) -> order.goLive(by)));
        doors.post(
                "/api/orders/{id}/shadow",
                Permission.APPROVE_ORDERS,
                (context, session) ->
                        step(context, session, "order.watch", true, (order, by, why) -> order.watch(by, why)));
        doors.post(
                "/api/orders/{id}/revoke",
                Permission.APPROVE_ORDERS,
                (context, session) ->
                        step(context, session, "order.revoke", true, (order, by, why) -> order.revoke(by, true, why)));
        doors.post("/api/orders/{id}/confirm", Permission.APPROVE_ORDERS, this::confirm);
    }

    private void search(Context context, Session session) {
        Orders.Search search = new Orders.Search(
                Queries.text(context, "state"),
                Queries.text(context, "text"),
                Queries.number(context, "before", Long.MAX_VALUE),
                (int) Math.min(MOST, Queries.number(context, "most", 50)));
        Map<String, Object> view = new LinkedHashMap<>();
        view.put("orders", orders.search(search).stream().map(StoredJson::tree).toList());
        view.put("counts", orders.counts());
        Answers.send(context, 200, view);
    }

    private void show(Context context, Session session) {
        Order order = find(context);
        ObjectNode view = (ObjectNode) StoredJson.tree(order);
        view.putPOJO(
                "history",
                orders.history(order.id()).stream()
                        .map(version -> Map.of(
                                "version", version.order().version(),
                                "at", version.at().toString(),
                                "account", version.account(),
                                "action", version.action(),
                                "why", version.why(),
                                "state", version.order().state().kind()))
                        .toList());
        Answers.send(context, 200, view);
    }

    private void count(Context context, Session session) {
        Fields fields = new Fields(Answers.body(context));
        Target target = OrderForm.target(fields);
        fields.check();
        Answers.send(context, 200, breadth(target, breadth.of(target, clock.instant())));
    }

    static Map<String, Object> breadth(Target target, Breadth counted) {
        Map<String, Object> view = new LinkedHashMap<>();
        view.put("calls", counted.calls());
        view.put("callers", counted.callers());
        view.put("callees", counted.callees());
        view.put("neverTouch", counted.neverTouch());
        view.put("allCalls", counted.allCalls());
        view.put("days", counted.days());
        view.put("approversNeeded", BreadthGuard.approversNeeded(target, counted));
        view.put("defaultDays", target.defaultValidity().toDays());
        return view;
    }

    private void write(Context context, Session session) {
        Fields fields = new Fields(Answers.body(context));
        Instant now = clock.instant();
        OrderContent content = OrderForm.content(fields, now);
        checkNamed(fields, content);
        fields.check();
        Signature author = signature(session, now);
        Order order =
                orders.add(id -> Order.draft(id, content, author, 0), trail.of(context, session, "order.write", ""));
        Answers.send(context, 201, StoredJson.tree(order));
    }

    private void edit(Context context, Session session) {
        Fields fields = new Fields(Answers.body(context));
        OrderContent content = OrderForm.content(fields, clock.instant());
        checkNamed(fields, content);
        change(context, session, fields, "order.edit", "", order -> order.edit(content, signature(session, now())));
    }

    private void submit(Context context, Session session) {
        Fields fields = new Fields(Answers.body(context));
        Breadth counted = breadth.of(find(context).content().target(), now());
        change(context, session, fields, "order.submit", "", order -> order.submit(signature(session, now()), counted));
    }

    private void confirm(Context context, Session session) {
        Fields fields = new Fields(Answers.body(context));
        Instant until = fields.optionalInstant("until");
        if (until == null) {
            fields.problem("until", "", "missing", "a time such as 2026-11-28T00:00:00Z");
        }
        Instant end = until == null ? now() : until;
        Breadth counted = breadth.of(find(context).content().target(), now());
        change(
                context,
                session,
                fields,
                "order.confirm",
                "",
                order -> order.confirm(signature(session, now()), end, counted));
    }

    /** What a step makes of an order. */
    private interface Step {
        Order of(Order order, Signature by, String why);
    }

    private void step(Context context, Session session, String action, boolean reasoned, Step step) {
        Fields fields = new Fields(Answers.body(context));
        String why = fields.text("why", reasoned ? 3 : 0, LONGEST_WHY);
        change(context, session, fields, action, why, order -> step.of(order, signature(session, now()), why));
    }

    private void change(
            Context context, Session session, Fields fields, String action, String why, UnaryOperator<Order> step) {
        long version = fields.number("version", 1, Long.MAX_VALUE);
        fields.check();
        long id = id(context);
        try {
            Order order = orders.change(
                            id, version, step, trail.of(context, session, action, "order " + id, Map.of(), why))
                    .orElseThrow(OrdersApi::unknown);
            Answers.send(context, 200, StoredJson.tree(order));
        } catch (Outdated outdated) {
            throw refusal(outdated);
        } catch (OrderRefused refused) {
            throw refusal(refused);
        }
    }

    static Refused refusal(Outdated outdated) {
        return new Refused(
                409, "outdated", String.valueOf(outdated.getMessage()), Map.of("current", outdated.current()));
    }

    static Refused refusal(OrderRefused refused) {
        if (refused.problems().isEmpty()) {
            return new Refused(409, refused.word(), String.valueOf(refused.getMessage()));
        }
        List<Map<String, String>> problems =
                refused.problems().stream().map(OrdersApi::view).toList();
        return new Refused(400, "fields", String.valueOf(refused.getMessage()), Map.of("problems", problems));
    }

    private static Map<String, String> view(OrderProblem problem) {
        return Map.of(
                "field", problem.field(),
                "value", problem.value(),
                "word", problem.word(),
                "expected", problem.expected());
    }

    /** Signed copy and list have to be there when an order names them. */
    private void checkNamed(Fields fields, OrderContent content) {
        String scan = content.basis().scan();
        if (!scan.isEmpty() && !scans.has(scan)) {
            fields.problem("basis.scan", scan, "unknown", "the hash of a copy that was handed in");
        }
        if (content.target() instanceof Target.Listed listed
                && lists.find(listed.list()).isEmpty()) {
            fields.problem("target.list", listed.list(), "unknown", "the name of a list");
        }
    }

    private Order find(Context context) {
        return orders.find(id(context)).orElseThrow(OrdersApi::unknown);
    }

    private static long id(Context context) {
        return Stream.of(context.pathParam("id"))
                .filter(text -> text.matches("[0-9]{1,18}"))
                .map(Long::parseLong)
                .findFirst()
                .orElseThrow(OrdersApi::unknown);
    }

    private static Refused unknown() {
        return new Refused(404, "unknown", "There is no such order.");
    }

    private Instant now() {
        return clock.instant();
    }

    static Signature signature(Session session, Instant at) {
        return new Signature(
                session.person().id(), session.person().name(), session.person().unit(), at);
    }
}
