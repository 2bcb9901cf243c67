package org.anticall.ops.order;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What an order still lacks before it can be submitted. Every problem at once. */
public final class Completeness {

    /** No order holds longer. */
    public static final Duration LONGEST = Duration.ofDays(366);

    private static final String NUMBER = "\\+[1-9][0-9]{6,14}";
    private static final String PREFIX = "\\+[1-9][0-9]{0,13}";
    private static final String SHA256 = "[0-9a-f]{64}";

    /** More patterns would make a rule that no person can read. */
    private static final int MOST_RANGE_PATTERNS = 100;

    private final List<OrderProblem> problems = new ArrayList<>();

    private Completeness() {}

    /** All problems, none if the order can be submitted at {@code now}. */
    public static List<OrderProblem> problems(OrderContent content, Instant now) {
        Completeness check = new Completeness();
        check.text("title", content.title());
        check.text("territory", content.territory());
        check.target(content.target());
        check.basis(content.basis(), content.action());
        check.validity(content, now);
        for (String each : content.calleePrefixes()) {
            check.matches("calleePrefixes", each, PREFIX, "prefix", "a prefix such as +7717");
        }
        return check.problems;
    }

    private void target(Target target) {
        if (target instanceof Target.Numbers list) {
            numbers(list.numbers());
        } else if (target instanceof Target.Prefix prefix) {
            matches("target.prefix", prefix.prefix(), PREFIX, "prefix", "a prefix such as +4477009");
        } else if (target instanceof Target.Listed listed) {
            matches("target.list", listed.list(), ManagedList.NAME, "unknown", "the name of a list");
        } else if (target instanceof Target.Range range) {
            range(range);
        }
    }

    private void numbers(List<String> numbers) {
        if (numbers.isEmpty() || numbers.size() > Target.MOST_NUMBERS) {
            add(
                    "target.numbers",
                    Integer.toString(numbers.size()),
                    "count",
                    "1 to " + Target.MOST_NUMBERS + " numbers");
        }
        Set<String> seen = new HashSet<>();
        for (String each : numbers) {
            matches("target.numbers", each, NUMBER, "number", "a number such as +447700900217");
            if (!seen.add(each)) {
                add("target.numbers", each, "twice", "every number once");
            }
        }
    }

    private void range(Target.Range range) {
        int before = problems.size();
        matches("target.from", range.from(), NUMBER, "number", "a number such as +447700900000");
        matches("target.to", range.to(), NUMBER, "number", "a number such as +447700900999");
        if (problems.size() > before) {
            return;
        }
        if (range.from().length() != range.to().length() || range.from().compareTo(range.to()) > 0) {
            add("target.to", range.to(), "order", "a number of the same length, not below " + range.from());
        } else if (RangePatterns.of(range.from(), range.to()).size() > MOST_RANGE_PATTERNS) {
            add("target.to", range.to(), "ragged", "a range that ends on a round number");
        }
    }

    private void basis(Basis basis, OrderAction action) {
        text("basis.document", basis.document());
        text("basis.office", basis.office());
        if (action.isInterception() && !basis.scan().matches(SHA256)) {
            add("basis.scan", basis.scan(), "scan", "the signed copy");
        }
    }

    private void validity(OrderContent content, Instant now) {
        if (!content.from().isBefore(content.until())) {
            add("until", content.until().toString(), "before", "a time after " + content.from());
        } else if (!now.isBefore(content.until())) {
            add("until", content.until().toString(), "past", "a time to come");
        } else if (content.until().isAfter(now.plus(LONGEST))) {
            add("until", content.until().toString(), "far", "at most " + LONGEST.toDays() + " days from now");
        }
        if (content.confidence() < 0 || content.confidence() > 100) {
            add("confidence", Integer.toString(content.confidence()), "percent", "0 to 100");
        }
    }

    private void text(String field, String value) {
        if (value.isBlank()) {
            add(field, value, "missing", "a text");
        }
    }

    private void matches(String field, String value, String form, String word, String expected) {
        if (!value.matches(form)) {
            add(field, value, word, expected);
        }
    }

    private void add(String field, String value, String word, String expected) {
        problems.add(new OrderProblem(field, value, word, expected));
    }
}
