package org.anticall.rules.engine;

import org.anticall.rules.call.CallFacts;
import org.anticall.rules.call.NumberField;
import org.anticall.rules.number.E164;
import org.anticall.rules.number.NumberingPlan;
import org.anticall.rules.number.PartyNumber;
import org.anticall.rules.number.RangeClass;

/**
 * What the tables say of a call's numbers, looked up once per call and packed into a {@code long}: four bits for the class of
 * each field, and in the upper half the lists that the asserted and the presented number are in, sixteen bits each.
 */
final class CallView {

    /** In what {@link #hits} returns: the lists are known. Below it a bit for each of {@link ProfiledLists}. */
    static final int KNOWN = 1 << ProfiledLists.MOST;

    private static final NumberField[] FIELDS = NumberField.values();
    private static final int CLASS_BITS = 4;
    private static final int CLASS_MASK = (1 << CLASS_BITS) - 1;
    private static final int ASSERTED_SHIFT = 32;
    private static final int PRESENTED_SHIFT = 48;
    private static final int HITS_MASK = 0xFFFF;

    private CallView() {}

    static long of(CallFacts facts, NumberProfiles profiles) {
        long asserted = PartyNumber.e164(facts.asserted());
        long presented = PartyNumber.e164(facts.presented());
        long at = facts.atEpochMillis();
        NumberProfile first = asserted == E164.NONE ? NumberProfile.NONE : profiles.of(asserted, at);
        NumberProfile second = presented == E164.NONE
                ? NumberProfile.NONE
                : presented == asserted ? first : profiles.of(presented, at);
        long view = hits(first, asserted) << ASSERTED_SHIFT | hits(second, presented) << PRESENTED_SHIFT;
        NumberProfile caller = PartyNumber.isPresent(facts.asserted()) ? first : second;
        for (NumberField field : FIELDS) {
            long rangeClass =
                    switch (field) {
                        case CALLER -> caller.rangeClass();
                        case ASSERTED -> first.rangeClass();
                        case PRESENTED -> second.rangeClass();
                        case CALLEE, REDIRECTING, SECOND_ASSERTED, REMOTE_PARTY ->
                            profiles.plan()
                                    .classOf(PartyNumber.e164(field.of(facts)))
                                    .ordinal();
                    };
            view |= rangeClass << (CLASS_BITS * field.ordinal());
        }
        return view;
    }

    private static long hits(NumberProfile profile, long e164) {
        return e164 == E164.NONE ? 0 : profile.hits() | KNOWN;
    }

    static RangeClass classOf(NumberField field, long view) {
        return NumberingPlan.classAt((int) (view >>> (CLASS_BITS * field.ordinal())) & CLASS_MASK);
    }

    /** The lists that the number of {@code field} is in, 0 if they are not known. */
    static int hits(NumberField field, CallFacts facts, long view) {
        return switch (field) {
            case CALLER ->
                (int) (view >>> (PartyNumber.isPresent(facts.asserted()) ? ASSERTED_SHIFT : PRESENTED_SHIFT))
                        & HITS_MASK;
            case ASSERTED -> (int) (view >>> ASSERTED_SHIFT) & HITS_MASK;
            case PRESENTED -> (int) (view >>> PRESENTED_SHIFT) & HITS_MASK;
            case CALLEE, REDIRECTING, SECOND_ASSERTED, REMOTE_PARTY -> 0;
        };
    }
}
