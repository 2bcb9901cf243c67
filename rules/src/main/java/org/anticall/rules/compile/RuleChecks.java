package org.anticall.rules.compile;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.anticall.rules.call.NumberField;
import org.anticall.rules.model.Action;
import org.anticall.rules.model.Condition;
import org.anticall.rules.model.Rule;
import org.anticall.rules.model.RuleProblem;
import org.anticall.rules.model.RuleSet;
import org.anticall.rules.model.Stage;
import org.anticall.rules.number.E164;
import org.anticall.rules.number.NumberList;
import org.anticall.rules.number.NumberingPlan;
import org.anticall.rules.number.PartyNumber;

/** What must not be in a rule set that goes live: rules that contradict each other, the law of the product, or its bounds. */
final class RuleChecks {

    /** More tests than this in one rule, and nobody can read it. */
    static final int MAX_TESTS = 200;

    /** More than this in all rules, and a verdict would take too long. */
    static final int MAX_TESTS_OF_SET = 20_000;

    static final int MAX_GAUGES = 64;

    private final NumberingPlan plan;
    private final RuleSet set;
    private final List<RuleProblem> problems = new ArrayList<>();

    private RuleChecks(NumberingPlan plan, RuleSet set) {
        this.plan = plan;
        this.set = set;
    }

    static List<RuleProblem> of(RuleSet set, NumberingPlan plan) {
        RuleChecks checks = new RuleChecks(plan, set);
        checks.together();
        for (Rule rule : set.rules()) {
            checks.bounds(rule);
            checks.ground(rule);
            checks.signs(rule);
            checks.neverTouch(rule, rule.when());
            rule.cases().forEach(one -> checks.neverTouch(rule, one.when()));
        }
        checks.scoring();
        checks.problems.addAll(OrderChecks.of(set, plan));
        return checks.problems;
    }

    static RuleProblem problem(Rule rule, String message) {
        return new RuleProblem(rule.place(), "rule " + rule.id() + ": " + message);
    }

    private void together() {
        Map<String, Rule> ids = new HashMap<>();
        Map<String, Rule> turns = new HashMap<>();
        int tests = 0;
        for (Rule rule : set.rules()) {
            tests += tests(rule);
            if (rule.id().equals(NeverTouch.ID)) {
                add(rule, "is built in; put further numbers into a list '" + NeverTouch.LIST + "'");
            }
            Rule namesake = ids.putIfAbsent(rule.id(), rule);
            if (namesake != null) {
                add(rule, "has the id of the rule at " + namesake.place() + ", expected one of its own");
            }
            Rule rival = turns.putIfAbsent(rule.stage() + " " + rule.priority(), rule);
            if (rival != null) {
                add(
                        rule,
                        "has the same stage and priority " + rule.priority() + " as rule " + rival.id() + " at "
                                + rival.place() + ", so nobody can tell which goes first");
            }
        }
        if (tests > MAX_TESTS_OF_SET) {
            problems.add(new RuleProblem(
                    set.place(), "the rules take " + tests + " tests, expected at most " + MAX_TESTS_OF_SET));
        }
        int gauges = Gauges.of(set).size();
        if (gauges > MAX_GAUGES) {
            problems.add(new RuleProblem(
                    set.place(),
                    "the rules look at " + gauges + " counters with different times, expected at most " + MAX_GAUGES));
        }
    }

    private void bounds(Rule rule) {
        if (tests(rule) > MAX_TESTS) {
            add(rule, "takes " + tests(rule) + " tests, expected at most " + MAX_TESTS);
        }
    }

    private void ground(Rule rule) {
        if (rule.isInterception() && rule.basis() == null) {
            add(rule, "keeps calls from the citizen, expected a 'legal-basis' of its own or of the whole file");
        }
        boolean screensNobody = rule.stage() == Stage.NEVER_TOUCH || rule.stage() == Stage.ALLOW;
        if (screensNobody && rule.isInterception()) {
            add(rule, "intercepts calls in a stage that lets calls pass, expected another stage");
        }
    }

    /** Signs alone never reject: neither in their own stage nor, without an order, in another. */
    private void signs(Rule rule) {
        boolean rejects = rule.cases().stream().anyMatch(one -> one.then().isReject());
        if (rejects && rule.stage() == Stage.SIGNS) {
            add(rule, "rejects calls in stage 'signs', expected points, a label or a divert");
        } else if (rejects && rule.isSign() && !rule.isOrdered()) {
            add(
                    rule,
                    "rejects calls for their behaviour or looks alone, expected a legal basis of type law, court-order"
                            + " or prosecutor-order, or points instead");
        }
    }

    /** A rule that names protected callees and keeps calls from them says something that would never happen. */
    private void neverTouch(Rule rule, Condition condition) {
        if (!rule.isInterception()) {
            return;
        }
        for (String number : protectedCallees(condition)) {
            add(rule, "keeps calls from " + number + ", which is never to be touched, expected other numbers");
        }
    }

    /** The protected numbers that {@code condition} names as callees. */
    private List<String> protectedCallees(Condition condition) {
        if (condition instanceof Condition.All all) {
            return all.parts().stream()
                    .flatMap(part -> protectedCallees(part).stream())
                    .toList();
        }
        if (condition instanceof Condition.Any any) {
            return any.parts().stream()
                    .flatMap(part -> protectedCallees(part).stream())
                    .toList();
        }
        if (condition instanceof Condition.Matches matches && matches.field() == NumberField.CALLEE) {
            return protectedIn(new NumberList("numbers", matches.entries()), set, plan);
        }
        NumberList list = condition instanceof Condition.Listed listed && listed.field() == NumberField.CALLEE
                ? set.lists().get(listed.list())
                : null;
        return list == null ? List.of() : protectedIn(list, set, plan);
    }

    /** The numbers that are never to be touched and stand in {@code list}. */
    static List<String> protectedIn(NumberList list, RuleSet set, NumberingPlan plan) {
        List<String> found = new ArrayList<>();
        for (int code : plan.emergencyCodes()) {
            if (list.find(PartyNumber.shortCode(code, E164.digits(code)), Long.MIN_VALUE) != NumberList.NONE) {
                found.add(String.valueOf(code));
            }
        }
        NumberList never = set.lists().get(NeverTouch.LIST);
        for (NumberList.Entry entry : never == null ? List.<NumberList.Entry>of() : never.entries()) {
            boolean isShort = PartyNumber.kind(entry.number()) == PartyNumber.Kind.SHORT;
            long number = isShort ? entry.number() : PartyNumber.of(entry.number(), PartyNumber.Form.INTERNATIONAL);
            if (list.find(number, Long.MIN_VALUE) != NumberList.NONE) {
                found.add(entry.text());
            }
        }
        return found;
    }

    private void scoring() {
        boolean scores = set.rules().stream()
                .flatMap(rule -> rule.cases().stream())
                .anyMatch(one -> one.then() instanceof Action.Score score && score.points() > 0);
        if (scores && set.scoring().isInterception() && set.scoring().basis() == null) {
            problems.add(new RuleProblem(
                    set.place(),
                    "points keep calls from the citizen, expected a 'legal-basis' of the whole file or of 'scoring'"));
        }
    }

    private static int tests(Rule rule) {
        return rule.when().tests()
                + rule.cases().stream().mapToInt(one -> one.when().tests()).sum();
    }

    private void add(Rule rule, String message) {
        problems.add(problem(rule, message));
    }
}
