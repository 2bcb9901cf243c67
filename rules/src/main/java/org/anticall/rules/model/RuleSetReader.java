package org.anticall.rules.model;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.anticall.rules.number.NumberList;
import org.jspecify.annotations.Nullable;

/**
 * Reads a rule file (YAML) and the lists it names. All problems at once, each with file, line and column; an unknown key is
 * a problem. What rules mean together (same id, same turn, missing list) is the compiler's business.
 */
public final class RuleSetReader {

    private static final List<String> KEYS =
            List.of("home", "revision", "legal-basis", "lists", "scoring", "orders", "rules", "tests");

    private final String file;
    private final ListLoader loader;
    private final KnownLists known;
    private final Map<String, String> digests = new HashMap<>();
    private final List<RuleProblem> problems = new ArrayList<>();
    private final List<TestCase> tests = new ArrayList<>();

    private RuleSetReader(String file, ListLoader loader, KnownLists known) {
        this.file = file;
        this.loader = loader;
        this.known = known;
    }

    /**
     * Reads {@code text}.
     *
     * @param file name for messages
     * @param loader where lists come from
     */
    public static Reading read(String file, String text, ListLoader loader) {
        return read(file, text, loader, new KnownLists());
    }

    /** The same, where lists that were read before need not be read again. */
    public static Reading read(String file, String text, ListLoader loader, KnownLists known) {
        RuleSetReader reader = new RuleSetReader(file, loader, known);
        RuleSet ruleSet = reader.read(text);
        return ruleSet == null || !reader.problems.isEmpty()
                ? new Reading.Unreadable(reader.problems)
                : new Reading.Read(ruleSet, reader.tests, reader.digests);
    }

    private @Nullable RuleSet read(String text) {
        YamlNode root = YamlNode.parse(file, text, problems);
        if (root == null) {
            return null;
        }
        Map<String, YamlNode> fields = root.fields(KEYS);
        String home = required(root, fields, "home", "the home country, like KZ");
        YamlNode revision = fields.get("revision");
        Long number = revision == null ? Long.valueOf(0) : revision.integer(1, Long.MAX_VALUE);
        YamlNode lists = fields.get("lists");
        Map<String, NumberList> named = lists == null ? Map.of() : lists(lists);
        YamlNode basis = fields.get("legal-basis");
        LegalBasis common = basis == null ? null : RuleReader.basis(basis);
        RuleReader rules = new RuleReader(common);
        YamlNode points = fields.get("scoring");
        Scoring scoring = points == null ? Scoring.standard(common) : ScoringReader.read(points, common);
        List<Rule> read = new ArrayList<>();
        YamlNode items = fields.get("rules");
        if (items == null) {
            root.problem("'rules' is missing, expected a list of rules");
        } else {
            for (YamlNode item : items.items()) {
                Rule rule = rules.read(item);
                if (rule != null) {
                    read.add(rule);
                }
            }
        }
        YamlNode tables = fields.get("orders");
        Orders orders = tables == null ? Orders.NONE : new OrdersReader(loader, known, problems).read(tables);
        YamlNode cases = fields.get("tests");
        if (cases != null) {
            tests.addAll(TestCaseReader.read(cases));
        }
        return home == null || number == null
                ? null
                : new RuleSet(home, number, named, scoring, read, orders, Place.of(file));
    }

    private Map<String, NumberList> lists(YamlNode node) {
        Map<String, NumberList> lists = new HashMap<>();
        node.fields("lists by name")
                .forEach((name, value) -> lists.put(name, value.isMap() ? ofFile(name, value) : written(name, value)));
        return lists;
    }

    private NumberList written(String name, YamlNode lines) {
        ListReader reader = new ListReader(name, problems);
        for (YamlNode item : lines.items()) {
            String line = item.text("a line of a list");
            if (line != null) {
                reader.take(line, item.place());
            }
        }
        return reader.list();
    }

    private NumberList ofFile(String name, YamlNode node) {
        NumberList none = new NumberList(name, List.of());
        String listFile = required(node, node.fields(List.of("file")), "file", "a file beside the rule file");
        if (listFile == null) {
            return none;
        }
        if (leads(listFile)) {
            node.problem("list file '" + listFile + "', expected a name relative to the rule file, without '..'");
            return none;
        }
        String digest = loader.digest(listFile);
        NumberList before = known.find(name, digest);
        if (!digest.isEmpty()) {
            digests.put(name, digest);
        }
        if (before != null) {
            return before;
        }
        ListReader reader = new ListReader(name, problems);
        try (InputStream in = loader.open(listFile)) {
            reader.takeFile(listFile, in);
        } catch (IOException unreadable) {
            node.problem("list file '" + listFile + "' cannot be read: " + unreadable.getMessage());
        }
        return reader.list();
    }

    /** Whether a name leads away from the rule file. */
    static boolean leads(String name) {
        return name.startsWith("/") || name.contains("..") || name.contains("\\");
    }

    static @Nullable String required(YamlNode parent, Map<String, YamlNode> fields, String key, String expected) {
        YamlNode node = fields.get(key);
        if (node == null) {
            parent.problem("'" + key + "' is missing, expected " + expected);
            return null;
        }
        return node.text(expected);
    }
}
