package org.anticall.ops.cli;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.anticall.rules.call.CallFacts;
import org.anticall.rules.call.Decision;
import org.anticall.rules.call.Explanation.Tried;
import org.anticall.rules.call.Verdict;
import org.anticall.rules.number.PartyNumber;

/** The answer of {@code explain} for people and for programs. */
final class ExplainText {

    private ExplainText() {}

    /** The answer as fields of one JSON object. */
    static Map<String, Object> fields(TimedExplanation explained) {
        CallFacts facts = explained.facts();
        Decision decision = explained.decision();
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("verdict", decision.verdict().kind().text());
        fields.put("rule", decision.rule());
        fields.put("reason", decision.reason().en());
        fields.put(
                "reasons",
                Map.of(
                        "en", decision.reason().en(),
                        "ru", decision.reason().ru(),
                        "kk", decision.reason().kk()));
        fields.putAll(action(decision.verdict()));
        fields.put("basis", word(decision.basis()));
        fields.put("revision", decision.revision());
        fields.put("ruleSet", decision.ruleSetHash());
        fields.put("score", decision.score());
        fields.put("scored", decision.scored());
        fields.put("alerts", decision.alerts());
        fields.put("shadow", decision.shadowHits());
        fields.put("from", PartyNumber.format(facts.presented()));
        fields.put("pai", PartyNumber.format(facts.asserted()));
        fields.put("to", PartyNumber.format(facts.callee()));
        fields.put("diversion", PartyNumber.format(facts.redirecting()));
        fields.put("facts", FactWords.beside(facts));
        fields.put("tried", tried(explained.explanation().tried()));
        fields.put("nanos", explained.nanos());
        return fields;
    }

    static void print(TimedExplanation explained, PrintWriter out) {
        CallFacts facts = explained.facts();
        Decision decision = explained.decision();
        String verdict = decision.verdict().kind().text().toUpperCase(Locale.ROOT);
        out.println(verdict + (decision.rule() == null ? ", no rule" : " by " + decision.rule()) + ": "
                + decision.reason().en());
        action(decision.verdict()).forEach((name, value) -> out.println("  " + name + ": " + value));
        out.println();
        out.println("from " + PartyNumber.format(facts.presented()) + ", pai " + PartyNumber.format(facts.asserted())
                + ", to " + PartyNumber.format(facts.callee()) + ", diversion "
                + PartyNumber.format(facts.redirecting()));
        FactWords.beside(facts).forEach((name, value) -> out.println("  " + name + ": " + value));
        if (!decision.scored().isEmpty()) {
            out.println(decision.score() + " points by " + String.join(", ", decision.scored()));
        }
        if (!decision.alerts().isEmpty()) {
            out.println("somebody should look at it: " + String.join(", ", decision.alerts()));
        }
        out.println("rule set revision " + decision.revision() + ", decided in " + explained.nanos() + " ns");
        out.println();
        for (Tried tried : explained.explanation().tried()) {
            String mark = tried.hit() ? "hit " : "miss";
            out.printf(
                    "  %s  %-6s %s%s%n",
                    mark, tried.rule(), tried.title().en(), tried.shadow() ? " (shadow: changes nothing)" : "");
            out.println("                " + tried.why());
        }
    }

    /** What the verdict carries beside its kind. */
    private static Map<String, Object> action(Verdict verdict) {
        Map<String, Object> fields = new LinkedHashMap<>();
        if (verdict instanceof Verdict.Label label) {
            fields.put("label", label.label());
        } else if (verdict instanceof Verdict.Withhold withhold) {
            fields.put("label", withhold.label());
        } else if (verdict instanceof Verdict.Reject reject) {
            fields.put("status", reject.status());
        } else if (verdict instanceof Verdict.Divert divert) {
            fields.put("ladder", divert.ladder().stream().map(ExplainText::word).toList());
            fields.put("label", divert.label());
            fields.put("answerWithinSeconds", divert.answerWithin().toSeconds());
        }
        return fields;
    }

    private static List<Map<String, Object>> tried(List<Tried> tried) {
        List<Map<String, Object>> list = new ArrayList<>();
        for (Tried each : tried) {
            Map<String, Object> fields = new LinkedHashMap<>();
            fields.put("rule", each.rule());
            fields.put("hit", each.hit());
            fields.put("why", each.why());
            fields.put("title", each.title().en());
            fields.put("shadow", each.shadow());
            list.add(fields);
        }
        return list;
    }

    private static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
