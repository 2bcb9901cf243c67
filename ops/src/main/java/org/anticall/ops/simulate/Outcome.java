package org.anticall.ops.simulate;

import java.util.Locale;
import org.anticall.rules.call.Verdict;
import org.jspecify.annotations.Nullable;

/** What became of a call, as its ends saw it on the wire. */
enum Outcome {
    /** Arrived at the callee as it was sent. */
    PASSED(Verdict.Kind.PASS),
    /** Arrived at the callee with a mark in the display name. */
    LABELLED(Verdict.Kind.LABEL),
    /** Arrived at the callee without the caller's number. */
    WITHHELD(Verdict.Kind.WITHHOLD),
    /** Declined with 603, never arrived anywhere. */
    REJECTED(Verdict.Kind.REJECT),
    /** An operator answered. */
    ANSWERED(Verdict.Kind.DIVERT),
    /** The desk did not take it: arrived at the callee with a mark. */
    LADDERED(Verdict.Kind.DIVERT),
    /** An operator released it: arrived at the callee as it was sent. */
    RELEASED(Verdict.Kind.DIVERT),
    /** Arrived at the callee, but changed in a way that no verdict asks for. */
    ALTERED(null),
    /** Neither arrived nor was declined with 603, or did not end as its ends meant it to. */
    LOST(null);

    private final Verdict.@Nullable Kind kind;

    Outcome(Verdict.@Nullable Kind kind) {
        this.kind = kind;
    }

    /** Whether a call that must meet {@code expected} may come to this. */
    boolean fits(Verdict.Kind expected) {
        return kind == expected;
    }

    String text() {
        return name().toLowerCase(Locale.ROOT);
    }
}
