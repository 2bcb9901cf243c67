package org.anticall.rules.model;

import java.util.List;
import org.anticall.rules.call.LocalizedText;
import org.jspecify.annotations.Nullable;

/**
 * One rule.
 *
 * @param id unique in the set, as it appears in records and explanations
 * @param title what it is about
 * @param stage where in the screening it stands
 * @param priority its turn within the stage, 1 to {@value #MAX_PRIORITY}, no two rules of a stage have the same
 * @param mode whether it acts
 * @param canary the calls for which it acts; null unless {@code mode} is {@link Mode#CANARY}
 * @param validity when it is in force
 * @param basis the ground it stands on, null if it has none
 * @param when what must hold for any of its cases
 * @param cases tried in order, the first that holds counts; not empty
 * @param place where it is written
 */
public record Rule(
        String id,
        LocalizedText title,
        Stage stage,
        int priority,
        Mode mode,
        @Nullable Canary canary,
        Validity validity,
        @Nullable LegalBasis basis,
        Condition when,
        List<Case> cases,
        Place place) {

    /** Highest priority value, which is the last turn: that of the last order. */
    public static final int MAX_PRIORITY = Orders.MAX_PRIORITY + (int) OrderLine.MAX_NUMBER;

    public Rule {
        cases = List.copyOf(cases);
        if (id.isBlank() || cases.isEmpty() || priority < 1 || priority > MAX_PRIORITY) {
            throw new IllegalArgumentException(
                    "rule '" + id + "' needs an id, a case and a priority from 1 to " + MAX_PRIORITY);
        }
    }

    /**
     * One thing a rule can say.
     *
     * @param when what must hold besides the rule's own condition
     * @param then what happens then
     * @param reason one sentence for people: what is known of the call, without blame
     */
    public record Case(Condition when, Action then, LocalizedText reason) {}

    /**
     * Whether it takes more than mere signs for it to hit: it looks at numbers, lists and agreements, or an authority
     * orders it. Only such a rule may reject a call, alone or with the points of others.
     */
    public boolean isSolid() {
        boolean rests = stage == Stage.DETERMINISTIC || stage == Stage.ROAMING;
        return rests && (!isSign() || isOrdered());
    }

    /** Whether it rests on behaviour or on how the caller's equipment looks. */
    public boolean isSign() {
        return when.isSign() || cases.stream().anyMatch(one -> one.when().isSign());
    }

    /** Whether a law, a court or a prosecutor orders it. */
    public boolean isOrdered() {
        return basis != null && basis.type().isOrder();
    }

    /** Whether one of the cases keeps the call from reaching the citizen as it came. */
    public boolean isInterception() {
        return cases.stream().anyMatch(one -> one.then().isInterception());
    }
}
