package org.anticall.rules.call;

import java.util.Locale;

/** A number of a call that a rule can look at. */
public enum NumberField {
    /** {@link CallFacts#caller()}. */
    CALLER,
    ASSERTED,
    PRESENTED,
    CALLEE,
    REDIRECTING;

    /** The number, packed as in {@link org.anticall.rules.number.PartyNumber}. */
    public long of(CallFacts facts) {
        return switch (this) {
            case CALLER -> facts.caller();
            case ASSERTED -> facts.asserted();
            case PRESENTED -> facts.presented();
            case CALLEE -> facts.callee();
            case REDIRECTING -> facts.redirecting();
        };
    }

    /** Name in rule files and explanations: {@code caller}. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }
}
