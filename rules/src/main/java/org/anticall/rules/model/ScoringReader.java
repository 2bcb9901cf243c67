package org.anticall.rules.model;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads {@code scoring:}: what points lead to. */
final class ScoringReader {

    private ScoringReader() {}

    static Scoring read(YamlNode node, @Nullable LegalBasis common) {
        Map<String, YamlNode> fields = node.fields(List.of("steps", "legal-basis"));
        YamlNode ground = fields.get("legal-basis");
        LegalBasis basis = ground == null ? common : RuleReader.basis(ground);
        YamlNode items = fields.get("steps");
        if (items == null) {
            node.problem("'steps' is missing, expected a list of 'from' and 'then'");
            return Scoring.standard(basis);
        }
        List<Scoring.Step> steps = new ArrayList<>();
        Set<Integer> seen = new HashSet<>();
        for (YamlNode item : items.items()) {
            Scoring.Step step = step(item);
            if (step != null && !seen.add(step.from())) {
                item.problem("a second step from " + step.from() + ", expected one");
            } else if (step != null) {
                steps.add(step);
            }
        }
        return new Scoring(steps, basis);
    }

    private static Scoring.@Nullable Step step(YamlNode node) {
        Map<String, YamlNode> fields = node.fields(List.of("from", "then"));
        YamlNode from = fields.get("from");
        YamlNode then = fields.get("then");
        if (from == null || then == null) {
            node.problem("expected 'from' and 'then' in a step");
            return null;
        }
        Long score = from.integer(1, Scoring.MAX_SCORE);
        Action action = ActionReader.read(then);
        if (action != null && !(action instanceof Action.Decide)) {
            then.problem("a step decides, expected one of label, withhold, divert, reject");
            return null;
        }
        return score == null || action == null
                ? null
                : new Scoring.Step(score.intValue(), ((Action.Decide) action).verdict());
    }
}
