package org.anticall.rules.model;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import org.anticall.rules.call.LocalizedText;
import org.anticall.rules.call.RoamingQuery.Party;
import org.anticall.rules.call.Verdict;
import org.anticall.rules.number.NumberList;

/**
 * The canonical form of a rule set: JSON in UTF-8 without white space, keys and sets sorted, rules by stage and priority,
 * defaults written out, lists with all their lines. It is itself a rule file. What does not change a verdict (revision,
 * places, order of writing) is not in it, so sets of the same content have the same bytes.
 */
public final class CanonicalWriter {

    private static final ObjectMapper JSON = new ObjectMapper();

    private CanonicalWriter() {}

    /** The canonical bytes. */
    public static byte[] bytes(RuleSet set) {
        return bytes(
                set, list -> list.entries().stream().map(CanonicalWriter::line).toList());
    }

    private static byte[] bytes(RuleSet set, Function<NumberList, Object> content) {
        Map<String, Object> root = new TreeMap<>();
        root.put("home", set.home());
        if (!set.lists().isEmpty()) {
            Map<String, Object> lists = new TreeMap<>();
            set.lists().forEach((name, list) -> lists.put(name, content.apply(list)));
            root.put("lists", lists);
        }
        root.put(
                "rules",
                set.rules().stream()
                        .sorted(Comparator.comparing(Rule::stage)
                                .thenComparingInt(Rule::priority)
                                .thenComparing(Rule::id))
                        .map(CanonicalWriter::rule)
                        .toList());
        try {
            return JSON.writeValueAsString(root).getBytes(StandardCharsets.UTF_8);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("maps and texts are always JSON", impossible);
        }
    }

