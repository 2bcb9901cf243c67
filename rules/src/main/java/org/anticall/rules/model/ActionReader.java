package org.anticall.rules.model;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.anticall.rules.call.Verdict;
import org.anticall.rules.call.Verdict.LadderStep;
import org.jspecify.annotations.Nullable;

/** Reads {@code then:}: a word, or a word with its settings. */
final class ActionReader {

    /** What a callee sees where the rule names no label. */
    static final String DEFAULT_LABEL = "⚠ Мошенник?";

    static final int MAX_LABEL_CHARACTERS = 15;
    static final int DEFAULT_STATUS = 603;

    /** Statuses that end a call for good. Others make a carrier try the next route, and the call comes back. */
    private static final Set<Long> STATUSES = Set.of(403L, 404L, 433L, 484L, 603L, 604L, 607L, 608L);

    static final Duration DEFAULT_ANSWER_WITHIN = Duration.ofSeconds(15);
    private static final List<String> WORDS =
            List.of("pass", "continue", "label", "withhold", "divert", "reject", "score", "weigh", "alert");

    private ActionReader() {}

    static @Nullable Action read(YamlNode node) {
        if (node.isText()) {
            String word = node.text("an action");
            return word == null ? null : action(node, word, null);
        }
        Map<String, YamlNode> fields = node.fields(WORDS);
        if (fields.size() != 1) {
            node.problem("found " + fields.size() + " actions, expected one of " + String.join(", ", WORDS));
            return null;
        }
        Map.Entry<String, YamlNode> only = fields.entrySet().iterator().next();
        return action(node, only.getKey(), only.getValue());
    }

    private static @Nullable Action action(YamlNode node, String word, @Nullable YamlNode settings) {
        return switch (word) {
            case "pass" -> without(settings, new Action.Decide(new Verdict.Pass()));
            case "continue" -> without(settings, new Action.Continue());
            case "label" -> new Action.Decide(new Verdict.Label(label(settings)));
            case "withhold" -> new Action.Decide(new Verdict.Withhold(withheld(settings)));
            case "divert" -> new Action.Decide(divert(settings));
            case "reject" -> new Action.Decide(new Verdict.Reject(status(settings)));
            case "alert" -> without(settings, new Action.Alert());
            case "score" -> score(node, settings);
            case "weigh" -> weigh(node, settings);
            default -> {
                node.problem("'" + word + "', expected one of " + String.join(", ", WORDS));
                yield null;
            }
        };
    }

    private static @Nullable Action score(YamlNode node, @Nullable YamlNode settings) {
        String expected = "points, like 'score: 20'";
        if (settings == null) {
            node.problem("'score' says no points, expected " + expected);
            return null;
        }
        YamlNode points = settings;
        boolean alert = false;
        if (settings.isMap()) {
            Map<String, YamlNode> fields = settings.fields(List.of("points", "alert"));
            YamlNode given = fields.get("points");
            if (given == null) {
                settings.problem("'points' is missing, expected " + expected);
                return null;
            }
            points = given;
            YamlNode asked = fields.get("alert");
            Boolean answer = asked == null ? Boolean.FALSE : asked.word(Words.ANSWERS);
            alert = answer != null && answer;
        }
        Long value = points.integer(-Action.Score.MAX_POINTS, Action.Score.MAX_POINTS);
        return value == null ? null : new Action.Score(value.intValue(), alert);
    }

    private static @Nullable Action weigh(YamlNode node, @Nullable YamlNode settings) {
        if (settings == null) {
            node.problem("'weigh' says no percent, expected a whole number like 'weigh: 130'");
            return null;
        }
        Long percent = settings.integer(Action.Weigh.MIN_PERCENT, Action.Weigh.MAX_PERCENT);
        return percent == null ? null : new Action.Weigh(percent.intValue());
    }

    private static Action without(@Nullable YamlNode settings, Action action) {
        if (settings != null) {
            settings.problem("this action has no settings, expected the bare word");
        }
        return action;
    }

    private static String withheld(@Nullable YamlNode settings) {
        if (settings == null) {
            return "";
        }
        YamlNode label = settings.fields(List.of("label")).get("label");
        return label == null ? "" : label(label);
    }

    private static Verdict divert(@Nullable YamlNode settings) {
        Duration answerWithin = DEFAULT_ANSWER_WITHIN;
        List<LadderStep> ladder = List.of(LadderStep.PASS_WITH_LABEL);
        String label = DEFAULT_LABEL;
        if (settings != null) {
            Map<String, YamlNode> fields = settings.fields(List.of("answer-within", "ladder", "label"));
            YamlNode time = fields.get("answer-within");
            answerWithin = time == null ? answerWithin : seconds(time, answerWithin);
            YamlNode steps = fields.get("ladder");
            ladder = steps == null ? ladder : ladder(steps);
            label = label(fields.get("label"));
        }
        return new Verdict.Divert(answerWithin, ladder, label);
    }

    private static List<LadderStep> ladder(YamlNode node) {
        List<LadderStep> ladder = new ArrayList<>();
        for (YamlNode item : node.items()) {
            LadderStep step = item.word(Words.LADDER_STEPS);
            if (step != null) {
                ladder.add(step);
            }
        }
        return ladder;
    }

    private static Duration seconds(YamlNode node, Duration otherwise) {
        String text = node.text("seconds like 15s");
        if (text == null) {
            return otherwise;
        }
        if (text.matches("[0-9]{1,3}s")) {
            int seconds = Integer.parseInt(text.substring(0, text.length() - 1));
            if (seconds >= 1 && seconds <= 120) {
                return Duration.ofSeconds(seconds);
            }
        }
        node.problem("'" + text + "', expected 1s to 120s");
        return otherwise;
    }

    private static int status(@Nullable YamlNode settings) {
        if (settings == null) {
            return DEFAULT_STATUS;
        }
        YamlNode node = settings.fields(List.of("status")).get("status");
        Long status = node == null ? null : node.integer(400, 699);
        if (node != null && status != null && !STATUSES.contains(status)) {
            node.problem("status " + status + " does not end a call for good, expected one of "
                    + STATUSES.stream().sorted().toList());
        }
        return status == null ? DEFAULT_STATUS : status.intValue();
    }

    private static String label(@Nullable YamlNode node) {
        String label = node == null ? DEFAULT_LABEL : node.text("the text of a label");
        if (node != null && label != null && label.length() > MAX_LABEL_CHARACTERS) {
            node.problem("label '" + label + "' has " + label.length() + " characters, expected at most "
                    + MAX_LABEL_CHARACTERS);
        }
        return label == null ? DEFAULT_LABEL : label;
    }
}
