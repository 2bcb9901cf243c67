package org.anticall.rules.model;

import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.anticall.rules.call.LocalizedText;
import org.jspecify.annotations.Nullable;

/** Reads {@code orders:} and the tables it names. */
final class OrdersReader {

    private static final List<String> KEYS = List.of("priority", "title", "reason", "from", "tables");

    private final ListLoader loader;
    private final KnownLists known;
    private final List<RuleProblem> problems;
    private long last;

    OrdersReader(ListLoader loader, KnownLists known, List<RuleProblem> problems) {
        this.loader = loader;
        this.known = known;
        this.problems = problems;
    }

    /** The orders; none with problems put down if something about them is wrong. */
    Orders read(YamlNode node) {
        Map<String, YamlNode> fields = node.fields(KEYS);
        YamlNode turn = fields.get("priority");
        Long priority = turn == null ? Long.valueOf(Orders.MAX_PRIORITY) : turn.integer(1, Orders.MAX_PRIORITY);
        LocalizedText title = RuleReader.text(node, fields, "title");
        LocalizedText reason = RuleReader.text(node, fields, "reason");
        YamlNode begin = fields.get("from");
        Instant from = begin == null ? null : RuleReader.instant(begin);
        YamlNode tables = fields.get("tables");
        List<OrderTable> read = new ArrayList<>();
        if (tables == null) {
            node.problem("'tables' is missing, expected files beside the rule file");
        } else {
            for (YamlNode item : tables.items()) {
                OrderTable table = table(item);
                if (table != null) {
                    read.add(table);
                }
            }
        }
        return priority == null || title == null || reason == null || (begin != null && from == null)
                ? Orders.NONE
                : new Orders(priority.intValue(), title, reason, from, read, node.place());
    }

    private @Nullable OrderTable table(YamlNode node) {
        OrderTable table = node.isList() ? written(node) : ofFile(node);
        if (table != null && !table.lines().isEmpty()) {
            long first = table.lines().get(0).number();
            if (first <= last) {
                node.problem("the table begins with order " + first + ", expected one above " + last
                        + ", with which the table before ends");
            }
            last = table.lines().get(table.lines().size() - 1).number();
        }
        return table;
    }

    private OrderTable written(YamlNode node) {
        OrderTableReader reader = new OrderTableReader(node.place().file(), problems);
        for (YamlNode item : node.items()) {
            String line = item.text("a line of a table");
            if (line != null) {
                reader.take(line, item.place());
            }
        }
        return reader.table("");
    }

    private @Nullable OrderTable ofFile(YamlNode node) {
        String file = node.text("a file beside the rule file");
        if (file == null) {
            return null;
        }
        if (RuleSetReader.leads(file)) {
            node.problem("table '" + file + "', expected a name relative to the rule file, without '..'");
            return null;
        }
        String digest = loader.digest(file);
        OrderTable before = known.table(file, digest);
        if (before != null) {
            return before;
        }
        try (InputStream in = loader.open(file)) {
            OrderTableReader reader = new OrderTableReader(file, problems);
            reader.takeFile(in);
            return reader.table(digest);
        } catch (IOException unreadable) {
            node.problem("table '" + file + "' cannot be read: " + unreadable.getMessage());
            return null;
        }
    }
}
