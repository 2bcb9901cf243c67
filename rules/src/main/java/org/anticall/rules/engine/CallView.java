package org.anticall.rules.engine;

import org.anticall.rules.call.CallFacts;
import org.anticall.rules.call.NumberField;
import org.anticall.rules.number.E164;
import org.anticall.rules.number.NumberingPlan;
import org.anticall.rules.number.PartyNumber;
import org.anticall.rules.number.RangeClass;

/** The classes of a call's numbers, looked up once per call and packed into a {@code long}: four bits per field. */
final class CallView {

    private static final NumberField[] FIELDS = NumberField.values();

    private CallView() {}

    static long classes(CallFacts facts, NumberingPlan plan) {
        long classes = 0;
        long before = E164.NONE;
        int ordinal = RangeClass.NONE.ordinal();
        for (NumberField field : FIELDS) {
            long number = PartyNumber.e164(field.of(facts));
            if (number != before) {
                // Caller, asserted and presented number follow one another and are mostly the same.
                ordinal = plan.classOf(number).ordinal();
                before = number;
            }
            classes |= (long) ordinal << (4 * field.ordinal());
        }
        return classes;
    }

    static RangeClass classOf(NumberField field, long classes) {
        return NumberingPlan.classAt((int) (classes >>> (4 * field.ordinal())) & 0xF);
    }
}
