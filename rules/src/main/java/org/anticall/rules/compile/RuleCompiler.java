package org.anticall.rules.compile;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.anticall.rules.call.Decision;
import org.anticall.rules.call.Decision.Basis;
import org.anticall.rules.engine.Acting;
import org.anticall.rules.engine.CompiledOrders;
import org.anticall.rules.engine.CompiledRule;
import org.anticall.rules.engine.CompiledRule.CompiledCase;
import org.anticall.rules.engine.CompiledSnapshot;
import org.anticall.rules.engine.Effect;
import org.anticall.rules.engine.GaugePlan;
import org.anticall.rules.engine.NumberProfiles;
import org.anticall.rules.engine.ProfiledLists;
import org.anticall.rules.engine.ScoreSteps;
import org.anticall.rules.model.Action;
import org.anticall.rules.model.Canary;
import org.anticall.rules.model.CanonicalWriter;
import org.anticall.rules.model.Mode;
import org.anticall.rules.model.Rule;
import org.anticall.rules.model.RuleProblem;
import org.anticall.rules.model.RuleSet;
import org.anticall.rules.model.Scoring;
import org.anticall.rules.model.Stage;
import org.anticall.rules.number.NumberingPlan;

/** Compiles rule sets for one home country. Immutable, thread-safe. */
public final class RuleCompiler {

    /** Whose turn it is. */
    static final Comparator<Rule> TURN = Comparator.comparing(Rule::stage).thenComparingInt(Rule::priority);

    private final NumberingPlan plan;

    public RuleCompiler(NumberingPlan plan) {
        this.plan = plan;
    }

    /** A snapshot without rules but N01: what judges calls as long as no rule set is active. */
    public CompiledSnapshot empty() {
        return new CompiledSnapshot(
                new NumberProfiles(plan, new ProfiledLists()),
                0,
                "",
                GaugePlan.EMPTY,
                ScoreSteps.NONE,
                List.of(NeverTouch.compile(plan, Map.of(), 0, "")),
                CompiledOrders.NONE);
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
        problems.addAll(RuleChecks.of(set, plan));
        String hash = CanonicalWriter.sha256(set);
        GaugePlan gauges = Gauges.of(set);
        ProfiledLists profiled = new ProfiledLists();
        List<CompiledRule> compiled = new ArrayList<>();
        compiled.add(NeverTouch.compile(plan, set.lists(), revision, hash));
        for (Rule rule : set.rules().stream().sorted(TURN).toList()) {
            ConditionCompiler conditions = new ConditionCompiler(
                    plan, set.lists(), profiled, gauges, message -> problems.add(RuleChecks.problem(rule, message)));
            compiled.add(compile(rule, conditions, revision, hash));
        }
        problems.sort(
                Comparator.comparing((RuleProblem problem) -> problem.place().line()));
        return problems.isEmpty()
                ? new Compilation.Compiled(new CompiledSnapshot(
                        new NumberProfiles(plan, profiled),
                        revision,
                        hash,
                        gauges,
                        steps(set.scoring()),
                        compiled,
                        OrderCompiler.compile(set.orders(), plan, revision, hash)))
                : new Compilation.Faulty(problems);
    }

    static CompiledRule compile(Rule rule, ConditionCompiler conditions, long revision, String hash) {
        List<CompiledCase> cases = new ArrayList<>();
        for (Rule.Case one : rule.cases()) {
            cases.add(new CompiledCase(conditions.compile(one.when()), effect(rule, one, revision, hash)));
        }
        return new CompiledRule(
                new CompiledRule.Head(
                        rule.id(),
                        rule.title(),
                        acting(rule),
                        rule.stage() == Stage.NEVER_TOUCH,
                        rule.isSolid(),
                        turn(rule.stage(), rule.priority())),
                rule.validity().from(),
                rule.validity().until(),
                conditions.compile(rule.when()),
                cases);
    }

    /** One number for the turn of a rule: by stage, in it by priority. */
    static long turn(Stage stage, int priority) {
        return (long) stage.ordinal() << Integer.SIZE | priority;
    }

    private static Effect effect(Rule rule, Rule.Case one, long revision, String hash) {
        Action action = one.then();
        if (action instanceof Action.Decide decide) {
            return Effect.decide(
                    new Decision(decide.verdict(), Basis.RULE, rule.id(), one.reason(), revision, hash, List.of()));
        }
        if (action instanceof Action.Score score) {
            return Effect.score(score.points(), score.alert(), one.reason());
        }
        if (action instanceof Action.Weigh weigh) {
            return Effect.weigh(weigh.percent(), one.reason());
        }
        return action instanceof Action.Alert ? Effect.alert(one.reason()) : Effect.none(one.reason());
    }

    private static Acting acting(Rule rule) {
        Canary canary = rule.canary();
        if (canary == null) {
            return rule.mode() == Mode.LIVE ? Acting.LIVE : Acting.SHADOW;
        }
        return canary.trunks().isEmpty()
                ? Acting.onShare(canary.perMille(), rule.id())
                : Acting.onTrunks(canary.trunks());
    }

    private static ScoreSteps steps(Scoring scoring) {
        return new ScoreSteps(
                scoring.steps().stream().map(Scoring.Step::from).toList(),
                scoring.steps().stream().map(Scoring.Step::verdict).toList());
    }
}
