package org.anticall.rules.compile;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.anticall.rules.call.NumberField;
import org.anticall.rules.model.Action;
import org.anticall.rules.model.Condition;
import org.anticall.rules.model.Mode;
import org.anticall.rules.model.Rule;
import org.anticall.rules.model.RuleProblem;
import org.anticall.rules.model.RuleSet;
import org.anticall.rules.model.Stage;
import org.anticall.rules.model.Validity;
import org.anticall.rules.number.Countries;
import org.anticall.rules.number.E164;
import org.anticall.rules.number.NumberList;
import org.anticall.rules.number.NumberingPlan;
import org.anticall.rules.number.PartyNumber;

/**
 * What may go live and yet deserves a second look: rules that can never hit, rules that are over, prefixes that take in half
 * a country, numbers that two lists treat in opposite ways. What must not go live is the compiler's business.
 */
public final class RuleLint {

    /** A prefix of a blocking rule should go at least so many digits beyond the country code, or as far as an area code of home. */
    static final int FEWEST_NATIONAL_DIGITS = 3;

    private final RuleSet set;
    private final NumberingPlan plan;
    private final Instant now;
    private final List<RuleProblem> findings = new ArrayList<>();

    private RuleLint(RuleSet set, NumberingPlan plan, Instant now) {
        this.set = set;
        this.plan = plan;
        this.now = now;
    }

    /** All findings about {@code set}, as of {@code now}. */
    public static List<RuleProblem> findings(RuleSet set, NumberingPlan plan, Instant now) {
        RuleLint lint = new RuleLint(set, plan, now);
        List<Rule> turns = set.rules().stream().sorted(RuleCompiler.TURN).toList();
        for (int i = 0; i < turns.size(); i++) {
            lint.validity(turns.get(i));
            lint.reach(turns.get(i), turns.subList(0, i));
            lint.breadth(turns.get(i));
        }
        lint.orders(turns);
        lint.lists();
        return lint.findings;
    }

    /** Orders of tables are rules like others; none of them decides all its calls at all times, so none stands before another. */
    private void orders(List<Rule> turns) {
        List<Rule> deciding = turns.stream().filter(RuleLint::decidesAlways).toList();
        set.orders().forEach(line -> {
            Rule rule = set.orders().rule(line);
            validity(rule);
            reach(
                    rule,
                    deciding.stream()
                            .filter(other -> RuleCompiler.TURN.compare(other, rule) < 0)
                            .toList());
            breadth(rule);
        });
    }

    private void validity(Rule rule) {
        if (!now.isBefore(rule.validity().until())) {
            add(rule, "expired at " + rule.validity().until() + ", so it does nothing any more");
        }
    }

    private void reach(Rule rule, List<Rule> before) {
        if (neverHolds(rule.when())) {
            add(rule, "has a condition that no call can meet");
        }
        for (Rule earlier : before) {
            if (decidesAlways(earlier) && covers(earlier.when(), rule.when())) {
                add(
                        rule,
                        "is never reached: rule " + earlier.id() + " at " + earlier.place() + " decides all its calls");
                return;
            }
        }
    }

    /** Whether no call that meets its condition goes on to the rules after it. */
    private static boolean decidesAlways(Rule rule) {
        boolean always = rule.mode() == Mode.LIVE && rule.validity().equals(Validity.ALWAYS);
        return always
                && rule.cases().stream()
                        .filter(one -> one.then() instanceof Action.Decide)
                        .anyMatch(one -> holdsAlways(one.when()))
                && rule.cases().stream().allMatch(one -> one.then() instanceof Action.Decide);
    }

    private static boolean holdsAlways(Condition condition) {
        return condition instanceof Condition.All all && all.parts().isEmpty();
    }

    /** Whether every call that meets {@code narrow} meets {@code wide}, as far as can be seen from how they are written. */
    private static boolean covers(Condition wide, Condition narrow) {
        Set<Condition> needed = new HashSet<>(parts(narrow));
        return parts(wide).stream().allMatch(part -> needed.stream().anyMatch(other -> implies(other, part)));
    }

    private static List<Condition> parts(Condition condition) {
        return condition instanceof Condition.All all
                ? all.parts().stream().flatMap(part -> parts(part).stream()).toList()
                : List.of(condition);
    }

