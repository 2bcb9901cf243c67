package org.anticall.ops.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.http.Context;
import java.io.IOException;
import java.io.InputStream;
import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.function.UnaryOperator;
import org.anticall.ops.order.ListImport;
import org.anticall.ops.order.ManagedList;
import org.anticall.ops.order.NumberFile;
import org.anticall.ops.order.OrderRefused;
import org.anticall.ops.order.Signature;
import org.anticall.ops.people.Permission;
import org.anticall.ops.store.AlreadyThere;
import org.anticall.ops.store.NumberLists;
import org.anticall.ops.store.Outdated;
import org.anticall.ops.store.StoredJson;

/**
 * {@code /api/managed-lists}: lists of numbers that orders name, and the files their numbers come in. A file is read as it
 * arrives and checked line by line before anything is written; one wrong line and nothing is. Another person approves an import;
 * it is undone as a whole. How far an import is can be asked meanwhile, by the name that whoever sends it gave it.
 */
final class ManagedListsApi {

    static final long MOST_BYTES = 512L << 20;
    private static final int MOST_AT_ONCE = 2;
    private static final int MOST_IMPORTS = 200;
    private static final int LONGEST_WHY = 2_000;

    /** Ten million numbers take 160 MB while they are sorted. */
    private final Semaphore underWay = new Semaphore(MOST_AT_ONCE);

    private final NumberLists lists;
    private final Looks looks;
    private final Trail trail;
    private final Clock clock;
    private final ImportProgress progress = new ImportProgress();

    ManagedListsApi(NumberLists lists, Looks looks, Trail trail, Clock clock) {
        this.looks = looks;
        this.lists = lists;
        this.trail = trail;
        this.clock = clock;
    }

    void addTo(Doors doors) {
        doors.get("/api/managed-lists", Permission.SEE_ORDERS, this::all);
        doors.post("/api/managed-lists", Permission.WRITE_ORDERS, this::make);
        doors.get("/api/managed-lists/find", Permission.SEE_ORDERS, this::find);
        doors.get("/api/managed-lists/{name}/imports", Permission.SEE_ORDERS, this::imports);
        doors.post("/api/managed-lists/{name}/imports", Permission.WRITE_ORDERS, this::take);
        doors.get("/api/list-imports/progress/{key}", Permission.SEE_ORDERS, this::progress);
        doors.post(
                "/api/list-imports/{id}/approve",
                Permission.APPROVE_ORDERS,
                (context, session) ->
                        step(context, session, "list-import.approve", 0, (each, by, why) -> each.approve(by)));
        doors.post(
                "/api/list-imports/{id}/withdraw",
                Permission.WRITE_ORDERS,
                (context, session) -> step(
                        context, session, "list-import.withdraw", 3, (each, by, why) -> each.undo(by, false, why)));
        doors.post(
                "/api/list-imports/{id}/undo",
                Permission.APPROVE_ORDERS,
                (context, session) ->
                        step(context, session, "list-import.undo", 3, (each, by, why) -> each.undo(by, true, why)));
    }

    private void all(Context context, Session session) {
        Answers.send(
                context,
                200,
                Map.of("lists", lists.all().stream().map(ManagedListsApi::view).toList()));
    }

    private static ObjectNode view(NumberLists.Summary summary) {
        ObjectNode view = (ObjectNode) StoredJson.tree(summary.list());
        view.put("numbers", summary.numbers());
        view.put("holding", summary.holding());
        view.put("waiting", summary.waiting());
        return view;
    }

    private void make(Context context, Session session) {
        Fields fields = new Fields(Answers.body(context));
        String name = fields.text("name", 0, 40);
        if (!name.matches(ManagedList.NAME)) {
            fields.problem(
                    "name", name, "list-name", "a small Latin letter, then small letters, digits and -, 2 to 40");
        }
        String purpose = fields.text("purpose", 3, 300);
        fields.check();
        Signature by = OrdersApi.signature(session, clock.instant());
        try {
            ManagedList made = lists.add(
                    name,
                    id -> new ManagedList(id, name, purpose, by),
                    trail.of(context, session, "list.make", "", Map.of(), purpose));
            Answers.send(context, 201, StoredJson.tree(made));
        } catch (AlreadyThere taken) {
            throw new Refused(409, "taken", "There is a list of this name already.");
        }
    }

    /** The entries that mean a number, as they count now; gateways have them from the next revision on. */
    private void find(Context context, Session session) {
        String text = ListsApi.number(context);
        looks.freely(context, session, "look.lists", NumberText.masked(text));
        long number = Long.parseLong(text.substring(1));
        Answers.send(
                context,
                200,
                Map.of(
                        "entries",
                        lists.meaning(number).stream()
                                .map(each -> Map.of(
                                        "list", each.list().name(),
                                        "entry", each.entry(),
                                        "import", each.from().id(),
                                        "document", each.from().document()))
                                .toList()));
    }

