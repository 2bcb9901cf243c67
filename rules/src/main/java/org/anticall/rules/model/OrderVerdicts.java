package org.anticall.rules.model;

import java.util.ArrayList;
import java.util.List;
import org.anticall.rules.call.Verdict;
import org.anticall.rules.call.Verdict.LadderStep;
import org.jspecify.annotations.Nullable;

/**
 * What an order of a table does to a call, in one word: {@code pass}, {@code label}, {@code withhold}, {@code reject},
 * or {@code divert} with its ladder, {@code divert/next-desk/pass-with-label}. Everything else about it is as a rule
 * has it that says no more than the word.
 */
public final class OrderVerdicts {

    static final String EXPECTED =
            "pass, label, withhold, reject, or divert with its ladder like divert/next-desk/pass-with-label";

    private static final String DIVERT = "divert";

    private OrderVerdicts() {}

    /** The verdict that {@code text} says, null if it says none. */
    public static @Nullable Verdict read(String text) {
        if (!text.startsWith(DIVERT + "/")) {
            return switch (text) {
                case "pass" -> new Verdict.Pass();
                case "label" -> new Verdict.Label(ActionReader.DEFAULT_LABEL);
                case "withhold" -> new Verdict.Withhold("");
                case "reject" -> new Verdict.Reject(ActionReader.DEFAULT_STATUS);
                default -> null;
            };
        }
        List<LadderStep> ladder = new ArrayList<>();
        for (String word : text.substring(DIVERT.length() + 1).split("/", -1)) {
            LadderStep step = Words.LADDER_STEPS.get(word);
            if (step == null) {
                return null;
            }
            ladder.add(step);
        }
        return new Verdict.Divert(ActionReader.DEFAULT_ANSWER_WITHIN, ladder, ActionReader.DEFAULT_LABEL);
    }

    static String text(Verdict verdict) {
        if (!(verdict instanceof Verdict.Divert divert)) {
            return verdict.kind().text();
        }
        List<String> words = new ArrayList<>();
        words.add(DIVERT);
        divert.ladder().forEach(step -> words.add(Words.of(step)));
        return String.join("/", words);
    }
}
