package org.anticall.rules.compile;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.anticall.rules.model.OrderLine;
import org.anticall.rules.model.OrderTable;
import org.anticall.rules.model.Orders;
import org.anticall.rules.model.Rule;
import org.anticall.rules.model.RuleProblem;
import org.anticall.rules.model.RuleSet;
import org.anticall.rules.model.Stage;
import org.anticall.rules.number.NumberList;
import org.anticall.rules.number.NumberingPlan;

/** What {@link RuleChecks} says of rules, said of the orders of tables, which are rules too. */
final class OrderChecks {

    private final RuleSet set;
    private final Orders orders;
    private final NumberingPlan plan;
    private final List<RuleProblem> problems = new ArrayList<>();

    /** What is never to be touched of those called numbers: orders mostly protect the same few areas. */
    private final Map<List<Long>, List<String>> untouchable = new HashMap<>();

    private OrderChecks(RuleSet set, NumberingPlan plan) {
        this.set = set;
        this.orders = set.orders();
        this.plan = plan;
    }

    static List<RuleProblem> of(RuleSet set, NumberingPlan plan) {
        OrderChecks checks = new OrderChecks(set, plan);
        if (!checks.orders.isEmpty()) {
            set.rules().forEach(checks::apart);
            checks.orders.tables().forEach(table -> table.lines().forEach(line -> checks.neverTouch(table, line)));
        }
        return checks.problems;
    }

    /** No rule has the id or the turn of an order. */
    private void apart(Rule rule) {
        if (orders.find(rule.id()) != null) {
            problems.add(RuleChecks.problem(rule, "has the id of an order in a table, expected one of its own"));
        }
        boolean amongOrders = rule.stage() == Stage.ALLOW || rule.stage() == Stage.DETERMINISTIC;
        long number = rule.priority() - (long) orders.priority();
        OrderLine rival = amongOrders && number > 0 ? orders.find(number) : null;
        if (rival != null && rival.stage() == rule.stage()) {
            problems.add(RuleChecks.problem(
                    rule,
                    "has the same stage and priority " + rule.priority() + " as " + rival.id()
                            + " in a table, so nobody can tell which goes first"));
        }
    }

    private void neverTouch(OrderTable table, OrderLine line) {
        if (!line.isInterception() || line.callees().length == 0) {
            return;
        }
        List<Long> callees = Arrays.stream(line.callees()).boxed().toList();
        for (String number : untouchable.computeIfAbsent(callees, each -> untouchable(line.callees()))) {
            problems.add(new RuleProblem(
                    table.place(line),
                    "order " + line.number() + ": keeps calls from " + number
                            + ", which is never to be touched, expected other numbers"));
        }
    }

    private List<String> untouchable(long[] callees) {
        return RuleChecks.protectedIn(new NumberList("callees", Orders.entries(callees)), set, plan);
    }
}
