package org.anticall.rules.call;

import java.util.Locale;

/** A number of a call that a rule can look at. */
public enum NumberField {
    /** {@link CallFacts#caller()}. */
    CALLER,
    ASSERTED,
    PRESENTED,
    CALLEE,
    REDIRECTING,
    SECOND_ASSERTED,
    REMOTE_PARTY;

    private final String text = name().toLowerCase(Locale.ROOT).replace('_', '-');

    /** The number, packed as in {@link org.anticall.rules.number.PartyNumber}. */
    public long of(CallFacts facts) {
        return switch (this) {
            case CALLER -> facts.caller();
            case ASSERTED -> facts.asserted();
            case PRESENTED -> facts.presented();
            case CALLEE -> facts.callee();
            case REDIRECTING -> facts.redirecting();
            case SECOND_ASSERTED -> facts.secondAsserted();
            case REMOTE_PARTY -> facts.remoteParty();
        };
    }

    /** Name in rule files and explanations: {@code second-asserted}. */
    public String text() {
        return text;
    }
}
