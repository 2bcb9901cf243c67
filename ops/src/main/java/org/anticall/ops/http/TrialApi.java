package org.anticall.ops.http;

import io.javalin.http.Context;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.anticall.ops.evidence.Archive;
import org.anticall.ops.order.Order;
import org.anticall.ops.people.Permission;
import org.anticall.ops.publish.Backtest;
import org.anticall.ops.publish.PublishRefused;
import org.anticall.ops.publish.Publisher;
import org.anticall.ops.store.Orders;
import org.anticall.rules.RuleBook;
import org.anticall.rules.call.CallFacts;
import org.anticall.rules.call.Decision;
import org.anticall.rules.call.Explanation;
import org.anticall.rules.call.TrunkClass;
import org.anticall.rules.record.DecisionRecord;
import org.jspecify.annotations.Nullable;

/**
 * {@code /api/trials}: what would happen to a call, and what would have happened to those of the last days, with everything
 * approved and with a draft besides. Nothing is changed.
 */
final class TrialApi {

    private static final int MOST_RECORDS = 20_000;
    private static final int MOST_DAYS = 7;

    private final Publisher publisher;
    private final Orders orders;
    private final Archive archive;
    private final Looks looks;
    private final Clock clock;

    TrialApi(Publisher publisher, Orders orders, Archive archive, Looks looks, Clock clock) {
        this.publisher = publisher;
        this.orders = orders;
        this.archive = archive;
        this.looks = looks;
        this.clock = clock;
    }

    void addTo(Doors doors) {
        doors.post("/api/trials/call", Permission.SEE_ORDERS, this::call);
        doors.post("/api/trials/recorded", Permission.SEE_RECEIPTS, this::recorded);
        doors.post("/api/trials/backtest", Permission.SEE_ORDERS, this::backtest);
    }

    private void call(Context context, Session session) {
        Fields fields = new Fields(Answers.body(context));
        String from = fields.text("from", 1, 64);
        String to = fields.text("to", 1, 64);
        Order draft = draft(fields);
        fields.check();
        RuleBook book = book(draft);
        long caller = book.numbers().caller(from);
        CallFacts facts = CallFacts.on("trial", TrunkClass.INTERNATIONAL, clock.millis())
                .asserted(caller)
                .presented(caller)
                .callee(book.numbers().callee(to))
                .build();
        Answers.send(context, 200, view(book.explain(facts)));
    }

    /** The facts are a subscriber's data: the look is written down first. */
    private void recorded(Context context, Session session) {
        Fields fields = new Fields(Answers.body(context));
        String id = fields.text("record", 1, 64);
        Order draft = draft(fields);
        fields.check();
        DecisionRecord record =
                archive.find(id).orElseThrow(() -> new Refused(404, "unknown", "There is no such record."));
        if (draft == null) {
            looks.atCall(context, session, "look.trial", id);
        } else {
            looks.at(context, session, "look.trial", id, "order " + draft.id());
        }
        Answers.send(context, 200, view(book(draft).explain(record.facts())));
    }

    private void backtest(Context context, Session session) {
        Fields fields = new Fields(Answers.body(context));
        long days = fields.number("days", 1, MOST_DAYS);
        Order draft = draft(fields);
        fields.check();
        Instant since = clock.instant().minus(Duration.ofDays(days));
        try {
            Backtest tested = publisher.backtest(draft, archive.since(since, MOST_RECORDS));
            Map<String, Object> view = new LinkedHashMap<>();
            view.put("calls", tested.calls());
            view.put("changes", tested.changes());
            view.put("caught", tested.caught());
            view.put("freed", tested.freed());
            view.put("operators", tested.operators());
            view.put("examples", tested.examples());
            Answers.send(context, 200, view);
        } catch (PublishRefused refused) {
            throw PublishApi.refusal(refused);
        }
    }

    private @Nullable Order draft(Fields fields) {
        if (fields.node("order").isMissingNode() || fields.node("order").isNull()) {
            return null;
        }
        long id = fields.number("order", 1, Long.MAX_VALUE);
        return orders.find(id).orElseThrow(() -> new Refused(404, "unknown", "There is no such order."));
    }

    private RuleBook book(@Nullable Order draft) {
        try {
            return publisher.tried(draft);
        } catch (PublishRefused refused) {
            throw PublishApi.refusal(refused);
        }
    }

    private static Map<String, Object> view(Explanation explanation) {
        Map<String, Object> view = new LinkedHashMap<>();
        if (explanation.screening() instanceof Decision decision) {
            view.put("verdict", decision.verdict().kind().text());
            view.put("rule", decision.rule());
            view.put("reason", CallView.text(decision.reason()));
        } else {
            view.put("verdict", "unknown");
            view.put("rule", null);
            view.put("reason", null);
        }
        List<Map<String, Object>> tried = new ArrayList<>();
        for (Explanation.Tried each : explanation.tried()) {
            Map<String, Object> one = new LinkedHashMap<>();
            one.put("rule", each.rule());
            one.put("title", CallView.text(each.title()));
            one.put("hit", each.hit());
            one.put("shadow", each.shadow());
            one.put("why", each.why());
            tried.add(one);
        }
        view.put("tried", tried);
        return view;
    }
}
