package org.anticall.ops.publish;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.anticall.ops.order.OrderAction;
import org.anticall.ops.order.OrderContent;
import org.anticall.ops.order.Target;
import org.anticall.ops.redress.AllowEntry;
import org.anticall.rules.RuleSource;
import org.anticall.rules.bundle.Manifest;
import org.anticall.rules.bundle.PartContent;
import org.anticall.rules.model.OrderLine;
import org.anticall.rules.model.Orders;

/**
 * A policy and the orders as one rule set. Every order is a rule of its own, {@code O17}, so that each decision names
 * the order it stands on: most are lines of tables ({@link OrderTables}), those with a condition or a list stand in the
 * rule file. Their turns are those of their numbers, wherever they stand. The same policy and orders give the same
 * bytes.
 */
public final class Assembly {

    /** As many orders as a rule file has room for; those in tables do not count. */
    public static final int MOST_RULES = 8_000;

    /** The turn of an order within its stage is this and its number; those before belong to the policy. */
    private static final int FIRST_PRIORITY = Orders.MAX_PRIORITY;

    /** What the lists that orders name are called in a rule set, before their names. */
    static final String MANAGED = "managed-";

    /** How the parts of lists end. */
    static final String CSV = ".csv";

    /** Longer ones become lists of the rule set. */
    private static final int MOST_IN_RULE = 100;

    private static final ObjectMapper JSON = new ObjectMapper();

    /** {@code yes} and {@code no} are words of the rules, not booleans. */
    private static final YAMLMapper YAML = YAMLMapper.builder()
            .enable(YAMLParser.Feature.PARSE_BOOLEAN_LIKE_WORDS_AS_STRINGS)
            .build();

    /** Where the lists come from that orders name. */
    interface Lists {
        /** The lines of the list with this name; none if there is no such list. */
        PartContent of(String name);
    }

    private final ObjectNode root;
    private final Lists lists;
    private final SortedMap<String, PartContent> parts = new TreeMap<>();

    private Assembly(ObjectNode root, Lists lists) {
        this.root = root;
        this.lists = lists;
    }

    /**
     * One order of a revision.
     *
     * @param shadow whether it only watches
     */
    public record Placed(long order, OrderContent content, boolean shadow) {

        /** The same from the beginning of time on. */
        Placed past() {
            return new Placed(order, content.from(Instant.EPOCH), shadow);
        }
    }

    /**
     * The orders of a rule set.
     *
     * @param tables of lines, by the names of their parts
     * @param rules those that stand in the rule file, by number
     * @param past whether all hold from the beginning of time, to try them on calls of the past
     */
    record Content(SortedMap<String, PartContent> tables, List<Placed> rules, boolean past) {}

    /**
     * Puts a rule set together.
     *
     * @param policy rules that hold besides all orders
     * @param allowed numbers that pass whatever else is said of them
     * @param lists that orders name
     * @throws IOException if the policy cannot be read
     */
    static RuleParts of(RuleSource policy, Content orders, List<AllowEntry> allowed, Lists lists) throws IOException {
        JsonNode read = YAML.readTree(policy.rules());
        if (!(read instanceof ObjectNode root)) {
            throw new IOException(policy.name() + ": expected keys and values");
        }
        if (root.has("orders")) {
            throw new IOException(policy.name() + ": has 'orders', expected them from the centre alone");
        }
        root.remove("revision");
        Assembly assembly = new Assembly(root, lists);
        for (JsonNode list : root.path("lists")) {
            String file = list.path("file").asText("");
            if (!file.isEmpty()) {
                try (InputStream in = policy.list(file)) {
                    assembly.put(file, in.readAllBytes());
                }
            }
        }
        AllowList.addRule(root);
        assembly.put(AllowList.PART, AllowList.bytes(allowed));
        assembly.addTables(orders);
        for (Placed order : orders.rules()) {
            assembly.add(orders.past() ? order.past() : order);
        }
        assembly.put(Manifest.RULES, written(root));
        return new RuleParts(assembly.parts);
    }

    private void put(String part, byte[] exact) {
        parts.put(part, PartContent.of(exact));
    }

    /** The rule file, a line for each rule, so that one order more is one line more. */
    static byte[] written(ObjectNode root) throws JsonProcessingException {
        List<String> entries = new ArrayList<>();
        for (Map.Entry<String, JsonNode> entry : root.properties()) {
            String name = JSON.writeValueAsString(entry.getKey());
            if (!entry.getValue().isArray()) {
                entries.add(name + ":" + JSON.writeValueAsString(entry.getValue()));
                continue;
            }
            List<String> items = new ArrayList<>();
            for (JsonNode item : entry.getValue()) {
                items.add(JSON.writeValueAsString(item));
            }
            entries.add(name + ":[\n" + String.join(",\n", items) + "\n]");
        }
        return ("{" + String.join(",\n", entries) + "}\n").getBytes(StandardCharsets.UTF_8);
    }

