package org.anticall.ops.redress;

import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What a person found out about a call that a rule had caught. Of several findings on one record the latest counts.
 *
 * @param record id of the call's record
 * @param rule rule that caught it
 * @param source who found it out
 * @param at when
 */
public record Finding(String record, String rule, Kind kind, Source source, Instant at) {

    /** What it was. */
    public enum Kind {
        /** The rule was right. */
        FRAUD,
        /** The rule was wrong: a false positive. */
        LEGITIMATE,
        /** Nobody could tell: silence, a machine, hung up. It says nothing about the rule. */
        UNCLEAR;

        public String text() {
            return name().toLowerCase(Locale.ROOT);
        }

        public static Optional<Kind> of(String text) {
            return Stream.of(values()).filter(each -> each.text().equals(text)).findFirst();
        }
    }

    /** Who found it out. */
    public enum Source {
        /** The operator who talked to the caller. */
        DISPOSITION,
        /** A decided appeal. */
        APPEAL;

        public String text() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
