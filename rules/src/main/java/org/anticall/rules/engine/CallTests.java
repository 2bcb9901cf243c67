package org.anticall.rules.engine;

import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import org.anticall.rules.call.CallFacts;
import org.anticall.rules.call.NumberField;
import org.anticall.rules.call.RoamingAnswer;
import org.anticall.rules.call.RoamingQuery.Party;
import org.anticall.rules.call.TrunkClass;
import org.anticall.rules.number.NumberingPlan;
import org.anticall.rules.number.RangeClass;

/** Tests that look at the call rather than at one of its numbers. */
public final class CallTests {

    private CallTests() {}

    /** The call came on a trunk of one of {@code classes}. */
    public static Test trunkClass(Set<TrunkClass> classes) {
        return new OnTrunkClass(classes.isEmpty() ? EnumSet.noneOf(TrunkClass.class) : EnumSet.copyOf(classes));
    }

    /** The call came on one of the trunks {@code names}. */
    public static Test trunk(Set<String> names) {
        return new OnTrunk(Set.copyOf(names));
    }

    /** The call asks, or does not ask, to withhold the caller's identity. */
    public static Test privacy(boolean requested) {
        return new Privacy(requested);
    }

    /** The number of {@code party} is a home mobile number whose subscriber is in one of {@code states}. */
    public static Test roaming(Party party, Set<RoamingAnswer.State> states) {
        return new Roaming(
                party, states.isEmpty() ? EnumSet.noneOf(RoamingAnswer.State.class) : EnumSet.copyOf(states));
    }

    /** The called number is one of the home country's emergency codes. */
    public static Test emergency(NumberingPlan plan) {
        return new Emergency(plan);
    }

    private record OnTrunkClass(EnumSet<TrunkClass> classes) implements Test {

        @Override
        public Truth holds(CallFacts facts, long packedClasses) {
            return Truth.of(classes.contains(facts.trunkClass()));
        }

        @Override
        public String why(CallFacts facts, long packedClasses) {
            String found = facts.trunkClass().name().toLowerCase(Locale.ROOT);
            return classes.contains(facts.trunkClass())
                    ? "the trunk is " + found
                    : "the trunk is " + found + ", not "
                            + String.join(
                                    " or ",
                                    classes.stream()
                                            .map(each -> each.name().toLowerCase(Locale.ROOT))
                                            .toList());
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

    private record Privacy(boolean requested) implements Test {

        @Override
        public Truth holds(CallFacts facts, long classes) {
            return Truth.of(facts.privacyRequested() == requested);
        }

        @Override
        public String why(CallFacts facts, long classes) {
            return facts.privacyRequested() ? "the call asks for privacy" : "the call does not ask for privacy";
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

    private record Roaming(Party party, EnumSet<RoamingAnswer.State> states) implements Test {

        @Override
        public Truth holds(CallFacts facts, long classes) {
            if (CallView.classOf(field(), classes) != RangeClass.HOME_MOBILE) {
                return Truth.FALSE;
            }
            RoamingAnswer.State state = answer(facts).state();
            if (state == RoamingAnswer.State.NOT_ASKED) {
                return party == Party.CALLER ? Truth.NEEDS_CALLER : Truth.NEEDS_REDIRECTING;
            }
            return Truth.of(states.contains(state));
        }

        @Override
        public String why(CallFacts facts, long classes) {
            String named = NumberTests.named(field(), facts);
            if (CallView.classOf(field(), classes) != RangeClass.HOME_MOBILE) {
                return named + " is not a home mobile number, so it cannot roam";
            }
            RoamingAnswer answer = answer(facts);
            return switch (answer.state()) {
                case NOT_ASKED -> "it is not known yet where " + named + " is";
                case HOME -> named + " is at home";
                case ROAMING -> named + " roams" + (answer.country().isEmpty() ? "" : " in " + answer.country());
                case UNALLOCATED -> named + " has no subscriber";
                case UNKNOWN -> "the home network cannot tell where " + named + " is";
                case TIMEOUT -> "the home network did not say in time where " + named + " is";
            };
        }

        private NumberField field() {
            return party == Party.CALLER ? NumberField.CALLER : NumberField.REDIRECTING;
        }

        private RoamingAnswer answer(CallFacts facts) {
            return party == Party.CALLER ? facts.callerRoaming() : facts.redirectingRoaming();
        }
    }
}
