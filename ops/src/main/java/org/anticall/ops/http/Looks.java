package org.anticall.ops.http;

import io.javalin.http.Context;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import org.anticall.ops.desk.DeskCall;
import org.anticall.ops.evidence.BoardCall;
import org.anticall.ops.evidence.CallBoard;
import org.anticall.ops.store.AuditTrail;

/**
 * Looks at what concerns somebody: each is a link of the trail, with its reason, which is written before anything is shown.
 *
 * <p>A look that follows from what somebody is doing anyway (a call at the desk, an appeal, an order) has that as its
 * reason by itself; one that somebody chose to take needs a reason in the request, see {@link Why}. A reason for the very
 * request counts before both.
 */
final class Looks {

    /** As long as a session lasts: what somebody did in it is their own work. */
    static final Duration SHIFT = Duration.ofHours(12);

    private final AuditTrail audit;
    private final CallBoard board;
    private final DeskActions desk;
    private final Trail trail;
    private final Clock clock;

    Looks(AuditTrail audit, CallBoard board, DeskActions desk, Trail trail, Clock clock) {
        this.audit = audit;
        this.board = board;
        this.desk = desk;
        this.trail = trail;
        this.clock = clock;
    }

    /**
     * Writes a look down that follows from something.
     *
     * @param what {@code look.appeal}
     * @param subject whom or what it concerns
     * @param follows from what, {@code appeal 12}
     */
    void at(Context context, Session session, String what, String subject, String follows) {
        String named = Why.named(context);
        add(context, session, what, subject, Map.of(), named.isEmpty() ? follows : named);
    }

    /**
     * Writes a look down that somebody chose to take.
     *
     * @throws Refused if the request gives no reason
     */
    void freely(Context context, Session session, String what, String subject) {
        freely(context, session, what, subject, Map.of());
    }

    /** @param details what exactly was seen */
    void freely(Context context, Session session, String what, String subject, Map<String, ?> details) {
        String why = Why.given(context);
        if (why.isEmpty()) {
            throw Why.missing();
        }
        add(context, session, what, subject, details, why);
    }

    /**
     * Writes a look at a list of what waits down: the list itself is everybody's work, a number sought in it is somebody's.
     *
     * @param sought digits, empty for the whole list
     * @throws Refused if a number is sought and the request gives no reason
     */
    void atList(Context context, Session session, String what, String sought) {
        if (sought.isEmpty()) {
            at(context, session, what, "", "work list");
        } else {
            freely(context, session, what, NumberText.sought(sought));
        }
    }

    /**
     * Writes a look at a call down: it follows from the call while that is at the desk, and for whoever had it, at a page or
     * at their phone, for the {@link #SHIFT} after it.
     *
     * @throws Refused if it does not follow and the request gives no reason
     */
    void atCall(Context context, Session session, String what, String record) {
        BoardCall call = board.find(record);
        if (call != null && (!call.call().state().isFinal() || isOwn(call.call(), session.account()))) {
            at(context, session, what, record, "call " + record);
        } else {
            freely(context, session, what, record);
        }
    }

    /** Whether the account had the call that is over, within its shift. */
    boolean isOwn(DeskCall call, String account) {
        String seat = call.seat();
        return seat != null
                && account.equals(desk.accountAt(seat))
                && clock.instant().isBefore(call.changedAt().plus(SHIFT));
    }

    private void add(
            Context context, Session session, String what, String subject, Map<String, ?> details, String why) {
        audit.add(trail.of(context, session, what, subject, details, why));
    }
}
