package org.anticall.ops.http;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.anticall.ops.order.Basis;
import org.anticall.ops.order.Ladder;
import org.anticall.ops.order.OrderAction;
import org.anticall.ops.order.OrderContent;
import org.anticall.ops.order.Origin;
import org.anticall.ops.order.Target;
import org.anticall.ops.publish.ConditionCheck;
import org.jspecify.annotations.Nullable;

/**
 * An order's content as a page or a program writes it. What a draft may leave out gets its default; what is no order at all,
 * an unknown action for instance, is a problem of its field. What an order must have is {@code Completeness}' business.
 */
final class OrderForm {

    private static final List<String> ACTIONS =
            Stream.of(OrderAction.values()).map(OrderAction::text).toList();
    private static final List<String> LADDERS =
            Stream.of(Ladder.values()).map(Ladder::text).toList();
    private static final List<String> ORIGINS =
            Stream.of(Origin.values()).map(Origin::text).toList();
    private static final List<String> BASES =
            Stream.of(Basis.Type.values()).map(Basis.Type::text).toList();
    private static final List<String> TARGETS = List.of("numbers", "prefix", "range", "list", "condition");

    private OrderForm() {}

    /** The content, checked as far as its form goes; call {@link Fields#check} before using it. */
    static OrderContent content(Fields fields, Instant now) {
        Target target = target(fields);
        Instant from = Objects.requireNonNullElse(fields.optionalInstant("from"), now);
        Instant until =
                Objects.requireNonNullElse(fields.optionalInstant("until"), from.plus(target.defaultValidity()));
        OrderAction action = fields.word("action", OrderAction::of, ACTIONS);
        Ladder ladder = fields.node("ladder").isMissingNode() ? null : fields.word("ladder", Ladder::of, LADDERS);
        Origin origin = fields.word("origin", Origin::of, ORIGINS);
        return new OrderContent(
                fields.text("title", 0, 300),
                target,
                Objects.requireNonNullElse(action, OrderAction.LABEL),
                Objects.requireNonNullElse(ladder, Ladder.PASS_WITH_LABEL),
                basis(fields, now),
                fields.text("territory", 0, 200),
                fields.texts("calleePrefixes", 100).stream()
                        .map(OrderForm::digits)
                        .toList(),
                from,
                until,
                (int) fields.number("confidence", 0, 100),
                Objects.requireNonNullElse(origin, Origin.ANALYSIS),
                fields.node("observeFirst").asBoolean(true));
    }

    /** The target alone. */
    static Target target(Fields fields) {
        JsonNode node = fields.node("target");
        String kind = node.path("kind").asText("");
        return switch (kind) {
            case "numbers" -> numbers(fields, node.path("numbers"));
            case "prefix" -> new Target.Prefix(digits(node.path("prefix").asText("")));
            case "range" ->
                new Target.Range(
                        digits(node.path("from").asText("")),
                        digits(node.path("to").asText("")));
            case "list" -> new Target.Listed(node.path("list").asText("").strip());
            case "condition" -> new Target.Conditional(condition(fields, node.path("json")));
            default -> {
                fields.problem("target.kind", kind, "word", "one of " + String.join(", ", TARGETS), "allowed", TARGETS);
                yield new Target.Numbers(List.of());
            }
        };
    }

    private static Target numbers(Fields fields, JsonNode listed) {
        if (listed.size() > Target.MOST_NUMBERS) {
            fields.problem(
                    "target.numbers",
                    Integer.toString(listed.size()),
                    "count",
                    "1 to " + Target.MOST_NUMBERS + " numbers");
            return new Target.Numbers(List.of());
        }
        return new Target.Numbers(Stream.of(listed)
                .flatMap(list -> list.valueStream())
                .map(each -> digits(each.asText("")))
                .filter(each -> !each.isEmpty())
                .toList());
    }

    private static String condition(Fields fields, JsonNode json) {
        JsonNode read = json.isTextual() ? Answers.tree(json.textValue()) : json;
        if (!read.isObject()) {
            fields.problem(
                    "target.json", json.asText(""), "condition", "a condition as a rule file has it below 'when'");
            return "{}";
        }
        for (String problem : ConditionCheck.problems(read)) {
            fields.problem("target.json", "", "condition-wrong", problem);
        }
        return read.toString();
    }

    private static Basis basis(Fields fields, Instant now) {
        JsonNode node = fields.node("basis");
        Fields inner = new Fields(node.isMissingNode() ? Answers.tree("{}") : node);
        Basis.Type type = inner.word("type", Basis.Type::of, BASES);
        String document = inner.text("document", 0, 100);
        String office = inner.text("office", 0, 200);
        String scan = inner.text("scan", 0, 64);
        LocalDate date = date(inner, now);
        fields.take("basis.", inner);
        return new Basis(
                Objects.requireNonNullElse(type, Basis.Type.PROSECUTOR_ORDER),
                document,
                Objects.requireNonNullElse(date, LocalDate.ofInstant(now, ZoneOffset.UTC)),
                office,
                scan);
    }

    private static @Nullable LocalDate date(Fields fields, Instant now) {
        String text = fields.text("date", 0, 10);
        try {
            LocalDate date = text.isEmpty() ? null : LocalDate.parse(text);
            if (date != null
                    && date.isAfter(LocalDate.ofInstant(now, ZoneOffset.UTC).plusDays(1))) {
                fields.problem("date", text, "future", "a date that is not to come");
            }
            return date;
        } catch (DateTimeException notADate) {
            fields.problem("date", text, "date", "a date such as 2026-11-21");
            return null;
        }
    }

    /** {@code +44 7700 900-217} as people write it: {@code +447700900217}. */
    static String digits(String text) {
        return text.replaceAll("[\\s()\\u00a0\\u202f.-]", "");
    }
}
