package org.anticall.rules.engine;

import java.util.EnumSet;
import java.util.Set;
import org.anticall.rules.call.CallFacts;
import org.anticall.rules.call.NumberField;
import org.anticall.rules.call.RoamingAnswer;
import org.anticall.rules.call.RoamingAnswer.State;
import org.anticall.rules.call.RoamingQuery.Party;
import org.anticall.rules.call.TrunkTerms;
import org.anticall.rules.number.Countries;
import org.anticall.rules.number.RangeClass;

/** Tests that look at where a subscriber is. They never hold for numbers that are not home mobile numbers. */
public final class RoamingTests {

    private RoamingTests() {}

    /** The subscriber is in one of {@code states}. */
    public static Test state(Party party, Set<State> states) {
        EnumSet<State> wanted = EnumSet.noneOf(State.class);
        wanted.addAll(states);
        return new Roaming(new Subject(party), answer -> wanted.contains(answer.state()));
    }

    /** The subscriber roams in one of {@code countries}. */
    public static Test country(Party party, Set<String> countries) {
        Set<String> wanted = Set.copyOf(countries);
        return new Roaming(new Subject(party), answer -> wanted.contains(answer.country()));
    }

    /** The subscriber roams, and calls are handed on in one of {@code modes}. */
    public static Test mode(Party party, Set<RoamingAnswer.Mode> modes) {
        EnumSet<RoamingAnswer.Mode> wanted = EnumSet.noneOf(RoamingAnswer.Mode.class);
        wanted.addAll(modes);
        return new Roaming(
                new Subject(party), answer -> answer.state() == State.ROAMING && wanted.contains(answer.mode()));
    }

    /** The subscriber roams in a country whose callers the trunk's carrier may, or may not, bring. */
    public static Test contracted(Party party, boolean contracted) {
        return new Contracted(new Subject(party), contracted);
    }

    /** What to tell of an answer; no allocation. */
    @FunctionalInterface
    private interface Wanted {
        boolean holds(RoamingAnswer answer);
    }

    private record Subject(Party party) {

        NumberField field() {
            return party == Party.CALLER ? NumberField.CALLER : NumberField.REDIRECTING;
        }

        boolean canRoam(long classes) {
            return CallView.classOf(field(), classes) == RangeClass.HOME_MOBILE;
        }

        RoamingAnswer answer(CallFacts facts) {
            return party == Party.CALLER ? facts.callerRoaming() : facts.redirectingRoaming();
        }

        Truth unknown() {
            return party == Party.CALLER ? Truth.NEEDS_CALLER : Truth.NEEDS_REDIRECTING;
        }

        String why(CallFacts facts, long classes) {
            String named = NumberTests.named(field(), facts);
            if (!canRoam(classes)) {
                return named + " is not a home mobile number, so it cannot roam";
            }
            RoamingAnswer answer = answer(facts);
            return switch (answer.state()) {
                case NOT_ASKED -> "it is not known yet where " + named + " is";
                case HOME -> named + " is at home";
                case ROAMING ->
                    named + " roams" + (answer.country().isEmpty() ? "" : " in " + answer.country())
                            + (answer.mode() == RoamingAnswer.Mode.S8HR ? ", its calls begin in the home network" : "");
                case UNALLOCATED -> named + " has no subscriber";
                case UNKNOWN -> "the home network cannot tell where " + named + " is";
                case TIMEOUT -> "the home network did not say in time where " + named + " is";
            };
        }
    }

    private record Roaming(Subject subject, Wanted wanted) implements Test {

        @Override
        public Truth holds(CallFacts facts, long classes) {
            if (!subject.canRoam(classes)) {
                return Truth.FALSE;
            }
            RoamingAnswer answer = subject.answer(facts);
            return answer.state() == State.NOT_ASKED ? subject.unknown() : Truth.of(wanted.holds(answer));
        }

        @Override
        public String why(CallFacts facts, long classes) {
            return subject.why(facts, classes);
        }
    }

    private record Contracted(Subject subject, boolean contracted) implements Test {

        @Override
        public Truth holds(CallFacts facts, long classes) {
            TrunkTerms terms = facts.terms();
            if (!subject.canRoam(classes) || !terms.isKnown()) {
                return Truth.FALSE;
            }
            RoamingAnswer answer = subject.answer(facts);
            if (answer.state() == State.NOT_ASKED) {
                return subject.unknown();
            }
            int code = Countries.codeOf(answer.country());
            return Truth.of(answer.state() == State.ROAMING && code != 0 && terms.carries(code) == contracted);
        }

        @Override
        public String why(CallFacts facts, long classes) {
            String where = subject.why(facts, classes);
            if (!facts.terms().isKnown()) {
                return where + ", and it is not known which countries the trunk may bring";
            }
            return facts.terms().hub()
                    ? where + ", and the trunk may bring callers of all countries"
                    : where + ", and the trunk may bring callers of "
                            + facts.terms().origins();
        }
    }
}
