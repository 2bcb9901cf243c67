package org.anticall.rules.compile;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.anticall.rules.call.Decision;
import org.anticall.rules.engine.CompiledOrders;
import org.anticall.rules.engine.CompiledOrders.Terms;
import org.anticall.rules.engine.CompiledRule;
import org.anticall.rules.engine.GaugePlan;
import org.anticall.rules.engine.ProfiledLists;
import org.anticall.rules.model.Mode;
import org.anticall.rules.model.OrderLine;
import org.anticall.rules.model.Orders;
import org.anticall.rules.model.Stage;
import org.anticall.rules.model.Validity;
import org.anticall.rules.number.NumberingPlan;
import org.anticall.rules.number.PatternIndex;

/** Makes one index of the orders of all tables. */
final class OrderCompiler {

    private static final List<Stage> STAGES = List.of(Stage.ALLOW, Stage.DETERMINISTIC);

    private OrderCompiler() {}

    static CompiledOrders compile(Orders orders, NumberingPlan plan, long revision, String hash) {
        if (orders.isEmpty()) {
            return CompiledOrders.NONE;
        }
        List<OrderLine> lines = new ArrayList<>(orders.size());
        List<Terms> terms = new ArrayList<>(orders.size());
        PatternIndex.Builder index = new PatternIndex.Builder();
        for (Stage stage : STAGES) {
            orders.forEach(line -> {
                if (line.stage() == stage) {
                    for (long pattern : line.patterns()) {
                        index.add(pattern, lines.size());
                    }
                    lines.add(line);
                    terms.add(terms(orders, line));
                }
            });
        }
        return new CompiledOrders(index.build(), terms, new Lines(orders, lines, plan, revision, hash));
    }

    private static Terms terms(Orders orders, OrderLine line) {
        Validity validity = orders.validity(line);
        return new Terms(
                RuleCompiler.turn(line.stage(), orders.turn(line)),
                line.mode() == Mode.LIVE,
                validity.from().toEpochMilli(),
                validity.until().toEpochMilli(),
                digits(line.callees()));
    }

    private static long[] digits(long[] prefixes) {
        if (prefixes.length == 0) {
            return prefixes;
        }
        long[] digits = prefixes.clone();
        for (int i = 0; i < digits.length; i++) {
            digits[i] = PatternIndex.digits(digits[i]);
        }
        return digits;
    }

    /** Orders as they are written, in order of evaluation. */
    private record Lines(Orders orders, List<OrderLine> lines, NumberingPlan plan, long revision, String hash)
            implements CompiledOrders.Written {

        @Override
        public String id(int order) {
            return lines.get(order).id();
        }

        @Override
        public Decision decision(int order) {
            OrderLine line = lines.get(order);
            return new Decision(
                    line.verdict(), Decision.Basis.RULE, line.id(), orders.reason(line), revision, hash, List.of());
        }

        @Override
        public CompiledRule rule(int order) {
            ConditionCompiler conditions =
                    new ConditionCompiler(plan, Map.of(), new ProfiledLists(), GaugePlan.EMPTY, problem -> {
                        throw new IllegalStateException("an order of a table is always a rule: " + problem);
                    });
            return RuleCompiler.compile(orders.rule(lines.get(order)), conditions, revision, hash);
        }
    }
}
