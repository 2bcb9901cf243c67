package org.anticall.ops.http;

import io.javalin.http.Context;
import org.anticall.ops.store.AuditTrail;

/** Looks at what concerns somebody: each is a link of the trail, which is written before anything is shown. */
final class Looks {

    private final AuditTrail audit;
    private final Trail trail;

    Looks(AuditTrail audit, Trail trail) {
        this.audit = audit;
        this.trail = trail;
    }

    /**
     * Writes a look down.
     *
     * @param what {@code look.receipt}
     * @param subject whom or what it concerns
     */
    void at(Context context, Session session, String what, String subject) {
        audit.add(trail.of(context, session, what, subject));
    }
}
