package org.anticall.rules.model;

import java.util.List;
import java.util.Set;
import org.anticall.rules.call.NumberField;
import org.anticall.rules.call.RoamingAnswer;
import org.anticall.rules.call.RoamingQuery;
import org.anticall.rules.call.TrunkClass;
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

    /** The call came on a trunk of one of these classes. */
    record OnTrunkClass(Set<TrunkClass> classes) implements Condition {
        public OnTrunkClass {
            classes = Set.copyOf(classes);
        }
    }

    /** The call came on one of these trunks, by name. */
    record OnTrunk(Set<String> names) implements Condition {
        public OnTrunk {
            names = Set.copyOf(names);
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

    /** The number is in the list of that name. */
    record Listed(NumberField field, String list) implements Condition {}

    /** The number is one of these, or starts with one of these prefixes, written in the rule itself. */
    record Matches(NumberField field, List<NumberList.Entry> entries) implements Condition {
        public Matches {
            entries = List.copyOf(entries);
        }
    }

    /** Both fields hold the same complete number. */
    record Same(NumberField field, NumberField other) implements Condition {}

    /** A home mobile number whose subscriber is in one of these states. Never holds for other numbers. */
    record InRoamingState(RoamingQuery.Party party, Set<RoamingAnswer.State> states) implements Condition {
        public InRoamingState {
            states = Set.copyOf(states);
        }
    }

    /** Whether the call asks to withhold the caller's identity (RFC 3323). */
    record PrivacyRequested(boolean requested) implements Condition {}
}
