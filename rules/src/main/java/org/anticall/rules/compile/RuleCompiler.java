package org.anticall.rules.compile;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.anticall.rules.call.Decision;
import org.anticall.rules.call.Decision.Basis;
import org.anticall.rules.engine.CompiledRule;
import org.anticall.rules.engine.CompiledRule.CompiledCase;
import org.anticall.rules.engine.CompiledSnapshot;
import org.anticall.rules.model.Action;
import org.anticall.rules.model.CanonicalWriter;
import org.anticall.rules.model.Mode;
import org.anticall.rules.model.Rule;
import org.anticall.rules.model.RuleProblem;
import org.anticall.rules.model.RuleSet;
import org.anticall.rules.model.Stage;
import org.anticall.rules.number.NumberingPlan;

/** Compiles rule sets for one home country. Immutable, thread-safe. */
public final class RuleCompiler {

    private static final Comparator<Rule> TURN =
            Comparator.comparing(Rule::stage).thenComparingInt(Rule::priority);

    private final NumberingPlan plan;

    public RuleCompiler(NumberingPlan plan) {
        this.plan = plan;
    }

    /** A snapshot without rules but N01: what judges calls as long as no rule set is active. */
    public CompiledSnapshot empty() {
        return new CompiledSnapshot(plan, 0, "", List.of(NeverTouch.compile(plan, Map.of(), 0, "")));
    }

    /**
     * Compiles {@code set} as revision {@code revision}, or says all that is wrong with it.
     */
    public Compilation compile(RuleSet set, long revision) {
        List<RuleProblem> problems = new ArrayList<>();
        if (!set.home().equals(plan.home())) {
            problems.add(new RuleProblem(
                    set.place(), "the rules are for home '" + set.home() + "', expected " + plan.home()));
        }
        checkTogether(set, problems);
        String hash = CanonicalWriter.sha256(set);
        List<CompiledRule> compiled = new ArrayList<>();
        compiled.add(NeverTouch.compile(plan, set.lists(), revision, hash));
        for (Rule rule : set.rules().stream().sorted(TURN).toList()) {
            compiled.add(compile(rule, set, revision, hash, problems));
        }
        problems.sort(
                Comparator.comparing((RuleProblem problem) -> problem.place().line()));
        return problems.isEmpty()
                ? new Compilation.Compiled(new CompiledSnapshot(plan, revision, hash, compiled))
                : new Compilation.Faulty(problems);
    }

    private CompiledRule compile(Rule rule, RuleSet set, long revision, String hash, List<RuleProblem> problems) {
        if (rule.isInterception() && rule.basis() == null) {
            problems.add(problem(
                    rule, "keeps calls from the citizen, expected a 'legal-basis' of its own or of the whole file"));
        }
        ConditionCompiler conditions =
                new ConditionCompiler(plan, set.lists(), message -> problems.add(problem(rule, message)));
        List<CompiledCase> cases = new ArrayList<>();
        for (Rule.Case one : rule.cases()) {
            Decision decision = one.then() instanceof Action.Decide decide
                    ? new Decision(decide.verdict(), Basis.RULE, rule.id(), one.reason(), revision, hash, List.of())
                    : null;
            cases.add(new CompiledCase(conditions.compile(one.when()), decision));
        }
        return new CompiledRule(
                rule.id(),
                rule.title(),
                rule.mode() == Mode.SHADOW,
                rule.stage() == Stage.NEVER_TOUCH,
                rule.validity().from(),
                rule.validity().until(),
                conditions.compile(rule.when()),
                cases);
    }

    private static void checkTogether(RuleSet set, List<RuleProblem> problems) {
        Map<String, Rule> ids = new HashMap<>();
        Map<String, Rule> turns = new HashMap<>();
        for (Rule rule : set.rules()) {
            if (rule.id().equals(NeverTouch.ID)) {
                problems.add(problem(rule, "is built in; put further numbers into a list '" + NeverTouch.LIST + "'"));
            }
            Rule namesake = ids.putIfAbsent(rule.id(), rule);
            if (namesake != null) {
                problems.add(
                        problem(rule, "has the id of the rule at " + namesake.place() + ", expected one of its own"));
            }
            Rule rival = turns.putIfAbsent(rule.stage() + " " + rule.priority(), rule);
            if (rival != null) {
                problems.add(problem(
                        rule,
                        "has the same stage and priority " + rule.priority() + " as rule " + rival.id() + " at "
                                + rival.place() + ", so nobody can tell which goes first"));
            }
            boolean screensNobody = rule.stage() == Stage.NEVER_TOUCH || rule.stage() == Stage.ALLOW;
            if (screensNobody && rule.isInterception()) {
                problems.add(problem(rule, "intercepts calls in a stage that lets calls pass, expected another stage"));
            }
        }
    }

    private static RuleProblem problem(Rule rule, String message) {
        return new RuleProblem(rule.place(), "rule " + rule.id() + ": " + message);
    }
}
