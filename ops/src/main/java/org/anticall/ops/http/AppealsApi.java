package org.anticall.ops.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.http.Context;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import org.anticall.ops.order.Signature;
import org.anticall.ops.people.Permission;
import org.anticall.ops.publish.Publisher;
import org.anticall.ops.redress.AllowEntry;
import org.anticall.ops.redress.Appeal;
import org.anticall.ops.redress.Appeal.Appellant;
import org.anticall.ops.redress.Appeal.Decided;
import org.anticall.ops.redress.WorkingTime;
import org.anticall.ops.store.Appeals;
import org.anticall.ops.store.Records;
import org.anticall.ops.store.Records.Brief;
import org.anticall.ops.store.RedressSearch;
import org.anticall.ops.store.StoredJson;

/**
 * {@code /api/appeals}: tickets of people whose calls were kept away. Names and contacts are shown with the single ticket only,
 * and that look is in the trail. A decision for the person frees the number in a revision of its own.
 */
final class AppealsApi {

    private static final int MOST = 200;
    private static final int MOST_RECORDS = 50;
    private static final int MOST_OTHERS = 50;
    private static final Duration OTHERS_SINCE = Duration.ofDays(30);
    private static final List<String> APPELLANTS = List.of("caller", "citizen");

    private final Appeals appeals;
    private final Records records;
    private final Publisher publisher;
    private final WorkingTime time;
    private final Looks looks;
    private final Trail trail;
    private final Clock clock;

    AppealsApi(
            Appeals appeals,
            Records records,
            Publisher publisher,
            WorkingTime time,
            Looks looks,
            Trail trail,
            Clock clock) {
        this.appeals = appeals;
        this.records = records;
        this.publisher = publisher;
        this.time = time;
        this.looks = looks;
        this.trail = trail;
        this.clock = clock;
    }

    void addTo(Doors doors) {
        doors.get("/api/appeals", Permission.SEE_REDRESS, this::search);
        doors.get("/api/appeals/{id}", Permission.SEE_REDRESS, this::show);
        doors.post("/api/appeals", Permission.TAKE_APPEALS, this::take);
        doors.post(
                "/api/appeals/{id}/answer",
                Permission.TAKE_APPEALS,
                (context, session) -> step(context, session, "appeal.answer", Appeal::answer));
        doors.post(
                "/api/appeals/{id}/withdraw",
                Permission.TAKE_APPEALS,
                (context, session) -> step(context, session, "appeal.withdraw", Appeal::withdraw));
        doors.post("/api/appeals/{id}/decide", Permission.DECIDE_REDRESS, this::decide);
    }

    private void search(Context context, Session session) {
        RedressSearch search = new RedressSearch(
                Queries.text(context, "state"),
                Queries.text(context, "number"),
                Queries.number(context, "before", Long.MAX_VALUE),
                (int) Math.min(MOST, Queries.number(context, "most", 50)));
        looks.atList(context, session, "look.appeals", search.number());
        Map<String, Object> view = new LinkedHashMap<>();
        view.put("appeals", appeals.search(search).stream().map(this::line).toList());
        view.put("counts", appeals.counts());
        Answers.send(context, 200, view);
    }

    /** A ticket without who wrote it. */
    private Map<String, Object> line(Appeal appeal) {
        Instant now = clock.instant();
        Map<String, Object> view = new LinkedHashMap<>();
        view.put("id", appeal.id());
        view.put("version", appeal.version());
        view.put("appellant", appeal.appellant().text());
        view.put("number", NumberText.full(appeal.number()));
        view.put("country", NumberText.country(appeal.number()));
        view.put("state", appeal.state().text());
        view.put("takenAt", appeal.takenBy().at().toString());
        view.put("takenBy", appeal.takenBy().name());
        view.put("answerDue", appeal.answerDue().toString());
        view.put("decisionDue", appeal.decisionDue().toString());
        view.put("answerLate", appeal.isAnswerLate(now));
        view.put("decisionLate", appeal.isDecisionLate(now));
        return view;
    }

    private void show(Context context, Session session) {
        Appeal appeal = appeals.find(Paths.id(context)).orElseThrow(Paths::unknown);
        String what = "appeal " + appeal.id();
        looks.at(context, session, "look.appeal", what, what);
        Answers.send(context, 200, whole(appeal));
    }

    private ObjectNode whole(Appeal appeal) {
        List<Brief> concerned = records.briefs(appeal.records());
        ObjectNode view = (ObjectNode) StoredJson.tree(appeal);
        view.putPOJO("line", line(appeal));
        view.putPOJO("concerned", concerned.stream().map(RedressView::record).toList());
        view.putPOJO("alsoHit", alsoHit(concerned, appeal.number()));
        view.putPOJO("history", RedressView.history(appeals.history(appeal.id())));
        return view;
    }