    /**
     * The name of the content: SHA-256 in hex of the canonical bytes, in which each list is stood for by its own
     * ({@link NumberList#sha256()}), so that millions of numbers are not written out to be named.
     */
    public static String sha256(RuleSet set) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(bytes(set, NumberList::sha256)));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java platform has SHA-256", impossible);
        }
    }

    private static String line(NumberList.Entry entry) {
        String until = entry.untilEpochMillis() == NumberList.FOR_EVER
                ? ""
                : Instant.ofEpochMilli(entry.untilEpochMillis()).toString();
        return until.isEmpty() && entry.note().isEmpty()
                ? entry.text()
                : entry.text() + ";" + until + ";" + entry.note();
    }

    /** What a rule says, by the keys of the rule file, each value in its one written form. */
    public static Map<String, String> fields(Rule rule) {
        Map<String, String> fields = new TreeMap<>();
        rule(rule).forEach((key, value) -> fields.put(key, text(value)));
        return fields;
    }

    private static String text(Object value) {
        try {
            return value instanceof String text ? text : JSON.writeValueAsString(value);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("maps and texts are always JSON", impossible);
        }
    }

    private static Map<String, Object> rule(Rule rule) {
        Map<String, Object> map = new TreeMap<>();
        map.put("id", rule.id());
        map.put("title", text(rule.title()));
        map.put("stage", Words.of(rule.stage()));
        map.put("priority", rule.priority());
        map.put("mode", Words.of(rule.mode()));
        if (!rule.validity().equals(Validity.ALWAYS)) {
            map.put("valid", validity(rule.validity()));
        }
        LegalBasis basis = rule.basis();
        if (basis != null) {
            map.put(
                    "legal-basis",
                    new TreeMap<>(Map.of(
                            "type", Words.of(basis.type()),
                            "document", basis.document(),
                            "date", basis.date().toString(),
                            "office", basis.office())));
        }
        map.put("when", condition(rule.when()));
        map.put("cases", rule.cases().stream().map(CanonicalWriter::one).toList());
        return map;
    }

    private static Map<String, Object> one(Rule.Case one) {
        Map<String, Object> map = new TreeMap<>();
        map.put("when", condition(one.when()));
        map.put("then", action(one.then()));
        map.put("reason", text(one.reason()));
        return map;
    }

    private static Map<String, Object> validity(Validity validity) {
        Map<String, Object> map = new TreeMap<>();
        if (!validity.from().equals(Validity.ALWAYS.from())) {
            map.put("from", validity.from().toString());
        }
        if (!validity.until().equals(Validity.ALWAYS.until())) {
            map.put("until", validity.until().toString());
        }
        return map;
    }

    private static Map<String, Object> text(LocalizedText text) {
        return new TreeMap<>(Map.of("en", text.en(), "ru", text.ru(), "kk", text.kk()));
    }

    private static Object action(Action action) {
        return action instanceof Action.Decide decide ? verdict(decide.verdict()) : "continue";
    }

    private static Object verdict(Verdict verdict) {
        if (verdict instanceof Verdict.Label label) {
            return Map.of("label", label.label());
        }
        if (verdict instanceof Verdict.Withhold withhold) {
            return withhold.label().isEmpty() ? "withhold" : Map.of("withhold", Map.of("label", withhold.label()));
        }
        if (verdict instanceof Verdict.Reject reject) {
            return Map.of("reject", Map.of("status", reject.status()));
        }
        if (verdict instanceof Verdict.Divert divert) {
            return Map.of(
                    "divert",
                    new TreeMap<>(Map.of(
                            "answer-within", divert.answerWithin().toSeconds() + "s",
                            "ladder", divert.ladder().stream().map(Words::of).toList(),
                            "label", divert.label())));
        }
        return "pass";
    }

    private static Map<String, Object> condition(Condition condition) {
        if (condition instanceof Condition.All all) {
            return all.parts().isEmpty() ? Map.of() : Map.of("all", conditions(all.parts()));
        }
        if (condition instanceof Condition.Any any) {
            return Map.of("any", conditions(any.parts()));
        }
        if (condition instanceof Condition.Not not) {
            return Map.of("not", condition(not.part()));
        }
        if (condition instanceof Condition.OnTrunkClass trunk) {
            return Map.of("trunk", words(trunk.classes()));
        }
        if (condition instanceof Condition.OnTrunk trunk) {
            return Map.of("trunk-name", trunk.names().stream().sorted().toList());
        }
        if (condition instanceof Condition.PrivacyRequested privacy) {
            return Map.of("privacy", privacy.requested() ? "yes" : "no");
        }
        if (condition instanceof Condition.InRoamingState roaming) {
            String key = roaming.party() == Party.CALLER ? "caller-roaming" : "redirecting-roaming";
            return Map.of(key, words(roaming.states()));
        }
        return number(condition);
    }

    private static Map<String, Object> number(Condition condition) {
        if (condition instanceof Condition.OfKind kind) {
            return Map.of(kind.field().text(), Map.of("kind", words(kind.kinds())));
        }
        if (condition instanceof Condition.OfForm form) {
            return Map.of(form.field().text(), Map.of("form", words(form.forms())));
        }
        if (condition instanceof Condition.OfClass rangeClass) {
            return Map.of(rangeClass.field().text(), Map.of("class", words(rangeClass.classes())));
        }
        if (condition instanceof Condition.Listed listed) {
            return Map.of(listed.field().text(), Map.of("list", listed.list()));
        }
        if (condition instanceof Condition.Same same) {
            return Map.of(same.field().text(), Map.of("same-as", same.other().text()));
        }
        if (condition instanceof Condition.Matches matches) {
            List<String> numbers = matches.entries().stream()
                    .map(NumberList.Entry::text)
                    .sorted()
                    .toList();
            return Map.of(matches.field().text(), Map.of("number", numbers));
        }
        throw new IllegalStateException("a condition that nobody writes: " + condition.getClass());
    }

    /** Parts in the order of their own text: neither order nor nesting of keys changes what a condition means. */
    private static List<Object> conditions(List<Condition> parts) {
        return parts.stream()
                .map(CanonicalWriter::condition)
                .sorted(Comparator.comparing(Object::toString))
                .map(Object.class::cast)
                .toList();
    }

    private static List<String> words(Set<? extends Enum<?>> constants) {
        return constants.stream().map(Words::of).sorted().toList();
    }
}
