package org.anticall.rules.model;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.anticall.rules.call.NumberField;
import org.anticall.rules.call.RoamingQuery.Party;
import org.anticall.rules.number.NumberList;
import org.jspecify.annotations.Nullable;

/** Reads {@code when:}. All keys of one mapping must hold together. */
final class ConditionReader {

    private static final int MAX_DEPTH = 6;

    private static final List<String> KEYS = List.of(
            "trunk",
            "trunk-name",
            "caller",
            "asserted",
            "presented",
            "callee",
            "redirecting",
            "caller-roaming",
            "redirecting-roaming",
            "privacy",
            "all",
            "any",
            "not");
    private static final List<String> NUMBER_KEYS = List.of("kind", "form", "class", "list", "number", "same-as");

    private ConditionReader() {}

    static Condition read(YamlNode node) {
        return read(node, 1);
    }

    private static Condition read(YamlNode node, int depth) {
        if (depth > MAX_DEPTH) {
            node.problem("conditions nested deeper than " + MAX_DEPTH + ", expected a simpler rule or two rules");
            return new Condition.All(List.of());
        }
        List<Condition> parts = new ArrayList<>();
        node.fields(KEYS).forEach((key, value) -> addPart(key, value, depth, parts));
        return parts.size() == 1 ? parts.get(0) : new Condition.All(parts);
    }

    private static void addPart(String key, YamlNode value, int depth, List<Condition> parts) {
        switch (key) {
            case "trunk" -> parts.add(new Condition.OnTrunkClass(words(value, Words.TRUNK_CLASSES)));
            case "trunk-name" -> parts.add(new Condition.OnTrunk(texts(value)));
            case "caller", "asserted", "presented", "callee", "redirecting" -> {
                NumberField field = Words.FIELDS.get(key);
                if (field != null) {
                    value.fields(NUMBER_KEYS).forEach((test, words) -> addNumberPart(field, test, words, parts));
                }
            }
            case "caller-roaming" ->
                parts.add(new Condition.InRoamingState(Party.CALLER, words(value, Words.ROAMING_STATES)));
            case "redirecting-roaming" ->
                parts.add(new Condition.InRoamingState(Party.REDIRECTING, words(value, Words.ROAMING_STATES)));
            case "privacy" -> {
                Boolean requested = value.word(Map.of("yes", true, "no", false, "true", true, "false", false));
                if (requested != null) {
                    parts.add(new Condition.PrivacyRequested(requested));
                }
            }
            case "all" -> parts.add(new Condition.All(each(value, depth)));
            case "any" -> parts.add(new Condition.Any(each(value, depth)));
            case "not" -> parts.add(new Condition.Not(read(value, depth + 1)));
            default -> {
                // Put down as an unknown key already.
            }
        }
    }

    private static void addNumberPart(NumberField field, String test, YamlNode value, List<Condition> parts) {
        switch (test) {
            case "kind" -> parts.add(new Condition.OfKind(field, words(value, Words.KINDS)));
            case "form" -> parts.add(new Condition.OfForm(field, words(value, Words.FORMS)));
            case "class" -> parts.add(new Condition.OfClass(field, words(value, Words.RANGE_CLASSES)));
            case "list" -> {
                String list = value.text("the name of a list");
                if (list != null) {
                    parts.add(new Condition.Listed(field, list));
                }
            }
            case "number" -> parts.add(new Condition.Matches(field, entries(value)));
            case "same-as" -> {
                NumberField other = value.word(Words.FIELDS);
                if (other != null) {
                    parts.add(new Condition.Same(field, other));
                }
            }
            default -> {
                // Put down as an unknown key already.
            }
        }
    }

    private static List<Condition> each(YamlNode node, int depth) {
        return node.items().stream().map(item -> read(item, depth + 1)).toList();
    }

    private static <T> Set<T> words(YamlNode node, Map<String, T> words) {
        Set<T> found = new LinkedHashSet<>();
        for (YamlNode item : node.items()) {
            T word = item.word(words);
            if (word != null) {
                found.add(word);
            }
        }
        return found;
    }

    private static Set<String> texts(YamlNode node) {
        Set<String> found = new LinkedHashSet<>();
        for (YamlNode item : node.items()) {
            String text = item.text("a name");
            if (text != null) {
                found.add(text);
            }
        }
        return found;
    }

    private static List<NumberList.Entry> entries(YamlNode node) {
        List<NumberList.Entry> found = new ArrayList<>();
        Set<String> seen = new LinkedHashSet<>();
        for (YamlNode item : node.items()) {
            String text = item.text(ListReader.NUMBER_EXPECTED);
            NumberList.Entry entry = text == null ? null : entry(item, text);
            if (entry != null && seen.add(entry.text())) {
                found.add(entry);
            }
        }
        return found;
    }

    private static NumberList.@Nullable Entry entry(YamlNode item, String text) {
        NumberList.Entry entry = ListReader.number(text, NumberList.FOR_EVER, "");
        if (entry == null) {
            item.problem("'" + text + "', expected " + ListReader.NUMBER_EXPECTED);
        }
        return entry;
    }
}
