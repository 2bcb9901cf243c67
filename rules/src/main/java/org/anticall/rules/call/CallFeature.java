package org.anticall.rules.call;

import java.util.Locale;
import java.util.function.Function;

/** A trait of a call that has one of a few values, each a word of the rule language. */
public enum CallFeature {
    TRUNK(TrunkClass.values(), CallFacts::trunkClass, "the trunk is "),
    /** Whether the carrier may bring callers of all countries. */
    HUB(Answer.values(), facts -> Answer.of(facts.terms().hub()), "hub trunk: "),
    /** Whether calls of home subscribers may come back on this trunk. */
    TROMBONE(Answer.values(), facts -> Answer.of(facts.terms().trombone()), "agreement on returning routes: "),
    PRIVACY(Privacy.values(), CallFacts::privacy, "privacy asked for: "),
    VERSTAT(Verstat.values(), CallFacts::verstat, "the claimed verstat is "),
    ATTESTATION(Attestation.values(), CallFacts::attestation, "the claimed attestation is "),
    PASSPORT(Passport.values(), CallFacts::passport, "the Identity headers are found "),
    USER_AGENT(UserAgentFamily.values(), CallFacts::userAgent, "the user agent is "),
    /** Whether the home network sent a call of this caller abroad shortly before. */
    RETURNING(
            Answer.values(), facts -> Answer.of(facts.returning()), "own call of the caller to abroad within 120 s: ");

    /** Yes or no, for rule files. */
    public enum Answer {
        NO,
        YES;

        static Answer of(boolean yes) {
            return yes ? YES : NO;
        }
    }

    @SuppressWarnings("ImmutableEnumChecker") // a method reference without state
    private final Function<CallFacts, Enum<?>> reader;

    private final String phrase;
    private final String text = name().toLowerCase(Locale.ROOT).replace('_', '-');

    @SuppressWarnings("ImmutableEnumChecker") // the constants of an enum, not handed out for writing
    private final Enum<?>[] values;

    CallFeature(Enum<?>[] values, Function<CallFacts, Enum<?>> reader, String phrase) {
        this.values = values;
        this.reader = reader;
        this.phrase = phrase;
    }

    /** What the call has. */
    public Enum<?> of(CallFacts facts) {
        return reader.apply(facts);
    }

    /** All values, in the order of their ordinals. */
    public Enum<?>[] all() {
        return values.clone();
    }

    /** For people, before the value: "the trunk is ". */
    public String phrase() {
        return phrase;
    }

    /** Key in rule files: {@code user-agent}. */
    public String text() {
        return text;
    }
}
