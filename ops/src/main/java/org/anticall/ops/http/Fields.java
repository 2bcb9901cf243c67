package org.anticall.ops.http;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The fields of a JSON body. What is wrong is collected, so that the answer names every field, what stood there and what is
 * allowed. A field that is wrong reads as an empty text or 0 until {@link #check} refuses the whole.
 */
final class Fields {

    private static final int LONGEST_SHOWN = 40;

    private final JsonNode body;
    private final List<Map<String, Object>> problems = new ArrayList<>();

    Fields(JsonNode body) {
        this.body = body;
        if (!body.isObject()) {
            problem("", body.toString(), "object", "a JSON object");
        }
    }

    /** A text without white space around it, {@code least} to {@code most} characters. */
    String text(String name, int least, int most) {
        JsonNode node = body.path(name);
        String value = node.isTextual() ? node.textValue().strip() : "";
        boolean missing = node.isMissingNode() || node.isNull();
        if (!missing && !node.isTextual()) {
            problem(name, node.toString(), "text", "a text");
        } else if (!isReadable(value)) {
            problem(name, shown(value), "control", "a text without control characters");
        } else if (value.length() < least) {
            problem(name, value, "short", "at least " + least + " characters", "least", least);
        } else if (value.length() > most) {
            problem(name, value.substring(0, most) + "…", "long", "at most " + most + " characters", "most", most);
        } else {
            return value;
        }
        return "";
    }

    /** Whether people and databases can read it: no control characters but ends of lines and tabs, no half characters. */
    static boolean isReadable(String value) {
        return value.codePoints()
                .allMatch(each -> each == '\n'
                        || each == '\r'
                        || each == '\t'
                        || (!Character.isISOControl(each) && Character.getType(each) != Character.SURROGATE));
    }

    /** With a dot for every character that {@link #isReadable} does not take. */
    private static String shown(String value) {
        StringBuilder shown = new StringBuilder();
        value.codePoints()
                .limit(LONGEST_SHOWN)
                .forEach(each -> shown.appendCodePoint(isReadable(Character.toString(each)) ? each : '·'));
        return shown.toString();
    }

    /** A text that names one of a closed set. */
    <T> @Nullable T word(String name, Function<String, Optional<T>> reader, List<String> allowed) {
        JsonNode node = body.path(name);
        T value = reader.apply(node.asText("")).orElse(null);
        if (value == null) {
            problem(name, node.asText(""), "word", "one of " + String.join(", ", allowed), "allowed", allowed);
        }
        return value;
    }

    /** A whole number in a range, ends included. */
    long number(String name, long least, long most) {
        JsonNode node = body.path(name);
        if (!node.isIntegralNumber()
                || !node.canConvertToLong()
                || node.longValue() < least
                || node.longValue() > most) {
            problem(name, node.asText(""), "number", "a whole number from " + least + " to " + most);
            return least;
        }
        return node.longValue();
    }

    boolean yes(String name) {
        JsonNode node = body.path(name);
        if (!node.isBoolean()) {
            problem(name, node.asText(""), "yes-no", "true or false");
        }
        return node.booleanValue();
    }

    /** An instant in ISO 8601, null if the field is not there. */
    @Nullable
    Instant optionalInstant(String name) {
        JsonNode node = body.path(name);
        if (node.isMissingNode() || node.isNull()) {
            return null;
        }
        try {
            return Instant.parse(node.asText(""));
        } catch (DateTimeException notATime) {
            problem(name, node.asText(""), "time", "a time such as 2026-11-28T00:00:00Z");
            return null;
        }
    }

    /** The texts of an array, none if the field is not there. */
    List<String> texts(String name, int most) {
        List<String> values = new ArrayList<>();
        JsonNode node = body.path(name);
        if (!node.isMissingNode() && !node.isArray()) {
            problem(name, node.asText(""), "list", "a list");
        } else if (node.size() > most) {
            problem(name, Integer.toString(node.size()), "long", "at most " + most + " entries", "most", most);
        } else {
            for (JsonNode each : node) {
                String value = each.asText("").strip();
                if (!isReadable(value)) {
                    problem(name, shown(value), "control", "texts without control characters");
                    return List.of();
                }
                values.add(value);
            }
        }
        return values;
    }

    JsonNode node(String name) {
        return body.path(name);
    }

    /** Takes the problems of fields below one of these. */
    void take(String prefix, Fields inner) {
        for (Map<String, Object> each : inner.problems) {
            Map<String, Object> problem = new LinkedHashMap<>(each);
            problem.put("field", prefix + each.get("field"));
            problems.add(problem);
        }
    }

    /** Reports a field. {@code word} is for the page, {@code expected} for everybody else. */
    void problem(String field, String value, String word, String expected, Object... values) {
        Map<String, Object> problem = new LinkedHashMap<>();
        problem.put("field", field);
        problem.put("value", value);
        problem.put("word", word);
        problem.put("expected", expected);
        for (int i = 0; i < values.length; i += 2) {
            problem.put(String.valueOf(values[i]), values[i + 1]);
        }
        problems.add(problem);
    }

    /** What is wrong so far. */
    List<Map<String, Object>> problems() {
        return problems;
    }

    /** @throws Refused with every problem, if there is one */
    void check() {
        if (!problems.isEmpty()) {
            Map<String, Object> first = problems.get(0);
            throw new Refused(
                    400,
                    "fields",
                    "Expected " + first.get("expected") + " in '" + first.get("field") + "', found '"
                            + first.get("value") + "'.",
                    Map.of("problems", problems));
        }
    }
}
