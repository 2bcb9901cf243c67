package org.anticall.ops.http;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.anticall.ops.redress.AllowEntry;
import org.anticall.ops.store.Records.Brief;
import org.anticall.ops.store.Records.Hit;
import org.anticall.ops.store.RedressHistory;
import org.anticall.rules.number.E164;

/** Appeals and allow entries as the page gets them, and the number they come with. */
final class RedressView {

    private RedressView() {}

    /** The field {@code number}, without what people put between digits. */
    static String number(Fields fields) {
        String number = OrderForm.digits(fields.text("number", 1, 40));
        if (!number.isEmpty() && !number.matches(AllowEntry.NUMBER)) {
            fields.problem("number", number, "number", "a number such as +447700900217");
        }
        return number;
    }

    static List<Map<String, Object>> history(List<RedressHistory.Step> steps) {
        return steps.stream()
                .map(step -> Map.<String, Object>of(
                        "version", step.version(),
                        "at", step.at().toString(),
                        "account", step.account(),
                        "action", step.action(),
                        "why", step.why()))
                .toList();
    }

    static Map<String, Object> record(Brief brief) {
        Map<String, Object> view = new LinkedHashMap<>();
        view.put("id", brief.id());
        view.put("at", brief.at().toString());
        view.put("verdict", brief.verdict());
        view.put("rule", brief.rule());
        return view;
    }

    static Map<String, Object> hit(Hit hit) {
        String number = hit.caller() > 0 ? E164.format(hit.caller()) : "";
        Map<String, Object> view = new LinkedHashMap<>();
        view.put("number", NumberText.full(number));
        view.put("country", NumberText.country(number));
        view.put("calls", hit.calls());
        view.put("last", hit.last().toString());
        return view;
    }
}
