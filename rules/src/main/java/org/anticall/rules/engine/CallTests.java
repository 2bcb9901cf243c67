package org.anticall.rules.engine;

import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.anticall.rules.call.CallFacts;
import org.anticall.rules.call.CallFeature;
import org.anticall.rules.call.Mark;
import org.anticall.rules.call.NumberField;
import org.anticall.rules.number.NumberingPlan;

/** Tests that look at the call rather than at one of its numbers. */
public final class CallTests {

    private CallTests() {}

    /** The feature has one of {@code values}. */
    public static Test is(CallFeature feature, Set<Enum<?>> values) {
        int mask = 0;
        for (Enum<?> value : values) {
            mask |= 1 << value.ordinal();
        }
        return new Is(feature, mask);
    }

    /** The call came on one of the trunks {@code names}. */
    public static Test trunk(Set<String> names) {
        return new OnTrunk(Set.copyOf(names));
    }

    /** The call has one of {@code marks}. */
    public static Test marked(Set<Mark> marks) {
        int bits = Mark.NONE;
        for (Mark mark : marks) {
            bits = mark.in(bits);
        }
        return new Marked(bits);
    }

    /** The call has one of {@code fingerprints}. */
    public static Test fingerprint(Set<Long> fingerprints) {
        return new OfFingerprint(
                fingerprints.stream().mapToLong(Long::longValue).sorted().toArray());
    }

    /** The called number is one of the home country's emergency codes. */
    public static Test emergency(NumberingPlan plan) {
        return new Emergency(plan);
    }

    private static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private record Is(CallFeature feature, int mask) implements Test {

        @Override
        public Truth holds(CallFacts facts, long classes) {
            return Truth.of(((mask >>> feature.of(facts).ordinal()) & 1) != 0);
        }

        @Override
        public String why(CallFacts facts, long classes) {
            if (feature == CallFeature.PRIVACY) {
                return facts.privacyRequested() ? "the call asks for privacy" : "the call does not ask for privacy";
            }
            String found = feature.phrase() + word(feature.of(facts));
            return holds(facts, classes) == Truth.TRUE
                    ? found
                    : found + ", not "
                            + Arrays.stream(feature.all())
                                    .filter(each -> ((mask >>> each.ordinal()) & 1) != 0)
                                    .map(CallTests::word)
                                    .collect(Collectors.joining(" or "));
        }
    }

    private record OnTrunk(Set<String> names) implements Test {

        @Override
        public Truth holds(CallFacts facts, long classes) {
            return Truth.of(names.contains(facts.trunk()));
        }

        @Override
        public String why(CallFacts facts, long classes) {
            return names.contains(facts.trunk())
                    ? "the trunk is " + facts.trunk()
                    : "the trunk is " + facts.trunk() + ", not "
                            + String.join(" or ", names.stream().sorted().toList());
        }
    }

    private record Marked(int bits) implements Test {

        @Override
        public Truth holds(CallFacts facts, long classes) {
            return Truth.of((bits & facts.marks()) != 0);
        }

        @Override
        public String why(CallFacts facts, long classes) {
            return holds(facts, classes) == Truth.TRUE
                    ? "the call is marked " + words(bits & facts.marks())
                    : "the call is not marked " + words(bits);
        }

        private static String words(int bits) {
            return Arrays.stream(Mark.values())
                    .filter(mark -> mark.isIn(bits))
                    .map(Mark::text)
                    .collect(Collectors.joining(" or "));
        }
    }

    private record OfFingerprint(long[] fingerprints) implements Test {

        @Override
        public Truth holds(CallFacts facts, long classes) {
            return Truth.of(facts.fingerprint() != 0 && Arrays.binarySearch(fingerprints, facts.fingerprint()) >= 0);
        }

        @Override
        public String why(CallFacts facts, long classes) {
            String found = "fingerprint " + Long.toHexString(facts.fingerprint());
            return found + (holds(facts, classes) == Truth.TRUE ? " is" : " is not") + " among the rule's";
        }
    }

    private record Emergency(NumberingPlan plan) implements Test {

        @Override
        public Truth holds(CallFacts facts, long classes) {
            return Truth.of(plan.isEmergency(facts.callee()));
        }

        @Override
        public String why(CallFacts facts, long classes) {
            return NumberTests.named(NumberField.CALLEE, facts)
                    + (plan.isEmergency(facts.callee()) ? " is an emergency number" : " is no emergency number");
        }
    }
}
