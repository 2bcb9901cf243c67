package org.anticall.rules.engine;

import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Collectors;
import org.anticall.rules.call.CallFacts;
import org.anticall.rules.call.CountryCodeSet;
import org.anticall.rules.call.NumberField;
import org.anticall.rules.number.Countries;
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
        return new Listed(field, list, "list " + list.name(), ProfiledLists.NONE);
    }

    /** The number is in {@code list}; of callers it is remembered. */
    public static Test listed(NumberField field, NumberList list, ProfiledLists profiled) {
        boolean isCaller =
                field == NumberField.CALLER || field == NumberField.ASSERTED || field == NumberField.PRESENTED;
        return new Listed(field, list, "list " + list.name(), isCaller ? profiled.bitOf(list) : ProfiledLists.NONE);
    }

    /** The number is among those of the rule itself. */
    public static Test matches(NumberField field, NumberList numbers) {
        return new Listed(field, numbers, "the rule's numbers", ProfiledLists.NONE);
    }

    /** Both fields hold the same complete number. */
    public static Test same(NumberField field, NumberField other) {
        return new Same(field, other);
    }

    /** Both fields hold complete numbers, and not the same. */
    public static Test differs(NumberField field, NumberField other) {
        return new Differs(field, other);
    }

    /** The number's country code is one of {@code codes}. */
    public static Test country(NumberField field, CountryCodeSet codes) {
        return new OfCountry(field, codes);
    }

    /** The trunk's carrier may, or may not, bring callers of the number's country. */
    public static Test contracted(NumberField field, boolean contracted) {
        return new Contracted(field, contracted);
    }

    /** A foreign number has, or has not, a length that numbers of its country can have. */
    public static Test plausibleLength(NumberField field, boolean plausible) {
        return new PlausibleLength(field, plausible);
    }

    /** The number lies in one of the spans from {@code firsts} to {@code lasts}. */
    public static Test ranges(NumberField field, long[] firsts, long[] lasts) {
        return new InRange(field, firsts.clone(), lasts.clone());
    }

    /** Different numbers of one country and length that have the first {@code digits} national digits in common. */
    public static Test neighbour(NumberField field, NumberField other, int digits) {
        return new Neighbour(field, other, digits);
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

    private record Listed(NumberField field, NumberList list, String where, int bit) implements Test {

        @Override
        public Truth holds(CallFacts facts, long classes) {
            int hits = bit == ProfiledLists.NONE ? 0 : CallView.hits(field, facts, classes);
            return Truth.of(
                    (hits & CallView.KNOWN) != 0
                            ? ((hits >>> bit) & 1) != 0
                            : list.find(field.of(facts), facts.atEpochMillis()) != NumberList.NONE);
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

    private record Differs(NumberField field, NumberField other) implements Test {

        @Override
        public Truth holds(CallFacts facts, long classes) {
            long number = PartyNumber.e164(field.of(facts));
            long second = PartyNumber.e164(other.of(facts));
            return Truth.of(number != E164.NONE && second != E164.NONE && number != second);
        }

        @Override
        public String why(CallFacts facts, long classes) {
            boolean differs = holds(facts, classes) == Truth.TRUE;
            return named(field, facts) + (differs ? " is not " : " does not differ from ") + named(other, facts);
        }
    }

    private record OfCountry(NumberField field, CountryCodeSet codes) implements Test {

        @Override
        public Truth holds(CallFacts facts, long classes) {
            return Truth.of(codes.contains(Countries.codeOf(PartyNumber.e164(field.of(facts)))));
        }

        @Override
        public String why(CallFacts facts, long classes) {
            long e164 = PartyNumber.e164(field.of(facts));
            return e164 == E164.NONE
                    ? content(field, facts)
                    : named(field, facts) + " has country code " + Countries.codeOf(e164)
                            + (holds(facts, classes) == Truth.TRUE ? "" : ", not one of " + codes);
        }
    }

    private record Contracted(NumberField field, boolean contracted) implements Test {

        @Override
        public Truth holds(CallFacts facts, long classes) {
            long e164 = PartyNumber.e164(field.of(facts));
            return Truth.of(e164 != E164.NONE
                    && facts.terms().isKnown()
                    && facts.terms().carries(Countries.codeOf(e164)) == contracted);
        }

        @Override
        public String why(CallFacts facts, long classes) {
            long e164 = PartyNumber.e164(field.of(facts));
            if (e164 == E164.NONE) {
                return content(field, facts);
            }
            if (!facts.terms().isKnown()) {
                return "it is not known which countries the trunk may bring";
            }
            return named(field, facts) + " has country code " + Countries.codeOf(e164)
                    + (facts.terms().hub()
                            ? ", the trunk may bring all"
                            : ", the trunk may bring " + facts.terms().origins());
        }
    }

    private record PlausibleLength(NumberField field, boolean plausible) implements Test {

        @Override
        public Truth holds(CallFacts facts, long classes) {
            return Truth.of(CallView.classOf(field, classes) == RangeClass.FOREIGN
                    && Countries.isPossibleLength(PartyNumber.e164(field.of(facts))) == plausible);
        }

        @Override
        public String why(CallFacts facts, long classes) {
            long e164 = PartyNumber.e164(field.of(facts));
            if (CallView.classOf(field, classes) != RangeClass.FOREIGN) {
                return e164 == E164.NONE ? content(field, facts) : named(field, facts) + " is no foreign number";
            }
            return named(field, facts) + (Countries.isPossibleLength(e164) ? " has" : " has not")
                    + " a length that numbers of country code " + Countries.codeOf(e164) + " have";
        }
    }

    private record InRange(NumberField field, long[] firsts, long[] lasts) implements Test {

        @Override
        public Truth holds(CallFacts facts, long classes) {
            long e164 = PartyNumber.e164(field.of(facts));
            for (int i = 0; i < firsts.length; i++) {
                if (e164 >= firsts[i] && e164 <= lasts[i]) {
                    return Truth.TRUE;
                }
            }
            return Truth.FALSE;
        }

        @Override
        public String why(CallFacts facts, long classes) {
            if (PartyNumber.e164(field.of(facts)) == E164.NONE) {
                return content(field, facts);
            }
            return named(field, facts) + (holds(facts, classes) == Truth.TRUE ? " is" : " is not")
                    + " in the rule's ranges";
        }
    }

    private record Neighbour(NumberField field, NumberField other, int digits) implements Test {

        @Override
        public Truth holds(CallFacts facts, long classes) {
            long number = PartyNumber.e164(field.of(facts));
            long second = PartyNumber.e164(other.of(facts));
            if (number == E164.NONE || second == E164.NONE || number == second) {
                return Truth.FALSE;
            }
            int length = E164.digits(number);
            int shared = E164.digits(Countries.codeOf(number)) + digits;
            return Truth.of(length == E164.digits(second)
                    && shared <= length
                    && E164.prefix(number, shared) == E164.prefix(second, shared));
        }

        @Override
        public String why(CallFacts facts, long classes) {
            boolean near = holds(facts, classes) == Truth.TRUE;
            return named(field, facts) + (near ? " shares" : " does not share") + " the first " + digits
                    + " national digits with " + named(other, facts);
        }
    }
}