    private void addTables(Content orders) {
        if (orders.tables().isEmpty()) {
            return;
        }
        parts.putAll(orders.tables());
        ObjectNode node = root.putObject("orders");
        node.put("priority", FIRST_PRIORITY);
        node.set("title", title("{document}", "{title}"));
        node.set("reason", reason("{document}", "{office}"));
        if (orders.past()) {
            node.put("from", Instant.EPOCH.toString());
        }
        orders.tables().keySet().forEach(node.putArray("tables")::add);
    }

    private static ObjectNode title(String document, String title) {
        return texts(
                "Order No. " + document + ": " + title,
                "Предписание № " + document + ": " + title,
                "№ " + document + " нұсқама: " + title);
    }

    private static ObjectNode reason(String document, String office) {
        return texts(
                "The call is meant by order No. " + document + " of " + office + ".",
                "Звонок подпадает под предписание № " + document + " (" + office + ").",
                "Қоңырауға № " + document + " нұсқама қатысты (" + office + ").");
    }

    private void add(Placed placed) throws IOException {
        OrderContent content = placed.content();
        String document = content.basis().document();
        ObjectNode rule = JSON.createObjectNode();
        rule.put("id", ruleOf(placed.order()));
        rule.set("title", title(document, content.title()));
        rule.put("stage", content.action() == OrderAction.PASS ? "allow" : "deterministic");
        rule.put("priority", FIRST_PRIORITY + placed.order());
        rule.put("mode", placed.shadow() ? "shadow" : "live");
        rule.putObject("valid")
                .put("from", content.from().toString())
                .put("until", content.until().toString());
        rule.putObject("legal-basis")
                .put("type", content.basis().type().text())
                .put("document", document)
                .put("date", content.basis().date().toString())
                .put("office", content.basis().office());
        rule.set("when", when(placed));
        rule.set("then", then(content));
        rule.set("reason", reason(document, content.basis().office()));
        ArrayNode rules = root.withArray("rules");
        rules.add(rule);
    }

    /** The id of the rule that an order becomes. */
    public static String ruleOf(long order) {
        return OrderLine.id(order);
    }

    private ObjectNode when(Placed placed) throws IOException {
        ObjectNode when = JSON.createObjectNode();
        Target target = placed.content().target();
        if (target instanceof Target.Conditional conditional) {
            when.putArray("all").add(condition(placed.order(), conditional));
        } else {
            when.put("trunk", "international");
            ArrayNode either = when.putArray("any");
            JsonNode meant = target instanceof Target.Listed listed
                    ? listed(listed.list())
                    : meant(placed.order(), target.patterns());
            either.addObject().set("asserted", meant);
            either.addObject().set("presented", meant);
        }
        List<String> callees = placed.content().calleePrefixes();
        if (!callees.isEmpty()) {
            ArrayNode numbers = when.putObject("callee").putArray("number");
            callees.forEach(each -> numbers.add(each + "*"));
        }
        return when;
    }

    private static JsonNode condition(long order, Target.Conditional conditional) throws IOException {
        try {
            return JSON.readTree(conditional.json());
        } catch (JsonProcessingException notJson) {
            throw new IOException("the condition of order " + order + " is not JSON", notJson);
        }
    }

    /** A list that the centre keeps; two orders may name the same one. */
    private ObjectNode listed(String list) {
        String name = MANAGED + list;
        root.withObject("/lists").putObject(name).put("file", name + CSV);
        parts.put(name + CSV, lists.of(list));
        return JSON.createObjectNode().put("list", name);
    }

    private ObjectNode meant(long order, List<String> patterns) {
        ObjectNode meant = JSON.createObjectNode();
        if (patterns.size() <= MOST_IN_RULE) {
            patterns.forEach(meant.putArray("number")::add);
        } else {
            String name = ruleOf(order).toLowerCase(Locale.ROOT);
            meant.put("list", name);
            ObjectNode lists = root.withObject("/lists");
            lists.putObject(name).put("file", name + CSV);
            put(name + CSV, (String.join("\n", patterns) + "\n").getBytes(StandardCharsets.UTF_8));
        }
        return meant;
    }

    private static JsonNode then(OrderContent content) {
        if (content.action() != OrderAction.DIVERT) {
            return JSON.getNodeFactory().textNode(content.action().text());
        }
        ObjectNode then = JSON.createObjectNode();
        ArrayNode ladder = then.putObject("divert").putArray("ladder");
        content.ladder().steps().forEach(ladder::add);
        return then;
    }

    static ObjectNode texts(String en, String ru, String kk) {
        return JSON.createObjectNode().put("en", en).put("ru", ru).put("kk", kk);
    }
}
