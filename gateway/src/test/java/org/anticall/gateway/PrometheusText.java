package org.anticall.gateway;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the text format of Prometheus strictly: what does not fit the format fails. */
final class PrometheusText {

    private static final Pattern SAMPLE = Pattern.compile("([a-zA-Z_:][a-zA-Z0-9_:]*)"
            + "(\\{(?:[a-zA-Z_][a-zA-Z0-9_]*=\"(?:[^\"\\\\\\n]|\\\\[\\\\n\"])*\",?)*})?"
            + " (NaN|[+-]Inf|-?[0-9.]+(?:E-?[0-9]+)?)");
    private static final Pattern COMMENT = Pattern.compile("# (HELP|TYPE) ([a-zA-Z_:][a-zA-Z0-9_:]*) .+");

    private final Map<String, Double> samples = new HashMap<>();

    PrometheusText(String text) {
        Set<String> typed = new HashSet<>();
        for (String line : text.split("\n", -1)) {
            Matcher comment = COMMENT.matcher(line);
            Matcher sample = SAMPLE.matcher(line);
            if (comment.matches()) {
                if (comment.group(1).equals("TYPE") && !typed.add(comment.group(2))) {
                    throw new AssertionError("a family that stands twice: " + line);
                }
            } else if (sample.matches()) {
                String labels = sample.group(2) == null ? "" : sample.group(2);
                if (samples.put(sample.group(1) + labels, number(sample.group(3))) != null) {
                    throw new AssertionError("a sample that stands twice: " + line);
                }
            } else if (!line.isEmpty()) {
                throw new AssertionError("not in the text format: " + line);
            }
        }
    }

    private static double number(String text) {
        return text.endsWith("Inf")
                ? (text.startsWith("-") ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY)
                : Double.parseDouble(text);
    }

    /** Every sample's name and labels. */
    Set<String> series() {
        return samples.keySet();
    }

    /** The value of {@code name{label="value"}}. */
    double value(String sample) {
        Double value = samples.get(sample);
        if (value == null) {
            throw new AssertionError("no " + sample + " in " + samples.keySet());
        }
        return value;
    }
}
