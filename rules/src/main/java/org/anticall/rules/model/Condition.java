package org.anticall.rules.model;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import org.anticall.rules.call.CallFeature;
import org.anticall.rules.call.CountryCodeSet;
import org.anticall.rules.call.Gauge;
import org.anticall.rules.call.Mark;
import org.anticall.rules.call.NumberField;
import org.anticall.rules.call.RoamingAnswer;
import org.anticall.rules.call.RoamingQuery.Party;
import org.anticall.rules.number.E164;
import org.anticall.rules.number.NumberList;
import org.anticall.rules.number.PartyNumber;
import org.anticall.rules.number.RangeClass;

/** What must be so for a rule to hit. Structured on purpose: no scripts, so that people can read it and its cost is bounded. */
public sealed interface Condition {

    /** Every part holds; holds if there is none. */
    record All(List<Condition> parts) implements Condition {
        public All {
            parts = List.copyOf(parts);
        }
    }

    /** At least one part holds. */
    record Any(List<Condition> parts) implements Condition {
        public Any {
            parts = List.copyOf(parts);
        }
    }

    /** The part does not hold. */
    record Not(Condition part) implements Condition {}

    /** The feature has one of these values. */
    record Is(CallFeature feature, Set<Enum<?>> values) implements Condition {
        public Is {
            values = Set.copyOf(values);
        }
    }

    /** The call came on one of these trunks, by name. */
    record OnTrunk(Set<String> names) implements Condition {
        public OnTrunk {
            names = Set.copyOf(names);
        }
    }

    /** The call has at least one of these marks. */
    record Marked(Set<Mark> marks) implements Condition {
        public Marked {
            marks = Set.copyOf(marks);
        }
    }

    /** The call has one of these fingerprints. */
    record OfFingerprint(Set<Long> fingerprints) implements Condition {
        public OfFingerprint {
            fingerprints = Set.copyOf(fingerprints);
        }
    }

    /** What the field holds: a number, a short code, nothing ... */
    record OfKind(NumberField field, Set<PartyNumber.Kind> kinds) implements Condition {
        public OfKind {
            kinds = Set.copyOf(kinds);
        }
    }

    /** How the number was written. */
    record OfForm(NumberField field, Set<PartyNumber.Form> forms) implements Condition {
        public OfForm {
            forms = Set.copyOf(forms);
        }
    }

    /** The class of the number in the home country's numbering plan. */
    record OfClass(NumberField field, Set<RangeClass> classes) implements Condition {
        public OfClass {
            classes = Set.copyOf(classes);
        }
    }

    /** The number's country code is one of these. */
    record OfCountry(NumberField field, CountryCodeSet codes) implements Condition {}

    /** Whether the trunk's carrier may bring callers of the number's country. Holds neither way for no number. */
    record Contracted(NumberField field, boolean contracted) implements Condition {}

    /** Whether a foreign number has a length that numbers of its country have. Holds neither way for other numbers. */
    record OfPlausibleLength(NumberField field, boolean plausible) implements Condition {}

    /** The number is in the list of that name. */
    record Listed(NumberField field, String list) implements Condition {}

    /** The number is one of these, or starts with one of these prefixes, written in the rule itself. */
    record Matches(NumberField field, List<NumberList.Entry> entries) implements Condition {
        public Matches {
            entries = List.copyOf(entries);
        }
    }

    /** The number lies in one of these ranges. */
    record InRange(NumberField field, List<NumberSpan> spans) implements Condition {
        public InRange {
            spans = List.copyOf(spans);
        }
    }

    /**
     * All numbers from one to another, of the same count of digits.
     *
     * @param first E.164
     * @param last E.164, not below first
     */
    record NumberSpan(long first, long last) {
        public NumberSpan {
            if (first < 1 || first > last || E164.digits(first) != E164.digits(last)) {
                throw new IllegalArgumentException("no range from " + first + " to " + last);
            }
        }

