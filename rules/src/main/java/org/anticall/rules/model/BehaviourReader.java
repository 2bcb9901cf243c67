package org.anticall.rules.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.anticall.rules.call.Gauge;
import org.anticall.rules.call.Measure;
import org.jspecify.annotations.Nullable;

/** Reads {@code behaviour:}: measures, each with the time to look back and the limit to hold against it. */
final class BehaviourReader {

    private static final List<String> MEASURES = List.copyOf(Words.MEASURES.keySet());
    private static final String DURATION = "a time like 90s, 10m or 24h, at most a day";

    private static final long MOST_CALLS = 1000;

    private BehaviourReader() {}

    static List<Condition> read(YamlNode node) {
        List<Condition> parts = new ArrayList<>();
        node.fields(MEASURES).forEach((name, settings) -> {
            Measure measure = Words.MEASURES.get(name);
            Condition part = measure == null ? null : limit(measure, settings);
            if (part != null) {
                parts.add(part);
            }
        });
        return parts;
    }

    private static @Nullable Condition limit(Measure measure, YamlNode node) {
        boolean sliding = measure.window() == Measure.Window.SLIDING;
        Map<String, YamlNode> fields = node.fields(
                sliding
                        ? List.of("within", "at-least", "at-most", "of-at-least")
                        : List.of("at-least", "at-most", "of-at-least"));
        YamlNode least = fields.get("at-least");
        YamlNode most = fields.get("at-most");
        if ((least == null) == (most == null)) {
            node.problem("expected either 'at-least' or 'at-most'");
            return null;
        }
        YamlNode bound = least == null ? most : least;
        Long limit = bound == null ? null : bound.integer(0, measure.limit().largest());
        Integer within = sliding ? within(node, fields.get("within")) : Integer.valueOf(0);
        YamlNode sample = fields.get("of-at-least");
        Long calls = sample == null ? Long.valueOf(0) : sample.integer(1, mostCalls(measure));
        if (limit == null || within == null || calls == null) {
            return null;
        }
        return new Condition.Reads(new Gauge(measure, within, calls.intValue()), least != null, limit.intValue());
    }

    /** Of a caller only so many calls are remembered; a share of more would never be known. */
    private static long mostCalls(Measure measure) {
        return measure.subject() == Measure.Subject.CALLER ? Gauge.MAX_COUNT : MOST_CALLS;
    }

    private static @Nullable Integer within(YamlNode parent, @Nullable YamlNode node) {
        if (node == null) {
            parent.problem("'within' is missing, expected " + DURATION);
            return null;
        }
        String text = node.text(DURATION);
        if (text != null && text.matches("[0-9]{1,5}[smh]")) {
            int number = Integer.parseInt(text.substring(0, text.length() - 1));
            char unit = text.charAt(text.length() - 1);
            long seconds = (long) number * (unit == 's' ? 1 : unit == 'm' ? 60 : 3600);
            if (seconds >= 1 && seconds <= Gauge.MAX_WITHIN_SECONDS) {
                return (int) seconds;
            }
        }
        if (text != null) {
            node.problem("'" + text + "', expected " + DURATION);
        }
        return null;
    }
}
