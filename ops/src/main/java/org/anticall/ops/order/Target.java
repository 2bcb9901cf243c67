package org.anticall.ops.order;

import java.time.Duration;
import java.util.List;

/** Which calls an order means. */
public sealed interface Target {

    /** Longest list that an order carries itself. */
    int MOST_NUMBERS = 10_000;

    /**
     * Single numbers, as {@code +447700900217}.
     *
     * @param numbers one or more, without doubles
     */
    record Numbers(List<String> numbers) implements Target {
        public Numbers {
            numbers = List.copyOf(numbers);
        }
    }

    /** All numbers that begin so, {@code +4477009}. */
    record Prefix(String prefix) implements Target {}

    /** All numbers from one to another of the same length, ends included. */
    record Range(String from, String to) implements Target {}

    /**
     * A condition in the rules' own language.
     *
     * @param json the condition as a JSON object, as a rule file has it below {@code when}
     */
    record Conditional(String json) implements Target {}

    /**
     * The numbers of a list that the centre keeps, as many as there are when a revision is made.
     *
     * @param list its name, see {@link ManagedList#NAME}
     */
    record Listed(String list) implements Target {}

    /** How long such an order holds unless its author says otherwise. */
    default Duration defaultValidity() {
        if (this instanceof Numbers) {
            return Duration.ofDays(30);
        }
        return this instanceof Conditional || this instanceof Listed ? Duration.ofDays(90) : Duration.ofDays(7);
    }

    /**
     * The numbers and prefixes that stand for it, prefixes with {@code *} at their end; none for a condition
     * or a list.
     *
     * @return as few as possible
     */
    default List<String> patterns() {
        if (this instanceof Numbers list) {
            return list.numbers();
        }
        if (this instanceof Prefix prefix) {
            return List.of(prefix.prefix() + "*");
        }
        return this instanceof Range range ? RangePatterns.of(range.from(), range.to()) : List.of();
    }
}
