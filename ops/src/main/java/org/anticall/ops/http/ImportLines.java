package org.anticall.ops.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Lines of an import: CSV with a heading, fields separated by semicolons or commas and quoted with {@code "} where they hold
 * one (RFC 4180), or a JSON array of orders as the form has them.
 *
 * <pre>
 * title;target;action;type;document;date;office;territory;until;confidence;origin
 * False bank;+447700900217;divert;prosecutor-order;7-18/2240;2026-11-21;Astana;Astana;;90;operator
 * Range;+447700900000-+447700900999;reject;…
 * Prefix;+4477009*;label;…
 * </pre>
 */
final class ImportLines {

    private static final int MOST_LINES = 100_000;
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Set<String> IN_BASIS = Set.of("type", "document", "date", "office", "scan");
    private static final Set<String> KNOWN = Set.of(
            "title",
            "target",
            "action",
            "type",
            "document",
            "date",
            "office",
            "scan",
            "territory",
            "from",
            "until",
            "confidence",
            "origin",
            "calleeprefixes",
            "observefirst");

    private ImportLines() {}

    /**
     * One order.
     *
     * @param number line of the file from 1, or place in the array from 1
     * @param fields as the form has them
     */
    record Line(int number, JsonNode fields) {}

    /** @throws Refused if the file as a whole is not of either form */
    static List<Line> read(String text, boolean json) {
        List<Line> lines = json ? array(text) : csv(text);
        if (lines.isEmpty() || lines.size() > MOST_LINES) {
            throw new Refused(400, "import", "Expected 1 to " + MOST_LINES + " orders, found " + lines.size() + ".");
        }
        return lines;
    }

    private static List<Line> array(String text) {
        JsonNode root = Answers.tree(text);
        if (!root.isArray()) {
            throw new Refused(400, "import", "Expected a JSON array of orders.");
        }
        List<Line> lines = new ArrayList<>();
        root.forEach(each -> lines.add(new Line(lines.size() + 1, each)));
        return lines;
    }

    private static List<Line> csv(String text) {
        String[] rows = (text.startsWith("\uFEFF") ? text.substring(1) : text).split("\r?\n", -1);
        char separator = rows[0].indexOf(';') >= 0 ? ';' : ',';
        List<String> heading = cells(rows[0].toLowerCase(Locale.ROOT), separator);
        for (String each : heading) {
            if (!KNOWN.contains(each)) {
                throw new Refused(
                        400,
                        "import",
                        "Unknown column '" + each + "' in the first line, known are "
                                + KNOWN.stream().sorted().toList() + ".");
            }
        }
        List<Line> lines = new ArrayList<>();
        for (int i = 1; i < rows.length; i++) {
            if (!rows[i].isBlank()) {
                lines.add(new Line(i + 1, fields(heading, cells(rows[i], separator))));
            }
        }
        return lines;
    }

    private static ObjectNode fields(List<String> heading, List<String> cells) {
        ObjectNode fields = JSON.createObjectNode();
        ObjectNode basis = fields.putObject("basis");
        for (int i = 0; i < heading.size() && i < cells.size(); i++) {
            String name = heading.get(i);
            String value = cells.get(i);
            if (value.isEmpty()) {
                continue;
            }
            switch (name) {
                case "target" -> fields.set("target", target(value));
                case "confidence" -> {
                    if (value.matches("[0-9]{1,9}")) {
                        fields.put(name, Integer.parseInt(value));
                    } else {
                        fields.put(name, value);
                    }
                }
                case "observefirst" -> fields.put("observeFirst", !value.equalsIgnoreCase("no"));
                case "calleeprefixes" -> {
                    var prefixes = fields.putArray("calleePrefixes");
                    for (String each : value.split("\\s+", -1)) {
                        prefixes.add(each);
                    }
                }
                default -> (IN_BASIS.contains(name) ? basis : fields).put(name, value);
            }
        }
        return fields;
    }

    /** {@code +4477009*}, {@code +447700900000-+447700900999}, or numbers separated by spaces. */
    private static ObjectNode target(String text) {
        ObjectNode target = JSON.createObjectNode();
        int dash = text.indexOf("-+");
        if (text.endsWith("*")) {
            return target.put("kind", "prefix").put("prefix", text.substring(0, text.length() - 1));
        }
        if (dash > 0) {
            return target.put("kind", "range")
                    .put("from", text.substring(0, dash).strip())
                    .put("to", text.substring(dash + 1).strip());
        }
        target.put("kind", "numbers");
        var numbers = target.putArray("numbers");
        for (String each : text.split("\\s+", -1)) {
            numbers.add(each);
        }
        return target;
    }

    private static List<String> cells(String row, char separator) {
        List<String> cells = new ArrayList<>();
        StringBuilder cell = new StringBuilder();
        boolean quoted = false;
        for (int i = 0; i < row.length(); i++) {
            char c = row.charAt(i);
            if (c == '"') {
                if (quoted && i + 1 < row.length() && row.charAt(i + 1) == '"') {
                    cell.append(c);
                    i++;
                } else {
                    quoted = !quoted;
                }
            } else if (c == separator && !quoted) {
                cells.add(cell.toString().strip());
                cell.setLength(0);
            } else {
                cell.append(c);
            }
        }
        cells.add(cell.toString().strip());
        return cells;
    }
}
