package org.anticall.rules.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.anticall.rules.RuleSource;
import org.anticall.rules.bundle.Manifest;
import org.anticall.rules.bundle.PartContent;

/**
 * The reference policy and any number of orders beside it, a table for each thousand: numbers, some prefixes and
 * ranges.
 */
final class ManyOrders {

    static final int WIDTH = 1_000;

    private ManyOrders() {}

    /** The parts of a bundle with {@code count} orders. */
    static Map<String, PartContent> parts(int count) throws IOException {
        Map<String, PartContent> parts = new TreeMap<>();
        RuleSource reference = RuleSource.reference("KZ");
        StringBuilder tables = new StringBuilder();
        for (int first = 0; first < count; first += WIDTH) {
            String name = String.format("orders-%05d.csv", first / WIDTH);
            tables.append("    - ").append(name).append('\n');
            parts.put(name, table(first, Math.min(count, first + WIDTH), "live"));
        }
        String orders = count == 0
                ? ""
                : "\norders:\n  title: \"Order No. {document}: {title}\"\n  reason: \"Order No. {document} of {office}.\"\n  tables:\n"
                        + tables;
        parts.put(Manifest.RULES, PartContent.of((reference.rules() + orders).getBytes(StandardCharsets.UTF_8)));
        for (String list : reference.rules().lines().filter(line -> line.contains("{file: ")).toList()) {
            String file = list.substring(list.indexOf("{file: ") + 7, list.indexOf('}')).strip();
            parts.put(file, PartContent.of(reference.list(file).readAllBytes()));
        }
        return parts;
    }

    /** The source of {@code parts}. */
    static RuleSource source(Map<String, PartContent> parts) {
        return RuleSource.parts(Manifest.RULES, 0, parts::get);
    }

    /** Orders from {@code first} up to {@code end}; the first one in {@code mode}. */
    static PartContent table(int first, int end, String mode) {
        StringBuilder lines = new StringBuilder();
        for (int i = first; i < end; i++) {
            lines.append(i + 1)
                    .append(';')
                    .append(i == first ? mode : "live")
                    .append(";divert/pass-with-label;2026-11-01T00:00:00Z;2026-12-01T00:00:00Z;prosecutor-order;7-18/")
                    .append(i)
                    .append(";2026-10-30;Астана қаласының прокуратурасы;Тергеу тобы көрсеткен нөмір;;")
                    .append(patterns(i))
                    .append('\n');
        }
        return PartContent.of(lines.toString().getBytes(StandardCharsets.UTF_8));
    }

    private static String patterns(int order) {
        long number = 447_000_000_000L + 10L * order;
        return switch (order % 20) {
            case 0 -> "+" + number / 10 + "*";
            case 1 -> LongStream.range(0, 10)
                    .mapToObj(i -> "+" + (number + i))
                    .collect(Collectors.joining(" "));
            default -> "+" + number;
        };
    }
}
