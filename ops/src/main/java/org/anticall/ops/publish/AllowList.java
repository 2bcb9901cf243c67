package org.anticall.ops.publish;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.NavigableSet;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.anticall.ops.redress.AllowEntry;
import org.anticall.rules.bundle.Manifest;
import org.anticall.rules.bundle.PartContent;

/**
 * The allow entries as a list of a rule set and the rule that lets its numbers pass. It stands in every revision, before all
 * orders, and it alone can change while all other rules stay as they are: a number is freed without anything else being
 * published, and a rollback blocks nobody who was freed.
 */
final class AllowList {

    /** The rule that names itself in the decision of a call that it lets pass. */
    static final String RULE = "ALLOWED";

    /** The list's part of a bundle. */
    static final String PART = "centre-allowed.csv";

    private static final String LIST = "centre-allowed";

    /** Before the turns of all orders, those of old revisions too, which begin with 2,000. */
    private static final int PRIORITY = 1_999;

    private static final ObjectMapper JSON = new ObjectMapper();

    private AllowList() {}

    /** Adds list and rule to a rule file. */
    static void addRule(ObjectNode root) {
        root.withObject("/lists").putObject(LIST).put("file", PART);
        ObjectNode rule = root.withArray("rules").addObject();
        rule.put("id", RULE);
        rule.set(
                "title",
                Assembly.texts(
                        "Numbers freed by the centre", "Номера, разрешённые центром", "Орталық рұқсат еткен нөмірлер"));
        rule.put("stage", "allow");
        rule.put("priority", PRIORITY);
        ObjectNode when = rule.putObject("when").put("trunk", "international");
        when.withArray("any").addObject().putObject("asserted").put("list", LIST);
        when.withArray("any").addObject().putObject("presented").put("list", LIST);
        rule.put("then", "pass");
        rule.set(
                "reason",
                Assembly.texts(
                        "The centre has examined the caller's number and lets it pass.",
                        "Центр проверил номер звонящего и пропускает его.",
                        "Орталық қоңырау шалушының нөмірін тексеріп, өткізеді."));
    }

    /** The list: one line a number, with the latest end of all its entries. Gateways stop at that end by themselves. */
    static byte[] bytes(List<AllowEntry> entries) {
        SortedMap<String, AllowEntry> longest = new TreeMap<>();
        for (AllowEntry each : entries) {
            longest.merge(each.number(), each, (one, other) -> one.until().isBefore(other.until()) ? other : one);
        }
        StringBuilder lines = new StringBuilder("# number;until;entry\n");
        longest.values().forEach(each -> lines.append(line(each)).append('\n'));
        return lines.toString().getBytes(StandardCharsets.UTF_8);
    }

    /** Whether the list says at {@code now} what these entries say; what is over by then is nobody's business. */
    static boolean says(byte[] list, List<AllowEntry> entries, Instant now) {
        return holding(list, now).equals(holding(bytes(entries), now));
    }

    /** The same parts with these entries; a rule file of before there were any gets the rule. */
    static SortedMap<String, PartContent> in(SortedMap<String, PartContent> parts, List<AllowEntry> entries)
            throws IOException {
        SortedMap<String, PartContent> changed = new TreeMap<>(parts);
        PartContent rules = parts.get(Manifest.RULES);
        if (!parts.containsKey(PART) && rules != null && JSON.readTree(rules.exact()) instanceof ObjectNode root) {
            addRule(root);
            changed.put(Manifest.RULES, PartContent.of(Assembly.written(root)));
        }
        changed.put(PART, PartContent.of(bytes(entries)));
        return changed;
    }

    private static String line(AllowEntry entry) {
        return entry.number() + ";" + entry.until() + ";entry " + entry.id();
    }

    private static NavigableSet<String> holding(byte[] list, Instant now) {
        NavigableSet<String> lines = new TreeSet<>();
        new String(list, StandardCharsets.UTF_8)
                .lines()
                .filter(line -> !line.startsWith("#"))
                .filter(line -> now.isBefore(Instant.parse(line.split(";", 3)[1])))
                .forEach(lines::add);
        return lines;
    }
}
