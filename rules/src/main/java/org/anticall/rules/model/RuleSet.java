package org.anticall.rules.model;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.anticall.rules.number.NumberList;

/**
 * All rules of one revision and the lists they name.
 *
 * @param home ISO 3166-1 alpha-2 code of the country whose numbering plan the rules speak of
 * @param revision number of the revision, 0 if the file names none
 * @param lists lists by name
 * @param scoring what points lead to
 * @param rules in any order: stage and priority say whose turn it is
 * @param orders those in tables
 * @param place the file
 */
public record RuleSet(
        String home,
        long revision,
        Map<String, NumberList> lists,
        Scoring scoring,
        List<Rule> rules,
        Orders orders,
        Place place) {

    public RuleSet {
        lists = Map.copyOf(new TreeMap<>(lists));
        rules = List.copyOf(rules);
    }

    /**
     * The list of that name.
     *
     * @throws IllegalArgumentException if there is none
     */
    public NumberList list(String name) {
        NumberList list = lists.get(name);
        if (list == null) {
            throw new IllegalArgumentException("there is no list '" + name + "'");
        }
        return list;
    }
}
