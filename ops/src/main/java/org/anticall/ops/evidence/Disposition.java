package org.anticall.ops.evidence;

import java.time.Instant;
import java.util.List;

/**
 * What a diverted call turned out to be, as its operator says.
 *
 * @param recordId id of the gateway's decision record
 * @param account who says so
 * @param at when
 * @param rule the rule that sent the call to the desk, empty if none is known
 * @param caller the caller's number as it came
 * @param fraud what kind of fraud, {@code none} unless the outcome is one
 * @param said short codes of what was said, of {@link #SAID}
 * @param organisation in whose name the caller spoke, empty if in none
 * @param saved damage prevented, whole units of the home currency, 0 if nobody can tell
 */
public record Disposition(
        String recordId,
        String account,
        Instant at,
        String rule,
        String caller,
        Outcome outcome,
        Fraud fraud,
        List<String> said,
        String organisation,
        long saved) {

    /** The codes of what callers say. */
    public static final List<String> SAID =
            List.of("sms-code", "safe-account", "card-number", "remote-access", "courier", "loan", "secrecy", "threat");

    /** What the call was, in the order of the keys 1 to 8. */
    public enum Outcome {
        FRAUD_TALKED(Finding.CONFIRMED),
        FRAUD_HUNG_UP(Finding.CONFIRMED),
        ROBOT(Finding.CONFIRMED),
        SILENCE(Finding.UNCLEAR),
        HONEST(Finding.FALSE_POSITIVE),
        ADVERTISING(Finding.UNCLEAR),
        DANGER_TO_LIFE(Finding.CONFIRMED),
        UNCLEAR(Finding.UNCLEAR);

        private final Finding finding;

        Outcome(Finding finding) {
            this.finding = finding;
        }

        /** What it says about the rule. */
        public Finding finding() {
            return finding;
        }
    }

    /** Whether the rule was right. */
    public enum Finding {
        CONFIRMED(org.anticall.ops.redress.Finding.Kind.FRAUD),
        FALSE_POSITIVE(org.anticall.ops.redress.Finding.Kind.LEGITIMATE),
        UNCLEAR(org.anticall.ops.redress.Finding.Kind.UNCLEAR);

        private final org.anticall.ops.redress.Finding.Kind kind;

        Finding(org.anticall.ops.redress.Finding.Kind kind) {
            this.kind = kind;
        }

        /** The same as the precision of rules counts it. */
        public org.anticall.ops.redress.Finding.Kind kind() {
            return kind;
        }
    }

    /** In what guise. */
    public enum Fraud {
        NONE,
        BANK,
        POLICE,
        OPERATOR,
        RELATIVE,
        INVESTMENT,
        PRIZE,
        OTHER
    }

    public Disposition {
        said = List.copyOf(said);
        if (!SAID.containsAll(said)) {
            throw new IllegalArgumentException("said is " + said + ", expected of " + SAID);
        }
        if (saved < 0) {
            throw new IllegalArgumentException("saved is " + saved + ", expected zero or more");
        }
    }
}
