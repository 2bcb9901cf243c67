package org.anticall.ops.http;

import io.javalin.http.Context;
import java.time.Clock;
import java.util.Map;
import org.anticall.ops.audit.Actor;
import org.anticall.ops.audit.AuditEntry;
import org.anticall.ops.people.Account;

/** Entries for the audit trail out of requests: who, from where, when. */
final class Trail {

    private static final int LONGEST_SUBJECT = 128;
    private static final int LONGEST_ACCOUNT = 64;

    private final Clock clock;

    Trail(Clock clock) {
        this.clock = clock;
    }

    AuditEntry of(Context context, Session session, String action, String subject) {
        return of(context, session, action, subject, Map.of(), "");
    }

    /**
     * @param details old and new values
     * @param why the reason that belongs to the act; where it has none, what the request gives
     */
    AuditEntry of(Context context, Session session, String action, String subject, Map<String, ?> details, String why) {
        return new AuditEntry(
                clock.instant(),
                session.from(context.ip()),
                action,
                bounded(subject, LONGEST_SUBJECT),
                Answers.text(details),
                why.isEmpty() ? Why.given(context) : why);
    }

    /** What the owner of an account does before there is a session. */
    AuditEntry of(Context context, Account account, String action) {
        Actor who = new Actor(account.person().id(), account.name(), context.ip());
        return AuditEntry.of(clock.instant(), who, action, "account " + account.name());
    }

    /** An entry about somebody who is not signed in. */
    AuditEntry ofStranger(Context context, String account, String action) {
        Actor who = new Actor(0, bounded(account, LONGEST_ACCOUNT), context.ip());
        return AuditEntry.of(clock.instant(), who, action, "account " + bounded(account, LONGEST_ACCOUNT));
    }

    private static String bounded(String text, int most) {
        return text.length() <= most ? text : text.substring(0, most);
    }
}
