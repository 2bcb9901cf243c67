package org.anticall.rules.model;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.anticall.rules.call.LocalizedText;
import org.anticall.rules.call.Verdict;
import org.anticall.rules.number.NumberList;

/**
 * The canonical form of a rule set: JSON in UTF-8 without white space, keys and sets sorted, rules by stage and
 * priority, defaults written out, lists and tables of orders with all their lines. It is itself a rule file. What does
 * not change a verdict (revision, places, order of writing) is not in it, so sets of the same content have the same
 * bytes.
 */
public final class CanonicalWriter {

    private static final ObjectMapper JSON = new ObjectMapper();

    private CanonicalWriter() {}

    /** The canonical bytes. */
    public static byte[] bytes(RuleSet set) {
        return bytes(
                set,
                list -> list.entries().stream().map(CanonicalWriter::line).toList(),
                table -> table.lines().stream().map(OrderLine::text).toList());
    }

    private static byte[] bytes(
            RuleSet set, Function<NumberList, Object> content, Function<OrderTable, Object> ordersOf) {
        Map<String, Object> root = new TreeMap<>();
        root.put("home", set.home());
        if (!set.lists().isEmpty()) {
            Map<String, Object> lists = new TreeMap<>();
            set.lists().forEach((name, list) -> lists.put(name, content.apply(list)));
            root.put("lists", lists);
        }
        if (!set.orders().isEmpty()) {
            root.put("orders", orders(set.orders(), ordersOf));
        }
        root.put("scoring", scoring(set.scoring()));
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
     * ({@link NumberList#sha256()}, {@link OrderTable#sha256()}), so that millions of numbers are not written out to be
     * named.
     */
    public static String sha256(RuleSet set) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256")
                            .digest(bytes(set, NumberList::sha256, OrderTable::sha256)));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java platform has SHA-256", impossible);
        }
    }

    /** Where tables are cut is part of it: who makes them cuts them where the numbers of orders say. */
    private static Map<String, Object> orders(Orders orders, Function<OrderTable, Object> content) {
        Map<String, Object> map = new TreeMap<>();
        map.put("priority", orders.priority());
        map.put("title", text(orders.title()));
        map.put("reason", text(orders.reason()));
        Instant from = orders.from();
        if (from != null) {
            map.put("from", from.toString());
        }
        map.put("tables", orders.tables().stream().map(content).toList());
        return map;
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
        map.put("mode", mode(rule));
        if (!rule.validity().equals(Validity.ALWAYS)) {
            map.put("valid", validity(rule.validity()));
        }
        LegalBasis basis = rule.basis();
        if (basis != null) {
            map.put("legal-basis", basis(basis));
        }
        map.put("when", ConditionWriter.write(rule.when()));
        map.put("cases", rule.cases().stream().map(CanonicalWriter::one).toList());
        return map;
    }

    private static Object mode(Rule rule) {
        Canary canary = rule.canary();
        if (canary == null) {
            return Words.of(rule.mode());
        }
        return Map.of(
                "canary",
                canary.trunks().isEmpty()
                        ? Map.of("share", canary.perMille() + "/1000")
                        : Map.of("trunk-name", canary.trunks().stream().sorted().toList()));
    }

    private static Map<String, Object> basis(LegalBasis basis) {
        return new TreeMap<>(Map.of(
                "type", Words.of(basis.type()),
                "document", basis.document(),
                "date", basis.date().toString(),
                "office", basis.office()));
    }

    private static Map<String, Object> scoring(Scoring scoring) {
        Map<String, Object> map = new TreeMap<>();
        LegalBasis basis = scoring.basis();
        if (basis != null) {
            map.put("legal-basis", basis(basis));
        }
        map.put(
                "steps",
                scoring.steps().stream()
                        .map(step -> new TreeMap<>(Map.of("from", step.from(), "then", verdict(step.verdict()))))
                        .toList());
        return map;
    }

    private static Map<String, Object> one(Rule.Case one) {
        Map<String, Object> map = new TreeMap<>();
        map.put("when", ConditionWriter.write(one.when()));
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
        if (action instanceof Action.Decide decide) {
            return verdict(decide.verdict());
        }
        if (action instanceof Action.Score score) {
            return Map.of(
                    "score", new TreeMap<>(Map.of("points", score.points(), "alert", score.alert() ? "yes" : "no")));
        }
        if (action instanceof Action.Weigh weigh) {
            return Map.of("weigh", weigh.percent());
        }
        return action instanceof Action.Alert ? "alert" : "continue";
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
}
