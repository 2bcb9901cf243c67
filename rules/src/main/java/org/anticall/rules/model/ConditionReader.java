package org.anticall.rules.model;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.anticall.rules.call.CallFeature;
import org.anticall.rules.call.NumberField;
import org.anticall.rules.call.Privacy;
import org.anticall.rules.call.RoamingQuery.Party;
import org.jspecify.annotations.Nullable;

/** Reads {@code when:}. All keys of one mapping must hold together. */
final class ConditionReader {

    private static final int MAX_DEPTH = 6;

    /** What can stand beside the logic: one reader per key. */
    private static final Map<String, Function<YamlNode, List<Condition>>> TESTS = tests();

    static final List<String> KEYS = keys();

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
            case "all" -> parts.add(new Condition.All(each(value, depth)));
            case "any" -> parts.add(new Condition.Any(each(value, depth)));
            case "not" -> parts.add(new Condition.Not(read(value, depth + 1)));
            default -> {
                Function<YamlNode, List<Condition>> test = TESTS.get(key);
                if (test != null) {
                    parts.addAll(test.apply(value));
                }
            }
        }
    }

    private static List<Condition> each(YamlNode node, int depth) {
        return node.items().stream().map(item -> read(item, depth + 1)).toList();
    }

    private static Map<String, Function<YamlNode, List<Condition>>> tests() {
        Map<String, Function<YamlNode, List<Condition>>> tests = new LinkedHashMap<>();
        for (CallFeature feature : CallFeature.values()) {
            tests.put(feature.text(), node -> List.of(new Condition.Is(feature, values(node, feature))));
        }
        tests.put("trunk-name", node -> List.of(new Condition.OnTrunk(texts(node))));
        tests.put("mark", node -> List.of(new Condition.Marked(words(node, Words.MARKS))));
        tests.put("fingerprint", node -> List.of(new Condition.OfFingerprint(fingerprints(node))));
        for (NumberField field : NumberField.values()) {
            tests.put(field.text(), node -> NumberConditionReader.read(node, field));
        }
        roaming(tests, "caller-roaming", Party.CALLER);
        roaming(tests, "redirecting-roaming", Party.REDIRECTING);
        tests.put("time", CalendarReader::time);
        tests.put("weekday", CalendarReader::weekday);
        tests.put("date", CalendarReader::date);
        tests.put("behaviour", BehaviourReader::read);
        return tests;
    }

    private static void roaming(Map<String, Function<YamlNode, List<Condition>>> tests, String key, Party party) {
        tests.put(key, node -> List.of(new Condition.InRoamingState(party, words(node, Words.ROAMING_STATES))));
        tests.put(key + "-country", node -> List.of(new Condition.InRoamingCountry(party, countries(node))));
        tests.put(key + "-mode", node -> List.of(new Condition.InRoamingMode(party, words(node, Words.ROAMING_MODES))));
        tests.put(
                key + "-contracted",
                node -> answer(node).<Condition>map(yes -> new Condition.RoamingContracted(party, yes)).stream()
                        .toList());
    }

    private static List<String> keys() {
        List<String> keys = new ArrayList<>(TESTS.keySet());
        keys.addAll(List.of("all", "any", "not"));
        return keys;
    }

    private static Set<Enum<?>> values(YamlNode node, CallFeature feature) {
        if (feature == CallFeature.PRIVACY && node.isText()) {
            Set<Enum<?>> some = privacy(node.scalar());
            if (!some.isEmpty()) {
                return some;
            }
        }
        return new LinkedHashSet<>(words(node, Words.of(feature)));
    }

    /** {@code yes} and {@code no} stand for the values that do and do not withhold the caller's identity. */
    private static Set<Enum<?>> privacy(String word) {
        Set<Enum<?>> values = new LinkedHashSet<>();
        Boolean wanted = Words.ANSWERS.get(word);
        for (Privacy each : Privacy.values()) {
            if (wanted != null && each.withholdsIdentity() == wanted) {
                values.add(each);
            }
        }
        return values;
    }

    private static Set<Long> fingerprints(YamlNode node) {
        Set<Long> found = new LinkedHashSet<>();
        String expected = "a fingerprint of 16 digits 0-9a-f";
        for (YamlNode item : node.items()) {
            String text = item.text(expected);
            if (text != null && text.matches("[0-9a-f]{16}")) {
                found.add(Long.parseUnsignedLong(text, 16));
            } else if (text != null) {
                item.problem("'" + text + "', expected " + expected);
            }
        }
        return found;
    }

    private static Set<String> countries(YamlNode node) {
        Set<String> found = new LinkedHashSet<>();
        Set<String> known = Set.of(Locale.getISOCountries());
        for (YamlNode item : node.items()) {
            String text = item.text("a country like TR");
            if (text != null && known.contains(text)) {
                found.add(text);
            } else if (text != null) {
                item.problem("'" + text + "', expected a country of ISO 3166-1 in two capital letters, like TR");
            }
        }
        return found;
    }

    /** Yes or no; anything else is a problem. */
    static Optional<Boolean> answer(YamlNode node) {
        Boolean yes = node.word(Words.ANSWERS);
        return Optional.ofNullable(yes);
    }

    /** All the words of a list, or the one word that stands for it. */
    static <T> Set<T> words(YamlNode node, Map<String, T> words) {
        Set<T> found = new LinkedHashSet<>();
        for (YamlNode item : node.items()) {
            @Nullable T word = item.word(words);
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
}
