package org.anticall.rules.engine;

import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Collectors;
import org.anticall.rules.call.CallFacts;
import org.anticall.rules.call.NumberField;
import org.anticall.rules.number.E164;
import org.anticall.rules.number.NumberList;
import org.anticall.rules.number.NumberingPlan;
import org.anticall.rules.number.PartyNumber;
import org.anticall.rules.number.RangeClass;

/** Tests that look at one number of the call. */
public final class NumberTests {

    private NumberTests() {}

    /** The field holds one of {@code kinds}. */
    public static Test kind(NumberField field, Set<PartyNumber.Kind> kinds) {
        return new OfKind(field, kinds.isEmpty() ? EnumSet.noneOf(PartyNumber.Kind.class) : EnumSet.copyOf(kinds));
    }

    /** The number was written in one of {@code forms}. */
    public static Test form(NumberField field, Set<PartyNumber.Form> forms) {
        return new OfForm(field, forms.isEmpty() ? EnumSet.noneOf(PartyNumber.Form.class) : EnumSet.copyOf(forms));
    }

    /** The number is of one of {@code classes}. */
    public static Test rangeClass(NumberField field, Set<RangeClass> classes, NumberingPlan plan) {
        return new OfClass(field, classes.isEmpty() ? EnumSet.noneOf(RangeClass.class) : EnumSet.copyOf(classes), plan);
    }

    /** The number is in {@code list}. */
    public static Test listed(NumberField field, NumberList list) {
        return new Listed(field, list, "list " + list.name());
    }

    /** The number is among those of the rule itself. */
    public static Test matches(NumberField field, NumberList numbers) {
        return new Listed(field, numbers, "the rule's numbers");
    }

    /** Both fields hold the same complete number. */
    public static Test same(NumberField field, NumberField other) {
        return new Same(field, other);
    }

    /** {@code caller +77172700000}, {@code callee 112}. */
    static String named(NumberField field, CallFacts facts) {
        return field.text() + " " + PartyNumber.format(field.of(facts));
    }

    /** What the field holds: {@code caller has no number}, {@code caller 1414 is a short code}. */
    private static String content(NumberField field, CallFacts facts) {
        return switch (PartyNumber.kind(field.of(facts))) {
            case ABSENT -> field.text() + " has no number";
            case ANONYMOUS -> field.text() + " withholds the number";
            case E164 -> named(field, facts) + " is a complete number";
            case SHORT -> named(field, facts) + " is a short code";
            case TOO_SHORT -> named(field, facts) + " is no complete number: too short, or it starts with 0";
            case TOO_LONG -> field.text() + " has more than " + E164.MAX_DIGITS + " digits";
            case NOT_DIGITS -> field.text() + " is not made of digits";
        };
    }

    private record OfKind(NumberField field, EnumSet<PartyNumber.Kind> kinds) implements Test {

        @Override
        public Truth holds(CallFacts facts, long classes) {
            return Truth.of(kinds.contains(PartyNumber.kind(field.of(facts))));
        }

        @Override
        public String why(CallFacts facts, long classes) {
            return content(field, facts);
        }
    }

    private record OfForm(NumberField field, EnumSet<PartyNumber.Form> forms) implements Test {

        @Override
        public Truth holds(CallFacts facts, long classes) {
            return Truth.of(forms.contains(PartyNumber.form(field.of(facts))));
        }

        @Override
        public String why(CallFacts facts, long classes) {
            return switch (PartyNumber.form(field.of(facts))) {
                case NONE -> content(field, facts);
                case INTERNATIONAL -> named(field, facts) + " was written with + and country code";
                case BARE -> named(field, facts) + " was written without +";
                case ACCESS_CODE -> named(field, facts) + " was written with an access code";
                case NATIONAL -> named(field, facts) + " was written in national form";
            };
        }
    }

    private record OfClass(NumberField field, EnumSet<RangeClass> wanted, NumberingPlan plan) implements Test {

        @Override
        public Truth holds(CallFacts facts, long classes) {
            return Truth.of(wanted.contains(CallView.classOf(field, classes)));
        }

        @Override
        public String why(CallFacts facts, long classes) {
            long e164 = PartyNumber.e164(field.of(facts));
            RangeClass found = CallView.classOf(field, classes);
            if (found == RangeClass.NONE) {
                return content(field, facts);
            }
            String clause = named(field, facts) + " is " + plan.describe(e164);
            if (wanted.contains(found)) {
                return clause;
            }
            return clause + ", not "
                    + wanted.stream().map(RangeClass::description).collect(Collectors.joining(" or "));
        }
    }

    private record Listed(NumberField field, NumberList list, String where) implements Test {

        @Override
        public Truth holds(CallFacts facts, long classes) {
            return Truth.of(list.find(field.of(facts), facts.atEpochMillis()) != NumberList.NONE);
        }

        @Override
        public String why(CallFacts facts, long classes) {
            int index = list.find(field.of(facts), facts.atEpochMillis());
            if (index != NumberList.NONE) {
                NumberList.Entry entry = list.entry(index);
                String note = entry.note().isEmpty() ? "" : " (" + entry.note() + ")";
                return named(field, facts) + " is in " + where + ": " + entry.text() + note;
            }
            if (!PartyNumber.isPresent(field.of(facts))) {
                return content(field, facts);
            }
            int expired = list.find(field.of(facts), Long.MIN_VALUE);
            return expired == NumberList.NONE
                    ? named(field, facts) + " is not in " + where
                    : named(field, facts) + " is in " + where + " no more: "
                            + list.entry(expired).text() + " has expired";
        }
    }

    private record Same(NumberField field, NumberField other) implements Test {

        @Override
        public Truth holds(CallFacts facts, long classes) {
            long number = PartyNumber.e164(field.of(facts));
            return Truth.of(number != E164.NONE && number == PartyNumber.e164(other.of(facts)));
        }

        @Override
        public String why(CallFacts facts, long classes) {
            boolean same = holds(facts, classes) == Truth.TRUE;
            return named(field, facts) + (same ? " is also " : " is not ") + named(other, facts);
        }
    }
}
