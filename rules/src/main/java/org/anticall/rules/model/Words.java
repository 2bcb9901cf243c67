package org.anticall.rules.model;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.anticall.rules.call.CallFeature;
import org.anticall.rules.call.Mark;
import org.anticall.rules.call.Measure;
import org.anticall.rules.call.NumberField;
import org.anticall.rules.call.RoamingAnswer;
import org.anticall.rules.call.Verdict.LadderStep;
import org.anticall.rules.number.PartyNumber;
import org.anticall.rules.number.RangeClass;

/** The words of the rule language: each constant by its name in lower case with hyphens. */
final class Words {

    static final Map<String, PartyNumber.Kind> KINDS = of(PartyNumber.Kind.values());
    static final Map<String, PartyNumber.Form> FORMS = of(PartyNumber.Form.values());
    static final Map<String, RangeClass> RANGE_CLASSES = of(RangeClass.values());
    static final Map<String, RoamingAnswer.State> ROAMING_STATES = roamingStates();
    static final Map<String, Stage> STAGES = of(Stage.values());
    static final Map<String, Mode> MODES = of(new Mode[] {Mode.LIVE, Mode.SHADOW});
    static final Map<String, LegalBasis.Type> BASIS_TYPES = of(LegalBasis.Type.values());
    static final Map<String, LadderStep> LADDER_STEPS = of(LadderStep.values());
    static final Map<String, NumberField> FIELDS = of(NumberField.values());

    static final Map<String, RoamingAnswer.Mode> ROAMING_MODES = of(RoamingAnswer.Mode.values());
    static final Map<String, Mark> MARKS = of(Mark.values());
    static final Map<String, Measure> MEASURES = of(Measure.values());
    static final Map<String, Boolean> ANSWERS = Map.of("yes", true, "no", false, "true", true, "false", false);

    private Words() {}

    /** The values of a feature by their words. */
    static Map<String, Enum<?>> of(CallFeature feature) {
        return of(feature.all());
    }

    static String of(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static <E extends Enum<?>> Map<String, E> of(E[] constants) {
        Map<String, E> words = new LinkedHashMap<>();
        for (E constant : constants) {
            words.put(of(constant), constant);
        }
        return words;
    }

    /** That nobody asked yet is no state a rule can name: a rule waits for the answer. */
    private static Map<String, RoamingAnswer.State> roamingStates() {
        Map<String, RoamingAnswer.State> words = of(RoamingAnswer.State.values());
        words.remove(of(RoamingAnswer.State.NOT_ASKED));
        return words;
    }
}
