package org.anticall.rules;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.anticall.rules.model.CanonicalWriter;
import org.anticall.rules.model.OrderLine;
import org.anticall.rules.model.OrderTable;
import org.anticall.rules.model.Orders;
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
        Map<String, Rule> old = byId(before, after.orders());
        Map<String, Rule> young = byId(after, before.orders());
        orders(before, young.keySet(), old);
        orders(after, old.keySet(), young);
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

    /** The rules of {@code set} and the orders of tables that {@code other} has not just so. */
    private static Map<String, Rule> byId(RuleSet set, Orders other) {
        Map<String, Rule> rules = new TreeMap<>();
        set.rules().forEach(rule -> rules.put(rule.id(), rule));
        Orders orders = set.orders();
        boolean sameWords = orders.saysLike(other);
        for (OrderTable table : orders.tables()) {
            if (!sameWords
                    || other.tables().stream().noneMatch(each -> each.sha256().equals(table.sha256()))) {
                for (OrderLine line : table.lines()) {
                    OrderLine like = sameWords ? other.find(line.number()) : null;
                    if (like == null || !like.text().equals(line.text())) {
                        rules.put(line.id(), orders.rule(line));
                    }
                }
            }
        }
        return rules;
    }

    /** Adds the orders of tables that the other set has otherwise, if only as a rule. */
    private static void orders(RuleSet set, Iterable<String> ids, Map<String, Rule> rules) {
        for (String id : ids) {
            OrderLine line = set.orders().find(id);
            if (line != null) {
                rules.putIfAbsent(id, set.orders().rule(line));
            }
        }
    }

    private static Iterable<String> union(Iterable<String> some, Iterable<String> others) {
        TreeSet<String> union = new TreeSet<>();
        some.forEach(union::add);
        others.forEach(union::add);
        return union;
    }
}
