package org.anticall.ops.http;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.anticall.rules.RuleSetDiff;
import org.anticall.rules.model.Rule;
import org.anticall.rules.number.NumberList;
import org.anticall.rules.number.NumberListDiff;

/** What one revision says otherwise than another, for the page. */
final class DifferenceView {

    private DifferenceView() {}

    static Map<String, Object> of(long before, long after, RuleSetDiff diff) {
        Map<String, Object> view = new LinkedHashMap<>();
        view.put("before", before);
        view.put("after", after);
        view.put("added", diff.added().stream().map(DifferenceView::rule).toList());
        view.put("removed", diff.removed().stream().map(DifferenceView::rule).toList());
        view.put(
                "changed",
                diff.changed().entrySet().stream()
                        .map(each -> Map.of("rule", each.getKey(), "changes", changes(each.getValue())))
                        .toList());
        view.put(
                "lists",
                diff.lists().entrySet().stream()
                        .map(each -> list(each.getKey(), each.getValue()))
                        .toList());
        return view;
    }

    private static Map<String, Object> rule(Rule rule) {
        return Map.of("rule", rule.id(), "title", CallView.text(rule.title()));
    }

    private static List<Map<String, String>> changes(List<RuleSetDiff.Change> changes) {
        return changes.stream()
                .map(each -> Map.of("key", each.key(), "before", each.before(), "after", each.after()))
                .toList();
    }

    private static Map<String, Object> list(String name, NumberListDiff diff) {
        Map<String, Object> view = new LinkedHashMap<>();
        view.put("list", name);
        view.put("added", diff.added());
        view.put("removed", diff.removed());
        view.put("changed", diff.changed());
        view.put("addedFirst", texts(diff.addedFirst()));
        view.put("removedFirst", texts(diff.removedFirst()));
        view.put("changedFirst", texts(diff.changedFirst()));
        return view;
    }

    private static List<String> texts(List<NumberList.Entry> entries) {
        return entries.stream().map(NumberList.Entry::text).toList();
    }
}
