package org.anticall.ops.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.http.Context;
import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.anticall.ops.evidence.Archive;
import org.anticall.ops.order.Signature;
import org.anticall.ops.people.Permission;
import org.anticall.ops.publish.PublishRefused;
import org.anticall.ops.publish.Publisher;
import org.anticall.ops.redress.AllowEntry;
import org.anticall.ops.redress.Finding;
import org.anticall.ops.redress.RedressRefused;
import org.anticall.ops.store.AllowEntries;
import org.anticall.ops.store.Findings;
import org.anticall.ops.store.Outdated;
import org.anticall.ops.store.RedressSearch;
import org.anticall.ops.store.StoredJson;
import org.anticall.rules.number.PartyNumber;
import org.anticall.rules.record.DecisionRecord;

/**
 * {@code /api/allow}: numbers that pass, and {@code /api/findings}: what an operator found out about a call. What is decided
 * reaches the gateways at once; where it cannot, the centre tries again by itself.
 */
final class AllowApi {

    static final int LONGEST_WHY = 2_000;

    private static final int MOST = 200;
    private static final List<String> KINDS = List.of("fraud", "legitimate", "unclear");

    private final AllowEntries entries;
    private final Findings findings;
    private final Publisher publisher;
    private final Archive archive;
    private final Looks looks;
    private final Trail trail;
    private final Clock clock;

    AllowApi(
            AllowEntries entries,
            Findings findings,
            Publisher publisher,
            Archive archive,
            Looks looks,
            Trail trail,
            Clock clock) {
        this.looks = looks;
        this.entries = entries;
        this.findings = findings;
        this.publisher = publisher;
        this.archive = archive;
        this.trail = trail;
        this.clock = clock;
    }

    void addTo(Doors doors) {
        doors.get("/api/allow", Permission.SEE_REDRESS, this::search);
        doors.get("/api/allow/{id}", Permission.SEE_REDRESS, this::show);
        doors.post("/api/allow", Permission.PROPOSE_ALLOW, this::propose);
        doors.post(
                "/api/allow/{id}/approve",
                Permission.DECIDE_REDRESS,
                (context, session) ->
                        step(context, session, "allow.approve", 0, (entry, by, why) -> entry.approve(by, why)));
        doors.post(
                "/api/allow/{id}/decline",
                Permission.DECIDE_REDRESS,
                (context, session) ->
                        step(context, session, "allow.decline", 3, (entry, by, why) -> entry.decline(by, why)));
        doors.post(
                "/api/allow/{id}/end",
                Permission.DECIDE_REDRESS,
                (context, session) -> step(context, session, "allow.end", 3, (entry, by, why) -> entry.end(by, why)));
        doors.post("/api/findings", Permission.JUDGE_CALLS, this::judge);
    }

    private void search(Context context, Session session) {
        RedressSearch search = new RedressSearch(
                Queries.text(context, "state"),
                Queries.text(context, "number"),
                Queries.number(context, "before", Long.MAX_VALUE),
                (int) Math.min(MOST, Queries.number(context, "most", 50)));
        looks.atList(context, session, "look.allow", search.number());
        Answers.send(
                context,
                200,
                Map.of(
                        "entries",
                        entries.search(search).stream().map(StoredJson::tree).toList()));
    }

    private void show(Context context, Session session) {
        AllowEntry entry = entries.find(Paths.id(context)).orElseThrow(Paths::unknown);
        String what = "allow entry " + entry.id();
        looks.at(context, session, "look.allow", what, what);
        ObjectNode view = (ObjectNode) StoredJson.tree(entry);
        view.putPOJO("history", RedressView.history(entries.history(entry.id())));
        Answers.send(context, 200, view);
    }