        /** As it is written: {@code +77172500000..+77172509999}. */
        public String text() {
            return E164.format(first) + ".." + E164.format(last);
        }
    }

    /** Both fields hold the same complete number. */
    record Same(NumberField field, NumberField other) implements Condition {}

    /** Both fields hold complete numbers, and not the same. */
    record Differs(NumberField field, NumberField other) implements Condition {}

    /**
     * Both fields hold different complete numbers of the same country and length whose national digits begin alike.
     *
     * @param digits how many leading national digits must be the same, 1 to 14
     */
    record Neighbour(NumberField field, NumberField other, int digits) implements Condition {}

    /** A home mobile number whose subscriber is in one of these states. Never holds for other numbers. */
    record InRoamingState(Party party, Set<RoamingAnswer.State> states) implements Condition {
        public InRoamingState {
            states = Set.copyOf(states);
        }
    }

    /** A subscriber who roams, in one of these countries (ISO 3166-1 alpha-2). */
    record InRoamingCountry(Party party, Set<String> countries) implements Condition {
        public InRoamingCountry {
            countries = Set.copyOf(countries);
        }
    }

    /** A subscriber who roams, whose calls are handed on in one of these ways. */
    record InRoamingMode(Party party, Set<RoamingAnswer.Mode> modes) implements Condition {
        public InRoamingMode {
            modes = Set.copyOf(modes);
        }
    }

    /** A subscriber who roams, in a country whose callers the trunk's carrier may, or may not, bring. */
    record RoamingContracted(Party party, boolean contracted) implements Condition {}

    /**
     * Time of day at home.
     *
     * @param fromMinute first minute of the day, 0 to 1439
     * @param untilMinute first minute that is not meant any more; before {@code fromMinute} if the time goes past midnight
     */
    record AtTime(int fromMinute, int untilMinute) implements Condition {}

    /** Day of the week at home. */
    record OnWeekday(Set<DayOfWeek> days) implements Condition {
        public OnWeekday {
            days = Set.copyOf(days);
        }
    }

    /** Date at home. */
    record OnDate(List<DateSpan> spans) implements Condition {
        public OnDate {
            spans = List.copyOf(spans);
        }
    }

    /** All days from one to another, both included. */
    record DateSpan(LocalDate first, LocalDate last) {
        public DateSpan {
            if (last.isBefore(first)) {
                throw new IllegalArgumentException(last + " is before " + first);
            }
        }

        /** As it is written: {@code 2026-12-31}, {@code 2026-12-16..2026-12-18}. */
        public String text() {
            return first.equals(last) ? first.toString() : first + ".." + last;
        }
    }

    /**
     * A counter is at its limit or beyond. Never holds while the counter's value is unknown.
     *
     * @param atLeast whether the value must be at least, else at most, {@code limit}
     */
    record Reads(Gauge gauge, boolean atLeast, int limit) implements Condition {}

    /**
     * Whether it rests on behaviour or on how the caller's equipment looks, rather than on numbers, lists and agreements:
     * such signs alone never reject a call.
     */
    default boolean isSign() {
        if (this instanceof All all) {
            return all.parts().stream().anyMatch(Condition::isSign);
        }
        if (this instanceof Any any) {
            return any.parts().stream().anyMatch(Condition::isSign);
        }
        if (this instanceof Not not) {
            return not.part().isSign();
        }
        return this instanceof Reads
                || this instanceof OfFingerprint
                || this instanceof Marked
                || (this instanceof Is is
                        && (is.feature() == CallFeature.USER_AGENT || is.feature() == CallFeature.PASSPORT));
    }

    /** How many single tests it takes at most to tell whether it holds. */
    default int tests() {
        if (this instanceof All all) {
            return all.parts().stream().mapToInt(Condition::tests).sum();
        }
        if (this instanceof Any any) {
            return any.parts().stream().mapToInt(Condition::tests).sum();
        }
        return this instanceof Not not ? not.part().tests() : 1;
    }
}
