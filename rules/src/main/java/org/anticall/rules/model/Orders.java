package org.anticall.rules.model;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import org.anticall.rules.call.CallFeature;
import org.anticall.rules.call.LocalizedText;
import org.anticall.rules.call.NumberField;
import org.anticall.rules.call.TrunkClass;
import org.anticall.rules.number.NumberList;
import org.anticall.rules.number.PatternIndex;
import org.jspecify.annotations.Nullable;

/**
 * The orders of a rule set that stand in tables. Each is a rule of its own; what they have in common is said once.
 *
 * @param priority the turn of order N within its stage is this and N
 * @param title what each is about; <code>{document}</code>, <code>{office}</code> and <code>{title}</code> stand for its own
 * @param reason one sentence for people, with the same words
 * @param from since when all are in force whatever they say themselves, to try them on calls of the past; null for their own
 * @param tables ascending: no order of one has a number below one of the table before
 * @param place where they are named
 */
public record Orders(
        int priority,
        LocalizedText title,
        LocalizedText reason,
        @Nullable Instant from,
        List<OrderTable> tables,
        Place place) {

    /** The turns of orders begin after those that people give to rules. */
    public static final int MAX_PRIORITY = 10_000;

    /** No orders. */
    public static final Orders NONE =
            new Orders(MAX_PRIORITY, LocalizedText.of("-"), LocalizedText.of("-"), null, List.of(), Place.of(""));

    public Orders {
        tables = List.copyOf(tables);
    }

    public boolean isEmpty() {
        return tables.isEmpty();
    }

    /** Whether an order of the same line is the same rule here and there. */
    public boolean saysLike(Orders other) {
        return priority == other.priority
                && title.equals(other.title)
                && reason.equals(other.reason)
                && Objects.equals(from, other.from);
    }

    /** How many there are. */
    public int size() {
        return tables.stream().mapToInt(table -> table.lines().size()).sum();
    }

    /** Hands out all, ascending by their numbers. */
    public void forEach(Consumer<OrderLine> taker) {
        tables.forEach(table -> table.lines().forEach(taker));
    }

    /** The order whose rule has this {@code id}, null if it is in no table. */
    public @Nullable OrderLine find(String id) {
        long number = OrderLine.numberOf(id);
        return number == 0 ? null : find(number);
    }

    /** The order with that number, null if it is in no table. */
    public @Nullable OrderLine find(long number) {
        for (OrderTable table : tables) {
            List<OrderLine> lines = table.lines();
            if (!lines.isEmpty() && number <= lines.get(lines.size() - 1).number()) {
                return table.find(number);
            }
        }
        return null;
    }

    /** Which turn {@code line} has within its stage. */
    public int turn(OrderLine line) {
        return Math.toIntExact(priority + line.number());
    }

    /** When {@code line} is in force. */
    public Validity validity(OrderLine line) {
        return from == null
                ? line.validity()
                : new Validity(from, line.validity().until());
    }

    /** The sentence of {@code line} for people. */
    public LocalizedText reason(OrderLine line) {
        return filled(reason, line);
    }

    /** {@code line} as the rule that it is. */
    public Rule rule(OrderLine line) {
        List<NumberList.Entry> patterns = entries(line.patterns());
        List<Condition> parts = new ArrayList<>();
        parts.add(new Condition.Is(CallFeature.TRUNK, Set.of(TrunkClass.INTERNATIONAL)));
        parts.add(new Condition.Any(List.of(
                new Condition.Matches(NumberField.ASSERTED, patterns),
                new Condition.Matches(NumberField.PRESENTED, patterns))));
        if (line.callees().length > 0) {
            parts.add(new Condition.Matches(NumberField.CALLEE, entries(line.callees())));
        }
        return new Rule(
                line.id(),
                filled(title, line),
                line.stage(),
                turn(line),
                line.mode(),
                null,
                validity(line),
                line.basis(),
                new Condition.All(parts),
                List.of(new Rule.Case(
                        new Condition.All(List.of()), new Action.Decide(line.verdict()), filled(reason, line))),
                place);
    }

    /** Patterns as conditions and lists have them. */
    public static List<NumberList.Entry> entries(long[] keys) {
        List<NumberList.Entry> entries = new ArrayList<>(keys.length);
        for (long key : keys) {
            entries.add(new NumberList.Entry(
                    PatternIndex.digits(key), PatternIndex.isPrefix(key), NumberList.FOR_EVER, ""));
        }
        return entries;
    }

    private static LocalizedText filled(LocalizedText text, OrderLine line) {
        return new LocalizedText(filled(text.en(), line), filled(text.ru(), line), filled(text.kk(), line));
    }

    /** One pass, so that what stands in an order's own words is never taken for a place to fill. */
    private static String filled(String text, OrderLine line) {
        StringBuilder out = new StringBuilder(text.length() + 64);
        int at = 0;
        for (int open = text.indexOf('{'); open >= 0; open = text.indexOf('{', at)) {
            int close = text.indexOf('}', open);
            String word = close < 0 ? "" : text.substring(open + 1, close);
            String value = value(word, line);
            out.append(text, at, open).append(value == null ? "{" : value);
            at = value == null ? open + 1 : close + 1;
        }
        return out.append(text, at, text.length()).toString();
    }

    private static @Nullable String value(String word, OrderLine line) {
        return switch (word) {
            case "document" -> line.basis().document();
            case "office" -> line.basis().office();
            case "title" -> line.title();
            default -> null;
        };
    }
}