    private void propose(Context context, Session session) {
        Fields fields = new Fields(Answers.body(context));
        Instant now = clock.instant();
        String number = RedressView.number(fields);
        String reason = fields.text("reason", 3, LONGEST_WHY);
        String record = fields.node("record").isMissingNode() ? "" : fields.text("record", 0, 64);
        Instant until = Objects.requireNonNullElse(fields.optionalInstant("until"), now.plus(AllowEntry.USUAL));
        if (!record.isEmpty() && archive.find(record).isEmpty()) {
            fields.problem("record", record, "unknown", "the id of a record");
        }
        fields.check();
        Signature by = OrdersApi.signature(session, now);
        AllowEntry entry = refusing(() -> entries.add(
                id -> AllowEntry.proposed(
                        id, number, until, reason, AllowEntry.Origin.OFFICE, record, ruleOf(record), by),
                trail.of(context, session, "allow.propose", "", Map.of(), reason)));
        Answers.send(context, 201, StoredJson.tree(entry));
    }

    /** What a step makes of an entry. */
    private interface Step {
        AllowEntry of(AllowEntry entry, Signature by, String why);
    }

    private void step(Context context, Session session, String action, int leastWhy, Step step) {
        Fields fields = new Fields(Answers.body(context));
        String why = fields.text("why", leastWhy, LONGEST_WHY);
        long version = fields.number("version", 1, Long.MAX_VALUE);
        fields.check();
        Signature by = OrdersApi.signature(session, clock.instant());
        UnaryOperator<AllowEntry> change = entry -> step.of(entry, by, why);
        AllowEntry entry = refusing(() -> entries.change(
                        Paths.id(context), version, change, trail.of(context, session, action, "", Map.of(), why)))
                .orElseThrow(Paths::unknown);
        ObjectNode view = (ObjectNode) StoredJson.tree(entry);
        if (entry.state() == AllowEntry.State.DECLINED) {
            Answers.send(context, 200, view);
            return;
        }
        view.put("revision", free(publisher, context, session, "allow entry " + entry.id()));
        Answers.send(context, 200, view);
    }

    /** Brings the allow entries to the gateways: the revision, 0 if it has to wait for the centre's next round. */
    static long free(Publisher publisher, Context context, Session session, String why) {
        try {
            return publisher.free(session.from(context.ip()), why).revision();
        } catch (PublishRefused later) {
            return 0;
        }
    }

    private void judge(Context context, Session session) {
        Fields fields = new Fields(Answers.body(context));
        String id = fields.text("record", 1, 64);
        Finding.Kind kind = fields.word("kind", Finding.Kind::of, KINDS);
        String note = fields.text("note", kind == Finding.Kind.LEGITIMATE ? 3 : 0, LONGEST_WHY);
        fields.check();
        DecisionRecord record = archive.find(id).orElseThrow(Paths::unknown);
        Instant now = clock.instant();
        Finding finding = new Finding(id, ruleOf(id), Objects.requireNonNull(kind), Finding.Source.DISPOSITION, now);
        Map<String, Object> view = new LinkedHashMap<>();
        view.put("record", id);
        view.put(
                "proposed",
                findings.disposed(
                                finding,
                                PartyNumber.format(record.facts().caller()),
                                OrdersApi.signature(session, now),
                                trail.of(context, session, "call.finding", id, Map.of("kind", kind.text()), note))
                        .map(AllowEntry::id)
                        .orElse(0L));
        Answers.send(context, 201, view);
    }

    private String ruleOf(String record) {
        return record.isEmpty()
                ? ""
                : archive.find(record)
                        .map(found ->
                                Objects.requireNonNullElse(found.decision().rule(), ""))
                        .orElse("");
    }

    /** Something that may be refused. */
    interface Asked<T> {
        T get();
    }

    static <T> T refusing(Asked<T> asked) {
        try {
            return asked.get();
        } catch (Outdated outdated) {
            throw OrdersApi.refusal(outdated);
        } catch (RedressRefused refused) {
            throw new Refused(409, refused.word(), String.valueOf(refused.getMessage()));
        }
    }
}
