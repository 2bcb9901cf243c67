package org.anticall.ops.http;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Set;
import org.anticall.ops.audit.HeadSigner;
import org.anticall.ops.config.Secret;
import org.anticall.ops.evidence.CallBoard;
import org.anticall.ops.evidence.DeskCounts;
import org.anticall.ops.evidence.RecordIntake;
import org.anticall.ops.media.Recordings;
import org.anticall.ops.oidc.OidcProvider;
import org.anticall.ops.people.Role;
import org.anticall.ops.publish.Publisher;
import org.anticall.ops.publish.Roster;
import org.anticall.ops.publish.Shelf;
import org.anticall.ops.redress.WorkingTime;
import org.anticall.ops.sip.DeskServer;
import org.anticall.ops.store.Database;
import org.jspecify.annotations.Nullable;

/**
 * What the web server serves.
 *
 * @param recordsToken what gateways show as bearer token
 * @param deskServer the desk itself, for seats at the console and for supervisors; null for a centre without a desk
 * @param recordings of answered calls; null where none are made
 * @param recordingsKept how long they are kept
 * @param lines what the desk says to those pages
 * @param signer signs the head of the audit trail
 * @param secondFactorFor who has to have a second factor
 * @param deskCounts how calls came out
 * @param chores how the work goes that the centre does by itself
 * @param provider where people may sign in besides, null if nowhere
 * @param sessions file of those who are signed in
 * @param publishing what makes revisions and hands them out
 */
public record CentreParts(
        Database database,
        CallBoard board,
        RecordIntake intake,
        Secret recordsToken,
        DeskActions desk,
        @Nullable DeskServer deskServer,
        @Nullable Recordings recordings,
        Duration recordingsKept,
        SeatLines lines,
        HeadSigner signer,
        Set<Role> secondFactorFor,
        Publishing publishing,
        DeskCounts deskCounts,
        Chores chores,
        @Nullable OidcProvider provider,
        Path sessions,
        Clock clock) {

    /**
     * What makes revisions, where they lie, and who has taken them.
     *
     * @param time the country's working time, by which appeals are decided
     */
    public record Publishing(Publisher publisher, Shelf shelf, Roster roster, WorkingTime time) {}

    public CentreParts {
        secondFactorFor = Set.copyOf(secondFactorFor);
    }
}
