package org.anticall.ops.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import org.anticall.ops.RunningCentre;
import org.anticall.ops.TestRecords;
import org.anticall.ops.desk.DeskCall;
import org.anticall.ops.evidence.CallBoard;
import org.anticall.ops.store.Database;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whoever had a call looks at it again without being asked why, until the shift is over; the look is in the trail. */
class OwnCallsTest {

    private static final Instant ENDED = Instant.parse("2026-11-21T08:00:00Z");

    @TempDir
    Path state;

    @Test
    void theCallsOfAPhoneAreTheirsWhoSitsThere() throws Exception {
        try (RunningCentre centre = RunningCentre.withDesk(state)) {
            String own = over(centre, "7Q4K21M8R0ABCDEFGHJK", "102");
            String another = over(centre, "8Q4K21M8R0ABCDEFGHJK", "101");
            Visitor operator = Visitor.signedIn(centre, "operator").workingOn("");

            assertEquals(200, operator.get("/api/records/" + own).status());
            assertEquals(200, operator.get("/api/papers/" + own).status());
            assertEquals("why", operator.get("/api/records/" + another).error());
            Visitor supervisor = Visitor.signedIn(centre, "supervisor").workingOn("");
            assertEquals("why", supervisor.get("/api/records/" + own).error());
            Visitor auditor = Visitor.signedIn(centre, "auditor");
            assertEquals(
                    "call " + own,
                    auditor.get("/api/audit?most=1&action=look.receipt")
                            .body()
                            .at("/links/0/why")
                            .asText());
        }
    }

    @Test
    void aCallIsOnesOwnUntilTheShiftIsOver() {
        DeskCall call = ended("operator");
        Instant end = ENDED.plus(Looks.SHIFT);
        try (Database database = Database.open(state, null)) {
            assertTrue(looks(database, end.minusMillis(1)).isOwn(call, "operator"));
            assertFalse(looks(database, end).isOwn(call, "operator"));
            assertFalse(looks(database, end.plusMillis(1)).isOwn(call, "operator"));
            assertFalse(looks(database, ENDED).isOwn(call, "another"));
            DeskCall nobodys = TestRecords.offered("7Q4K21M8R0ABCDEFGHJK", "+44", "+7", "D10", ENDED);
            assertFalse(looks(database, ENDED).isOwn(nobodys, "operator"));
        }
    }

    private static DeskCall ended(String seat) {
        DeskCall offered = TestRecords.offered("7Q4K21M8R0ABCDEFGHJK", "+44", "+7", "D10", ENDED);
        DeskCall talking = TestRecords.moved(offered, DeskCall.State.ANSWERED, seat, ENDED);
        return TestRecords.over(talking, DeskCall.State.ENDED, DeskCall.Outcome.OPERATOR_HUNG_UP, ENDED);
    }

    private static Looks looks(Database database, Instant now) {
        Clock clock = Clock.fixed(now, ZoneOffset.UTC);
        return new Looks(database.audit(), new CallBoard(), released -> false, new Trail(clock), clock);
    }

    private static String over(RunningCentre centre, String id, String seat) throws Exception {
        Instant now = Instant.now();
        centre.deliver(
                TestRecords.diverted(id, 447700900217L, 77172345641L, "D10", TestRecords.LANDLINE_FROM_ABROAD, now));
        DeskCall offered = TestRecords.offered(id, "+447700900217", "+77172345641", "D10", now);
        DeskCall talking = TestRecords.moved(offered, DeskCall.State.ANSWERED, seat, now);
        centre.server()
                .board()
                .changed(TestRecords.over(talking, DeskCall.State.ENDED, DeskCall.Outcome.OPERATOR_HUNG_UP, now));
        return id;
    }
}
