package org.anticall.ops.publish;

import java.util.ArrayList;
import java.util.List;
import org.anticall.ops.order.OrderAction;
import org.anticall.ops.publish.Assembly.Placed;
import org.anticall.rules.Activation;
import org.anticall.rules.RuleBook;
import org.anticall.rules.call.CallFacts;
import org.anticall.rules.call.Decision;
import org.anticall.rules.call.Explanation;
import org.anticall.rules.call.Screening;
import org.anticall.rules.call.TrunkClass;
import org.anticall.rules.call.Verdict;
import org.anticall.rules.model.KnownLists;
import org.anticall.rules.model.RuleProblem;

/**
 * A rule set tried before anybody is asked to enforce it: compiled by the class that gateways use, then every order is called
 * with a number of its own, once to a citizen and once to the emergency number.
 *
 * @param problems what the compiler or a trial call found; empty if all is well
 * @param rules how many rules the set has
 * @param hash SHA-256 of the set's canonical bytes, empty if it does not compile
 * @param trials how many trial calls were made
 */
public record Rehearsal(List<String> problems, int rules, String hash, int trials) {

    private static final String EMERGENCY = "112";
    private static final int NUMBER_DIGITS = 11;

    public Rehearsal {
        problems = List.copyOf(problems);
    }

    public boolean isWell() {
        return problems.isEmpty();
    }

    /**
     * @param home ISO 3166-1 alpha-2 code
     * @param lists of the rehearsal before, afterwards of this one
     */
    static Rehearsal of(String home, RuleParts parts, List<Placed> orders, long nowMillis, KnownLists lists) {
        RuleBook book = RuleBook.forHome(home, lists);
        Activation activation = book.activate(parts.source());
        if (activation instanceof Activation.Rejected rejected) {
            return new Rehearsal(
                    rejected.problems().stream().map(RuleProblem::toString).toList(), 0, "", 0);
        }
        List<String> problems = new ArrayList<>();
        int trials = 0;
        for (Placed each : orders) {
            List<String> patterns = each.content().target().patterns();
            long at = Math.max(nowMillis, each.content().from().toEpochMilli());
            if (patterns.isEmpty() || at >= each.content().until().toEpochMilli()) {
                continue;
            }
            trials += 2;
            long caller = book.numbers().caller(sample(patterns.get(0)));
            String rule = Assembly.ruleOf(each.order());
            if (!isReached(book, rule, call(book, caller, citizen(home, each), at), each)) {
                problems.add("rule " + rule + " does not hit a call from " + sample(patterns.get(0)));
            }
            if (!passes(book.decide(call(book, caller, EMERGENCY, at)))) {
                problems.add("rule " + rule + " keeps a call from the emergency number " + EMERGENCY);
            }
        }
        Activation.Activated activated = (Activation.Activated) activation;
        return new Rehearsal(problems, activated.rules(), activated.hash(), trials);
    }

    /** The rule says what it should, or a rule before it has decided the call. Mostly the decision itself tells. */
    private static boolean isReached(RuleBook book, String rule, CallFacts call, Placed order) {
        if (book.decide(call) instanceof Decision decision
                && (order.shadow() ? decision.shadowHits().contains(rule) : rule.equals(decision.rule()))) {
            return true;
        }
        Explanation explanation = book.explain(call);
        boolean hit = explanation.tried().stream()
                .anyMatch(tried -> tried.rule().equals(rule) && tried.hit() && tried.shadow() == order.shadow());
        boolean allowed = order.content().action() == OrderAction.PASS && passes(explanation.screening());
        return hit || allowed;
    }

    private static boolean passes(Screening screening) {
        return screening instanceof Decision decision && decision.verdict().kind() == Verdict.Kind.PASS;
    }

    private static CallFacts call(RuleBook book, long caller, String callee, long at) {
        return CallFacts.on("rehearsal", TrunkClass.INTERNATIONAL, at)
                .asserted(caller)
                .presented(caller)
                .callee(book.numbers().callee(callee))
                .build();
    }

    /** A complete number that the pattern means. */
    private static String sample(String pattern) {
        if (!pattern.endsWith("*")) {
            return pattern;
        }
        String prefix = pattern.substring(0, pattern.length() - 1);
        return prefix + "0".repeat(Math.max(0, NUMBER_DIGITS + 1 - prefix.length()));
    }

    private static String citizen(String home, Placed order) {
        List<String> prefixes = order.content().calleePrefixes();
        if (!prefixes.isEmpty()) {
            return sample(prefixes.get(0) + "*");
        }
        return home.equals("BY") ? "+375172001122" : "+77172345641";
    }
}
