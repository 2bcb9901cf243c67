package org.anticall.ops.publish;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Collectors;
import org.anticall.ops.order.OrderAction;
import org.anticall.ops.order.OrderContent;
import org.anticall.ops.order.Target;
import org.anticall.ops.publish.Assembly.Placed;
import org.anticall.ops.store.OrderChanges;
import org.anticall.rules.bundle.PartContent;
import org.anticall.rules.model.LegalBasis;
import org.anticall.rules.model.Mode;
import org.anticall.rules.model.OrderLine;
import org.anticall.rules.model.OrderVerdicts;
import org.anticall.rules.model.Validity;
import org.anticall.rules.number.E164;
import org.anticall.rules.number.PatternIndex;

/**
 * Orders of numbers, prefixes and ranges as a revision has them: lines of tables, the numbers of a thousand orders in
 * each, so that an order that changes is a small part that changes.
 */
final class OrderTables {

    private OrderTables() {}

    /** Whether an order is a line of a table; those with a condition or a list are rules of the rule file. */
    static boolean has(OrderContent content) {
        return !(content.target() instanceof Target.Conditional || content.target() instanceof Target.Listed);
    }

    /** The part with the orders of a thousand numbers: {@code orders-00017.csv} begins with order 17,000. */
    static String part(long thousand) {
        return String.format(Locale.ROOT, "orders-%05d.csv", thousand);
    }

    /** The thousand that an order belongs to. */
    static long thousandOf(long order) {
        return order / OrderChanges.WIDTH;
    }

    /** The table of {@code orders}, ascending by number. */
    static PartContent content(List<Placed> orders) {
        return PartContent.of(orders.stream()
                .map(OrderTables::line)
                .collect(Collectors.joining("\n", "", "\n"))
                .getBytes(StandardCharsets.UTF_8));
    }

    private static String line(Placed placed) {
        OrderContent content = placed.content();
        return new OrderLine(
                        placed.order(),
                        placed.shadow() ? Mode.SHADOW : Mode.LIVE,
                        Objects.requireNonNull(OrderVerdicts.read(action(content))),
                        new Validity(content.from(), content.until()),
                        new LegalBasis(
                                LegalBasis.Type.valueOf(content.basis().type().name()),
                                content.basis().document(),
                                content.basis().date(),
                                content.basis().office()),
                        content.title(),
                        content.calleePrefixes().stream()
                                .mapToLong(each -> PatternIndex.key(E164.parse(each), true))
                                .sorted()
                                .distinct()
                                .toArray(),
                        patterns(content.target()))
                .text();
    }

    private static String action(OrderContent content) {
        String action = content.action().text();
        return content.action() == OrderAction.DIVERT
                ? action + "/" + String.join("/", content.ladder().steps())
                : action;
    }

    private static long[] patterns(Target target) {
        long[] keys = new long[target.patterns().size()];
        int count = 0;
        for (String each : target.patterns()) {
            boolean prefix = each.endsWith("*");
            keys[count++] = PatternIndex.key(E164.parse(prefix ? each.substring(0, each.length() - 1) : each), prefix);
        }
        Arrays.sort(keys);
        return keys;
    }
}
