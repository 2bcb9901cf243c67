package org.anticall.ops.http;

import io.javalin.http.Context;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.anticall.ops.people.Permission;
import org.anticall.ops.publish.PublishRefused;
import org.anticall.ops.publish.Publisher;
import org.anticall.ops.publish.Revision;
import org.anticall.ops.store.Revisions;
import org.anticall.rules.model.OrderLine;
import org.anticall.rules.model.RuleSet;
import org.anticall.rules.number.NumberList;
import org.anticall.rules.number.PartyNumber;
import org.anticall.rules.number.PatternIndex;
import org.jspecify.annotations.Nullable;

/** {@code /api/lists}: the number lists of the revision in force, and which of their entries mean a number. */
final class ListsApi {

    private final Publisher publisher;
    private final Revisions revisions;
    private final Looks looks;
    private final Clock clock;

    /** The lists of one revision, read once. */
    private record Read(long revision, RuleSet set) {}

    private volatile @Nullable Read last;

    ListsApi(Publisher publisher, Revisions revisions, Looks looks, Clock clock) {
        this.looks = looks;
        this.publisher = publisher;
        this.revisions = revisions;
        this.clock = clock;
    }

    void addTo(Doors doors) {
        doors.get("/api/lists", Permission.SEE_ORDERS, this::list);
        doors.get("/api/lists/find", Permission.SEE_ORDERS, this::find);
    }

    private void list(Context context, Session session) {
        Read read = read();
        List<Map<String, Object>> views = new ArrayList<>();
        new TreeMap<>(read.set().lists())
                .forEach((name, list) -> views.add(Map.of("list", name, "entries", list.size())));
        Answers.send(context, 200, Map.of("revision", read.revision(), "lists", views));
    }

    private void find(Context context, Session session) {
        String text = number(context);
        looks.freely(context, session, "look.lists", NumberText.masked(text));
        Read read = read();
        long number = Long.parseLong(text.substring(1));
        List<Map<String, Object>> entries = new ArrayList<>();
        new TreeMap<>(read.set().lists()).forEach((name, list) -> {
            int at = list.find(PartyNumber.of(number, PartyNumber.Form.INTERNATIONAL), clock.millis());
            if (at != NumberList.NONE) {
                entries.add(view(name, list.entry(at)));
            }
        });
        read.set().orders().forEach(order -> {
            long pattern = order.naming(number);
            if (pattern != 0) {
                entries.add(view(order, pattern));
            }
        });
        Answers.send(context, 200, Map.of("revision", read.revision(), "entries", entries));
    }

    /** The number that is asked for, {@code +447700900217}. */
    static String number(Context context) {
        String text = OrderForm.digits(Queries.text(context, "number"));
        if (!text.matches("\\+[1-9][0-9]{1,14}")) {
            throw new Refused(
                    400,
                    "fields",
                    "Expected a number such as +447700900217 in 'number', found '" + text + "'.",
                    Map.of(
                            "problems",
                            List.of(Map.of(
                                    "field", "number",
                                    "value", text,
                                    "word", "number",
                                    "expected", "a number such as +447700900217"))));
        }
        return text;
    }

    private static Map<String, Object> view(OrderLine order, long pattern) {
        return Map.of(
                "list", order.id(),
                "entry", PatternIndex.text(pattern),
                "until", order.validity().until().toString(),
                "note", order.title());
    }

    private static Map<String, Object> view(String list, NumberList.Entry entry) {
        Map<String, Object> view = new LinkedHashMap<>();
        view.put("list", list);
        view.put("entry", entry.text());
        view.put(
                "until",
                entry.untilEpochMillis() == NumberList.FOR_EVER
                        ? ""
                        : Instant.ofEpochMilli(entry.untilEpochMillis()).toString());
        view.put("note", entry.note());
        return view;
    }

    private Read read() {
        long newest = revisions.newest().map(Revision::revision).orElse(0L);
        Read known = last;
        if (known == null || known.revision() != newest) {
            try {
                known = new Read(newest, publisher.ruleSet(newest));
                last = known;
            } catch (PublishRefused refused) {
                throw PublishApi.refusal(refused);
            }
        }
        return known;
    }
}
