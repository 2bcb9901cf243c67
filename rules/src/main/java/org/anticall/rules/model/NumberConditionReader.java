package org.anticall.rules.model;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.anticall.rules.call.CountryCodeSet;
import org.anticall.rules.call.NumberField;
import org.anticall.rules.number.Countries;
import org.anticall.rules.number.E164;
import org.anticall.rules.number.NumberList;
import org.jspecify.annotations.Nullable;

/** Reads what a condition says of one number of the call. */
final class NumberConditionReader {

    private static final List<String> KEYS = List.of(
            "kind",
            "form",
            "class",
            "country",
            "contracted",
            "plausible-length",
            "list",
            "number",
            "range",
            "same-as",
            "differs-from",
            "neighbour-of");

    /** Numbers written in the rule itself; more belong in a list. */
    private static final int MAX_NUMBERS = 200;

    private static final int MAX_NATIONAL_DIGITS = 14;

    private NumberConditionReader() {}

    static List<Condition> read(YamlNode node, NumberField field) {
        List<Condition> parts = new ArrayList<>();
        node.fields(KEYS).forEach((key, value) -> {
            Condition part = part(field, key, value);
            if (part != null) {
                parts.add(part);
            }
        });
        return parts;
    }

    private static @Nullable Condition part(NumberField field, String key, YamlNode value) {
        return switch (key) {
            case "kind" -> new Condition.OfKind(field, ConditionReader.words(value, Words.KINDS));
            case "form" -> new Condition.OfForm(field, ConditionReader.words(value, Words.FORMS));
            case "class" -> new Condition.OfClass(field, ConditionReader.words(value, Words.RANGE_CLASSES));
            case "country" -> new Condition.OfCountry(field, countries(value));
            case "contracted" ->
                ConditionReader.answer(value)
                        .map(yes -> new Condition.Contracted(field, yes))
                        .orElse(null);
            case "plausible-length" ->
                ConditionReader.answer(value)
                        .map(yes -> new Condition.OfPlausibleLength(field, yes))
                        .orElse(null);
            case "list" -> {
                String list = value.text("the name of a list");
                yield list == null ? null : new Condition.Listed(field, list);
            }
            case "number" -> new Condition.Matches(field, entries(value));
            case "range" -> new Condition.InRange(field, spans(value));
            case "same-as" -> {
                NumberField other = value.word(Words.FIELDS);
                yield other == null ? null : new Condition.Same(field, other);
            }
            case "differs-from" -> {
                NumberField other = value.word(Words.FIELDS);
                yield other == null ? null : new Condition.Differs(field, other);
            }
            case "neighbour-of" -> neighbour(field, value);
            default -> null;
        };
    }

    private static @Nullable Condition neighbour(NumberField field, YamlNode node) {
        var fields = node.fields(List.copyOf(Words.FIELDS.keySet()));
        if (fields.size() != 1) {
            node.problem("expected one field with a count of digits, like 'callee: 6'");
            return null;
        }
        var only = fields.entrySet().iterator().next();
        NumberField other = Words.FIELDS.get(only.getKey());
        Long digits = only.getValue().integer(1, MAX_NATIONAL_DIGITS);
        return other == null || digits == null ? null : new Condition.Neighbour(field, other, digits.intValue());
    }

    private static CountryCodeSet countries(YamlNode node) {
        Set<Integer> codes = new LinkedHashSet<>();
        for (YamlNode item : node.items()) {
            Long code = item.integer(1, CountryCodeSet.MAX_CODE);
            if (code != null && !Countries.isAssigned(code.intValue())) {
                item.problem("country code " + code + " is assigned to nobody, expected one like 44");
            } else if (code != null) {
                codes.add(code.intValue());
            }
        }
        return CountryCodeSet.of(codes);
    }

    private static List<NumberList.Entry> entries(YamlNode node) {
        List<NumberList.Entry> found = new ArrayList<>();
        Set<String> seen = new LinkedHashSet<>();
        for (YamlNode item : few(node)) {
            String text = item.text(ListReader.NUMBER_EXPECTED);
            NumberList.Entry entry = text == null ? null : ListReader.number(text, NumberList.FOR_EVER, "");
            if (entry != null && seen.add(entry.text())) {
                found.add(entry);
            } else if (entry == null && text != null) {
                item.problem("'" + text + "', expected " + ListReader.NUMBER_EXPECTED);
            }
        }
        return found;
    }

    private static List<Condition.NumberSpan> spans(YamlNode node) {
        List<Condition.NumberSpan> found = new ArrayList<>();
        String expected = "a range like +77172500000..+77172509999, both ends with the same count of digits";
        for (YamlNode item : few(node)) {
            String text = item.text(expected);
            Condition.NumberSpan span = text == null ? null : span(text);
            if (span != null && !found.contains(span)) {
                found.add(span);
            } else if (span == null && text != null) {
                item.problem("'" + text + "', expected " + expected);
            }
        }
        return found;
    }

    private static Condition.@Nullable NumberSpan span(String text) {
        int dots = text.indexOf("..");
        if (dots < 0 || !text.startsWith("+") || !text.startsWith("+", dots + 2)) {
            return null;
        }
        long first = E164.parse(text.substring(0, dots));
        long last = E164.parse(text.substring(dots + 2));
        boolean isSpan = first != E164.NONE && first <= last && E164.digits(first) == E164.digits(last);
        return isSpan ? new Condition.NumberSpan(first, last) : null;
    }

    private static List<YamlNode> few(YamlNode node) {
        List<YamlNode> items = node.items();
        if (items.size() > MAX_NUMBERS) {
            node.problem(items.size() + " entries, expected at most " + MAX_NUMBERS + "; put more into a list");
        }
        return items;
    }
}