    private void imports(Context context, Session session) {
        ManagedList list = list(context);
        Answers.send(
                context,
                200,
                Map.of(
                        "list",
                        StoredJson.tree(list),
                        "imports",
                        lists.imports(list.id(), MOST_IMPORTS).stream()
                                .map(StoredJson::tree)
                                .toList()));
    }

    private void take(Context context, Session session) throws IOException {
        ManagedList list = list(context);
        if (!underWay.tryAcquire()) {
            throw new Refused(409, "import-busy", "Another import is being read; try again when it is done.");
        }
        try {
            taken(context, session, list);
        } finally {
            underWay.release();
        }
    }

    private void taken(Context context, Session session, ManagedList list) throws IOException {
        boolean dry = Queries.text(context, "dry").equals("true");
        ImportProgress.Steps steps = progress.begin(Queries.text(context, "key"));
        try (InputStream in = SentFile.of(context, MOST_BYTES)) {
            NumberFile.Read read = NumberFile.of(in, steps::read);
            Map<String, Object> view = view(read);
            String document = text(context, "document", dry ? 0 : 1, 100);
            String office = text(context, "office", 0, 200);
            String file = text(context, "file", 0, 200);
            if (!dry && (read.problemCount() > 0 || read.keys().length == 0)) {
                throw new Refused(400, "lines", read.problemCount() + " problems; nothing was imported.", view);
            }
            if (!dry) {
                Signature by = OrdersApi.signature(session, clock.instant());
                ListImport kept = lists.addImport(
                        list.id(),
                        id -> ListImport.waiting(id, list.id(), document, office, file, read.keys().length, by),
                        read.keys(),
                        steps::written,
                        trail.of(context, session, "list-import.take", "", Map.of(), document));
                view.put("import", StoredJson.tree(kept));
            }
            Answers.send(context, dry ? 200 : 201, view);
        } finally {
            steps.end();
        }
    }

    private static Map<String, Object> view(NumberFile.Read read) {
        Map<String, Object> view = new LinkedHashMap<>();
        view.put("lines", read.lines());
        view.put("numbers", read.keys().length);
        view.put("doubles", read.doubles());
        view.put("problemCount", read.problemCount());
        view.put(
                "problems",
                read.problems().stream()
                        .map(each -> Map.of(
                                "line", each.line(),
                                "field", "number",
                                "value", each.value(),
                                "word", each.word(),
                                "expected", each.expected()))
                        .toList());
        return view;
    }

    /** A text of the query, checked as a field is. */
    private static String text(Context context, String name, int least, int most) {
        String value = Queries.text(context, name).strip();
        if (value.length() < least || value.length() > most) {
            boolean missing = value.isEmpty();
            String shown = value.length() > most ? value.substring(0, most) + "…" : value;
            throw new Refused(
                    400,
                    "fields",
                    "Expected a text of at most " + most + " characters in '" + name + "', found '" + shown + "'.",
                    Map.of(
                            "problems",
                            List.of(Map.of(
                                    "field", name,
                                    "value", shown,
                                    "word", missing ? "missing" : "long",
                                    "expected", missing ? "a text" : "at most " + most + " characters",
                                    "most", most))));
        }
        return value;
    }

    private void progress(Context context, Session session) {
        ImportProgress.Steps steps = progress.find(context.pathParam("key"));
        if (steps == null) {
            throw new Refused(404, "unknown", "No import of this name is under way.");
        }
        Answers.send(context, 200, Map.of("read", steps.read(), "written", steps.written()));
    }

    /** What a step makes of an import. */
    private interface Step {
        ListImport of(ListImport each, Signature by, String why);
    }

    private void step(Context context, Session session, String action, int leastWhy, Step step) {
        Fields fields = new Fields(Answers.body(context));
        String why = fields.text("why", leastWhy, LONGEST_WHY);
        long version = fields.number("version", 1, Long.MAX_VALUE);
        fields.check();
        Instant now = clock.instant();
        UnaryOperator<ListImport> change = each -> step.of(each, OrdersApi.signature(session, now), why);
        try {
            ListImport kept = lists.change(
                            Paths.id(context), version, change, trail.of(context, session, action, "", Map.of(), why))
                    .orElseThrow(Paths::unknown);
            Answers.send(context, 200, StoredJson.tree(kept));
        } catch (Outdated outdated) {
            throw OrdersApi.refusal(outdated);
        } catch (OrderRefused refused) {
            throw OrdersApi.refusal(refused);
        }
    }

    private ManagedList list(Context context) {
        return lists.find(context.pathParam("name")).orElseThrow(Paths::unknown);
    }
}