    private static boolean implies(Condition narrow, Condition wide) {
        if (narrow.equals(wide)) {
            return true;
        }
        if (narrow instanceof Condition.Is one && wide instanceof Condition.Is other) {
            return one.feature() == other.feature() && other.values().containsAll(one.values());
        }
        if (narrow instanceof Condition.OfClass one && wide instanceof Condition.OfClass other) {
            return one.field() == other.field() && other.classes().containsAll(one.classes());
        }
        if (narrow instanceof Condition.OfKind one && wide instanceof Condition.OfKind other) {
            return one.field() == other.field() && other.kinds().containsAll(one.kinds());
        }
        if (narrow instanceof Condition.Matches one && wide instanceof Condition.Matches other) {
            NumberList numbers = new NumberList("wide", other.entries());
            return one.field() == other.field()
                    && one.entries().stream()
                            .allMatch(entry -> entry.prefix()
                                    ? other.entries().stream()
                                            .anyMatch(outer ->
                                                    outer.prefix() && E164.startsWith(entry.number(), outer.number()))
                                    : numbers.find(partyNumber(entry), Long.MIN_VALUE) != NumberList.NONE);
        }
        return false;
    }

    private static boolean neverHolds(Condition condition) {
        if (condition instanceof Condition.Any any) {
            return !any.parts().isEmpty() && any.parts().stream().allMatch(RuleLint::neverHolds);
        }
        List<Condition> parts = parts(condition);
        for (Condition one : parts) {
            boolean empty = one instanceof Condition.Not not && holdsAlways(not.part());
            if (empty || parts.stream().anyMatch(other -> excludes(one, other))) {
                return true;
            }
        }
        return false;
    }

    private static boolean excludes(Condition one, Condition other) {
        if (one instanceof Condition.Not not && not.part().equals(other)) {
            return true;
        }
        if (one instanceof Condition.Is first && other instanceof Condition.Is second) {
            return first.feature() == second.feature() && disjoint(first.values(), second.values());
        }
        if (one instanceof Condition.OfClass first && other instanceof Condition.OfClass second) {
            return first.field() == second.field() && disjoint(first.classes(), second.classes());
        }
        return one instanceof Condition.OfKind first
                && other instanceof Condition.OfKind second
                && first.field() == second.field()
                && disjoint(first.kinds(), second.kinds());
    }

    private static boolean disjoint(Set<?> one, Set<?> other) {
        return one.stream().noneMatch(other::contains);
    }

    private void breadth(Rule rule) {
        if (!rule.isInterception()) {
            return;
        }
        for (NumberList.Entry entry : callers(rule.when())) {
            broad(rule, entry);
        }
        rule.cases().forEach(one -> callers(one.when()).forEach(entry -> broad(rule, entry)));
    }

    private void broad(Rule rule, NumberList.Entry entry) {
        if (!entry.prefix() || plan.isWithinLandlineArea(entry.number())) {
            return;
        }
        int country = Countries.codeOf(entry.number());
        int national = country == 0 ? 0 : E164.digits(entry.number()) - E164.digits(country);
        if (national < FEWEST_NATIONAL_DIGITS) {
            add(
                    rule,
                    "stops all of " + entry.text() + ", which is " + national + " digits beyond the country code,"
                            + " expected at least " + FEWEST_NATIONAL_DIGITS);
        }
    }

    /** What callers are held against: numbers and prefixes written in the rule, prefixes of its lists. */
    private List<NumberList.Entry> callers(Condition condition) {
        if (condition instanceof Condition.Any any) {
            return any.parts().stream().flatMap(part -> callers(part).stream()).toList();
        }
        if (condition instanceof Condition.All all) {
            return all.parts().stream().flatMap(part -> callers(part).stream()).toList();
        }
        if (condition instanceof Condition.Matches matches && matches.field() != NumberField.CALLEE) {
            return matches.entries();
        }
        if (condition instanceof Condition.Listed listed && listed.field() != NumberField.CALLEE) {
            NumberList list = set.lists().get(listed.list());
            return list == null ? List.of() : list.prefixes();
        }
        return List.of();
    }

