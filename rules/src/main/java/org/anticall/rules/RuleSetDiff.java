package org.anticall.rules;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.anticall.rules.model.CanonicalWriter;
import org.anticall.rules.model.Rule;
import org.anticall.rules.model.RuleSet;
import org.anticall.rules.number.NumberList;
import org.anticall.rules.number.NumberListDiff;

/**
 * What changes for calls when one rule set follows another.
 *
 * @param added rules of the second only, by id
 * @param removed rules of the first only, by id
 * @param changed for each rule that says something else what it says otherwise
 * @param lists for each list that has other entries which
 */
public record RuleSetDiff(
        List<Rule> added, List<Rule> removed, Map<String, List<Change>> changed, Map<String, NumberListDiff> lists) {

    /**
     * One thing that a rule says otherwise.
     *
     * @param key of the rule file
     * @param before what it said, empty if nothing
     * @param after what it says, empty if nothing
     */
    public record Change(String key, String before, String after) {}

    public RuleSetDiff {
        added = List.copyOf(added);
        removed = List.copyOf(removed);
    }

    /** Whether both sets judge every call the same. */
    public boolean isEmpty() {
        return added.isEmpty() && removed.isEmpty() && changed.isEmpty() && lists.isEmpty();
    }

    /**
     * What {@code after} says otherwise than {@code before}.
     *
     * @param most how many entries of each list to name
     */
    public static RuleSetDiff between(RuleSet before, RuleSet after, int most) {
        Map<String, Rule> old = byId(before);
        Map<String, Rule> young = byId(after);
        List<Rule> added = new ArrayList<>();
        List<Rule> removed = new ArrayList<>();
        Map<String, List<Change>> changed = new TreeMap<>();
        for (String id : union(old.keySet(), young.keySet())) {
            Rule was = old.get(id);
            Rule is = young.get(id);
            if (was == null && is != null) {
                added.add(is);
            } else if (is == null && was != null) {
                removed.add(was);
            } else if (was != null && is != null) {
                List<Change> changes = changes(CanonicalWriter.fields(was), CanonicalWriter.fields(is));
                if (!changes.isEmpty()) {
                    changed.put(id, changes);
                }
            }
        }
        return new RuleSetDiff(added, removed, changed, lists(before, after, most));
    }

    private static Map<String, NumberListDiff> lists(RuleSet before, RuleSet after, int most) {
        Map<String, NumberListDiff> lists = new TreeMap<>();
        for (String name : union(before.lists().keySet(), after.lists().keySet())) {
            NumberList nothing = new NumberList(name, List.of());
            NumberList was = before.lists().getOrDefault(name, nothing);
            NumberList is = after.lists().getOrDefault(name, nothing);
            if (!was.sha256().equals(is.sha256())) {
                lists.put(name, NumberListDiff.between(was, is, most));
            }
        }
        return lists;
    }

    private static List<Change> changes(Map<String, String> before, Map<String, String> after) {
        List<Change> changes = new ArrayList<>();
        for (String key : union(before.keySet(), after.keySet())) {
            String was = before.getOrDefault(key, "");
            String is = after.getOrDefault(key, "");
            if (!was.equals(is)) {
                changes.add(new Change(key, was, is));
            }
        }
        return changes;
    }

    private static Map<String, Rule> byId(RuleSet set) {
        Map<String, Rule> rules = new TreeMap<>();
        set.rules().forEach(rule -> rules.put(rule.id(), rule));
        return rules;
    }

    private static Iterable<String> union(Iterable<String> some, Iterable<String> others) {
        TreeSet<String> union = new TreeSet<>();
        some.forEach(union::add);
        others.forEach(union::add);
        return union;
    }
}