    /** What else the rules have hit that caught this number: perhaps it happened to others too. */
    private List<Map<String, Object>> alsoHit(List<Brief> concerned, String number) {
        Set<String> rules = new TreeSet<>(caughtBy(concerned).values());
        long own = Long.parseLong(number.substring(1));
        Instant since = clock.instant().minus(OTHERS_SINCE);
        List<Map<String, Object>> views = new ArrayList<>();
        for (String rule : rules) {
            Map<String, Object> view = new LinkedHashMap<>();
            view.put("rule", rule);
            view.put("days", OTHERS_SINCE.toDays());
            view.put(
                    "others",
                    records.hitBy(rule, since, MOST_OTHERS + 1).stream()
                            .filter(hit -> hit.caller() != own)
                            .limit(MOST_OTHERS)
                            .map(RedressView::hit)
                            .toList());
            views.add(view);
        }
        return views;
    }

    /** Rule by record, where a rule kept the call from arriving as it came. */
    private static Map<String, String> caughtBy(List<Brief> concerned) {
        Map<String, String> rules = new TreeMap<>();
        for (Brief each : concerned) {
            String rule = each.rule();
            if (rule != null && !each.verdict().equals("pass")) {
                rules.put(each.id(), rule);
            }
        }
        return rules;
    }

    private void take(Context context, Session session) {
        Fields fields = new Fields(Answers.body(context));
        Appellant appellant = fields.word("appellant", Appellant::of, APPELLANTS);
        String name = fields.text("name", 2, 200);
        String contact = fields.text("contact", 3, 200);
        String number = RedressView.number(fields);
        String text = fields.text("text", 3, 4_000);
        List<String> named = fields.texts("records", MOST_RECORDS);
        List<String> known = records.briefs(named).stream().map(Brief::id).toList();
        named.stream()
                .filter(each -> !known.contains(each))
                .forEach(each -> fields.problem("records", each, "unknown", "the id of a record"));
        fields.check();
        List<String> concerned = named.isEmpty()
                ? records.ofNumber(Long.parseLong(number.substring(1)), MOST_RECORDS).stream()
                        .map(Brief::id)
                        .toList()
                : known;
        Appeal.Telling telling =
                new Appeal.Telling(Objects.requireNonNull(appellant), name, contact, number, text, concerned);
        Signature by = OrdersApi.signature(session, clock.instant());
        Appeal appeal =
                appeals.add(id -> Appeal.taken(id, telling, by, time), trail.of(context, session, "appeal.take", ""));
        Answers.send(context, 201, whole(appeal));
    }

    /** What a step makes of an appeal. */
    private interface Step {
        Appeal of(Appeal appeal, Signature by, String said);
    }

    private void step(Context context, Session session, String action, Step step) {
        Fields fields = new Fields(Answers.body(context));
        String said = fields.text("why", 3, AllowApi.LONGEST_WHY);
        long version = fields.number("version", 1, Long.MAX_VALUE);
        fields.check();
        Signature by = OrdersApi.signature(session, clock.instant());
        UnaryOperator<Appeal> change = appeal -> step.of(appeal, by, said);
        Appeal appeal = AllowApi.refusing(() -> appeals.change(
                        Paths.id(context), version, change, trail.of(context, session, action, "", Map.of(), said)))
                .orElseThrow(Paths::unknown);
        Answers.send(context, 200, whole(appeal));
    }

    private void decide(Context context, Session session) {
        Fields fields = new Fields(Answers.body(context));
        boolean uphold = fields.yes("uphold");
        String why = fields.text("why", 3, AllowApi.LONGEST_WHY);
        long version = fields.number("version", 1, Long.MAX_VALUE);
        Instant now = clock.instant();
        Instant until = Objects.requireNonNullElse(fields.optionalInstant("until"), now.plus(AllowEntry.USUAL));
        fields.check();
        long id = Paths.id(context);
        Signature by = OrdersApi.signature(session, now);
        Map<String, String> caught = caughtBy(
                records.briefs(appeals.find(id).orElseThrow(Paths::unknown).records()));
        Decided decided = AllowApi.refusing(() -> appeals.decide(
                        id,
                        version,
                        (appeal, entryId) ->
                                uphold ? appeal.uphold(entryId.getAsLong(), by, why, until) : appeal.refuse(by, why),
                        caught,
                        trail.of(context, session, uphold ? "appeal.uphold" : "appeal.refuse", "", Map.of(), why)))
                .orElseThrow(Paths::unknown);
        ObjectNode view = whole(decided.appeal());
        if (decided.freed() != null) {
            view.set("freed", StoredJson.tree(decided.freed()));
            view.put("revision", AllowApi.free(publisher, context, session, "appeal " + id));
        }
        Answers.send(context, 200, view);
    }
}