    /** Entries of blocking lists that an allow rule lets pass anyway, and the never-touch list among them. */
    private void lists() {
        List<NumberList> allowing = set.rules().stream()
                .filter(rule -> rule.stage() == Stage.ALLOW && rule.mode() == Mode.LIVE)
                .flatMap(rule -> named(rule).stream())
                .toList();
        for (Rule rule : set.rules()) {
            if (!rule.isInterception()) {
                continue;
            }
            for (NumberList blocking : named(rule)) {
                allowing.forEach(allow -> contradictions(rule, blocking, allow));
                untouchables(rule, blocking);
                endless(rule, blocking);
            }
        }
    }

    /** Entries that one list blocks and another lets pass. Goes through the shorter way: a list may have millions. */
    private void contradictions(Rule rule, NumberList blocking, NumberList allow) {
        if (!allow.prefixes().isEmpty()) {
            for (int i = 0; i < blocking.size(); i++) {
                contradiction(rule, blocking, allow, blocking.entry(i));
            }
            return;
        }
        for (NumberList.Entry entry : allow.entries()) {
            int found = blocking.find(partyNumber(entry), Long.MIN_VALUE);
            if (found != NumberList.NONE && !blocking.entry(found).prefix()) {
                contradiction(rule, blocking, allow, entry);
            }
        }
    }

    private void contradiction(Rule rule, NumberList blocking, NumberList allow, NumberList.Entry blocked) {
        int found = allow.find(partyNumber(blocked), now.toEpochMilli());
        if (found != NumberList.NONE && (!blocked.prefix() || allow.entry(found).prefix())) {
            add(
                    rule,
                    "list " + blocking.name() + " names " + blocked.text() + ", which list " + allow.name()
                            + " lets pass");
        }
    }

    /** Numbers that nobody may keep calls from and that a list takes for those of fraudsters, alone or with many others. */
    private void untouchables(Rule rule, NumberList blocking) {
        for (int code : plan.emergencyCodes()) {
            untouchable(rule, blocking, PartyNumber.shortCode(code, E164.digits(code)), Integer.toString(code));
        }
        NumberList untouchable = set.lists().get(NeverTouch.LIST);
        if (untouchable != null) {
            for (NumberList.Entry entry : untouchable.entries()) {
                untouchable(rule, blocking, entry.prefix() ? PartyNumber.ABSENT : partyNumber(entry), entry.text());
            }
        }
    }

    private void untouchable(Rule rule, NumberList blocking, long partyNumber, String text) {
        if (blocking.find(partyNumber, now.toEpochMilli()) != NumberList.NONE) {
            add(rule, "list " + blocking.name() + " names " + text + ", which is never to be touched when called");
        }
    }

    private void endless(Rule rule, NumberList blocking) {
        long endless = blocking.prefixes().stream()
                .filter(entry -> entry.untilEpochMillis() == NumberList.FOR_EVER)
                .count();
        if (endless > 0) {
            add(
                    rule,
                    "list " + blocking.name() + " has " + endless + (endless == 1 ? " prefix" : " prefixes")
                            + " without an end, expected 'until' for each");
        }
    }

    private List<NumberList> named(Rule rule) {
        Set<String> names = new HashSet<>();
        names(rule.when(), names);
        rule.cases().forEach(one -> names(one.when(), names));
        return names.stream()
                .sorted()
                .filter(set.lists()::containsKey)
                .map(name -> set.lists().get(name))
                .toList();
    }

    private static void names(Condition condition, Set<String> names) {
        if (condition instanceof Condition.All all) {
            all.parts().forEach(part -> names(part, names));
        } else if (condition instanceof Condition.Any any) {
            any.parts().forEach(part -> names(part, names));
        } else if (condition instanceof Condition.Listed listed && listed.field() != NumberField.CALLEE) {
            names.add(listed.list());
        }
    }

    private static long partyNumber(NumberList.Entry entry) {
        return PartyNumber.kind(entry.number()) == PartyNumber.Kind.SHORT
                ? entry.number()
                : PartyNumber.of(entry.number(), PartyNumber.Form.INTERNATIONAL);
    }

    private void add(Rule rule, String message) {
        findings.add(RuleChecks.problem(rule, message));
    }
}
