package org.anticall.ops.config;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.anticall.ops.desk.CallQueue;
import org.anticall.ops.desk.Staffing;
import org.jspecify.annotations.Nullable;

/** Reads {@code desk.queues} and {@code desk.skills}. */
final class StaffingReading {

    private static final Form<String> NAME = new Form<>(
            "expected letters, digits, '.', '_' or '-' such as english",
            text -> text.matches("[A-Za-z0-9._-]{1,32}") ? text : null);
    private static final Form<String> PREFIX = new Form<>(
            "expected how a number begins such as +44", text -> text.matches("\\+?[0-9]{1,15}") ? text : null);
    private static final Form<Integer> VALUE =
            new Form<>("expected 1 to 9", text -> text.matches("[1-9]") ? Integer.valueOf(text) : null);
    private static final Form<Integer> QUOTA =
            new Form<>("expected 1 to 9999", text -> text.matches("[1-9][0-9]{0,3}") ? Integer.valueOf(text) : null);

    private StaffingReading() {}

    static Staffing read(Section desk, Form<Duration> answerWithin) {
        List<CallQueue> queues = new ArrayList<>();
        Set<String> names = new HashSet<>(Set.of("rest"));
        for (Section each : desk.sections("queues")) {
            CallQueue queue = queue(each, answerWithin);
            if (queue != null && !names.add(queue.name())) {
                each.problem("name", queue.name(), "expected a name no other queue has");
            } else if (queue != null) {
                queues.add(queue);
            }
        }
        return new Staffing(queues, skills(desk));
    }

    private static @Nullable CallQueue queue(Section section, Form<Duration> answerWithin) {
        String name = section.required("name", NAME);
        Set<String> rules = Set.copyOf(list(section, "rules", NAME));
        List<String> callers = list(section, "callers", PREFIX);
        List<String> callees = list(section, "callees", PREFIX);
        Set<String> needs = Set.copyOf(list(section, "needs", NAME));
        int value = section.or("value", VALUE, 5);
        int quota = section.or("quota", QUOTA, Integer.MAX_VALUE);
        Duration within = section.has("answer-within") ? section.required("answer-within", answerWithin) : null;
        section.end();
        return name == null ? null : new CallQueue(name, rules, callers, callees, needs, value, quota, within);
    }

    private static Map<String, Set<String>> skills(Section desk) {
        Map<String, Set<String>> skills = new HashMap<>();
        for (Section each : desk.sections("skills")) {
            String seat = each.required("seat", Form.PHONE_USER);
            Set<String> has = Set.copyOf(list(each, "has", NAME));
            each.end();
            if (seat != null && skills.putIfAbsent(seat, has) != null) {
                each.problem("seat", seat, "expected a seat that is named once");
            }
        }
        return skills;
    }

    private static <T> List<T> list(Section section, String key, Form<T> form) {
        return section.has(key) ? section.list(key, form) : List.of();
    }
}
