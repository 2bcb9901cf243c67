package org.anticall.ops.audit;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * One thing that somebody did or looked at.
 *
 * @param at when, to the microsecond: what every database keeps
 * @param who who did it and from where
 * @param action what was done, {@code order.approve}; at most 64 characters
 * @param subject to what, {@code order 17}, the id of a record; at most 128 characters
 * @param details old and new values as one JSON object, {@code {}} if there are none
 * @param why the reason that the person gave, empty if none was asked for
 */
public record AuditEntry(Instant at, Actor who, String action, String subject, String details, String why) {

    public AuditEntry {
        at = at.truncatedTo(ChronoUnit.MICROS);
        if (action.isEmpty() || action.length() > 64) {
            throw new IllegalArgumentException("an action has 1 to 64 characters, not: " + action);
        }
        if (subject.length() > 128) {
            throw new IllegalArgumentException("a subject has at most 128 characters, not " + subject.length());
        }
    }

    /** An entry without details and reason. */
    public static AuditEntry of(Instant at, Actor who, String action, String subject) {
        return new AuditEntry(at, who, action, subject, "{}", "");
    }
}
