package org.anticall.ops.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Lines of an import: CSV with a heading, fields separated by semicolons or commas ({@link CsvRows}), or a JSON array of orders
 * as the form has them.
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

    /**
     * What is wrong with the file itself, before anybody looks at orders.
     *
     * @param line of the file from 1
     * @param field the column, empty if it is the line
     * @param value what stands there
     * @param word key of the sentence in the reader's language
     * @param expected what should stand there, in English
     */
    record Problem(int line, String field, String value, String word, String expected) {}

    /** Orders to check, and what is wrong already. */
    record Read(List<Line> lines, List<Problem> problems) {

        private static Read ill(int line, String value, String word, String expected) {
            return new Read(List.of(), List.of(new Problem(line, "", value, word, expected)));
        }
    }

    /** @throws Refused if the file holds no orders, or too many */
    static Read read(byte[] file, boolean json) {
        String text;
        try {
            text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(file))
                    .toString();
        } catch (CharacterCodingException notUtf8) {
            return Read.ill(firstWrongLine(file), "", "encoding", "text in UTF-8");
        }
        String whole = text.startsWith("\uFEFF") ? text.substring(1) : text;
        Read read = json ? array(whole) : csv(whole);
        int count = read.lines().size();
        if (read.problems().isEmpty() && (count == 0 || count > MOST_LINES)) {
            throw new Refused(400, "import", "Expected 1 to " + MOST_LINES + " orders, found " + count + ".");
        }
        return read;
    }

    /** The line of the first byte that cannot be read. */
    private static int firstWrongLine(byte[] file) {
        ByteBuffer bytes = ByteBuffer.wrap(file);
        CharBuffer characters = CharBuffer.allocate(8 * 1024);
        CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
        while (decoder.decode(bytes, characters, true).isOverflow()) {
            characters.clear();
        }
        int line = 1;
        for (int i = 0; i < bytes.position(); i++) {
            boolean isFirstOfTwo = file[i] == '\r' && i + 1 < file.length && file[i + 1] == '\n';
            line += file[i] == '\n' || (file[i] == '\r' && !isFirstOfTwo) ? 1 : 0;
        }
        return line;
    }

    private static Read array(String text) {
        JsonNode root;
        try {
            root = JSON.readTree(text);
        } catch (JsonProcessingException notJson) {
            int line = notJson.getLocation() == null ? 1 : notJson.getLocation().getLineNr();
            return Read.ill(line, "", "json", "JSON");
        }
        if (!root.isArray()) {
            return Read.ill(
                    1, root.getNodeType().name().toLowerCase(Locale.ROOT), "json-array", "a JSON array of orders");
        }
        List<Line> lines = new ArrayList<>();
        root.forEach(each -> lines.add(new Line(lines.size() + 1, each)));
        return new Read(lines, List.of());
    }

    private static Read csv(String text) {
        int end = text.length() - text.replaceFirst("^[^\r\n]*", "").length();
        char separator = text.substring(0, end).indexOf(';') >= 0 ? ';' : ',';
        CsvRows csv = CsvRows.of(text, separator);
        if (csv.openedIn() > 0) {
            return Read.ill(csv.openedIn(), "\"", "quote", "a second quotation mark that closes the field");
        }
        if (csv.rows().isEmpty()) {
            return new Read(List.of(), List.of());
        }
        List<String> heading = csv.rows().get(0).cells().stream()
                .map(each -> each.toLowerCase(Locale.ROOT))
                .toList();
        List<Problem> problems = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        String known = String.join(", ", KNOWN.stream().sorted().toList());
        for (String each : heading) {
            if (!KNOWN.contains(each) || !seen.add(each)) {
                String word = KNOWN.contains(each) ? "column-twice" : "column";
                problems.add(
                        new Problem(csv.rows().get(0).line(), each, each, word, "one of " + known + ", each once"));
            }
        }
        if (!problems.isEmpty()) {
            return new Read(List.of(), problems);
        }
        List<Line> lines = new ArrayList<>();
        for (CsvRows.Row row : csv.rows().subList(1, csv.rows().size())) {
            int count = row.cells().size();
            if (count > heading.size()) {
                String expected = "at most " + heading.size() + " fields, as the first line has";
                problems.add(new Problem(row.line(), "", Integer.toString(count), "cells", expected));
            } else {
                lines.add(new Line(row.line(), fields(heading, row.cells())));
            }
        }
        return new Read(lines, problems);
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
}
