package org.anticall.ops.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.anticall.ops.TestRecords;
import org.anticall.ops.audit.Actor;
import org.anticall.ops.audit.AuditEntry;
import org.anticall.ops.audit.AuditProof;
import org.anticall.ops.audit.HeadSigner;
import org.anticall.ops.desk.DeskCall;
import org.anticall.ops.evidence.Disposition.Outcome;
import org.anticall.ops.order.Signature;
import org.anticall.ops.redress.Appeal;
import org.anticall.ops.redress.WorkingTime;
import org.anticall.ops.store.Retention.Forgotten;
import org.anticall.ops.store.Retention.Terms;
import org.junit.jupiter.api.Test;

/** Retention, evidence and the cut trail, on every database. */
abstract class KeepingStoreContract extends AuthorityStoreContract {

    private static final Terms TERMS =
            new Terms(Duration.ofDays(30), Duration.ofDays(183), Duration.ofDays(90), Duration.ofDays(1_827));

    @Test
    void whatWasKeptLongEnoughIsForgottenToTheMillisecond() {
        Instant passes = NOW.minus(TERMS.passes());
        Instant others = NOW.minus(TERMS.records());
        add(TestRecords.passed("P0", 1, 2, passes.minusMillis(1)), TestRecords.passed("P1", 1, 2, passes));
        add(caught("D0", others.minusMillis(1)), caught("D1", others), caught("D2", others.minusMillis(1)));
        DeskCall call = TestRecords.offered("D0", "+7", "+8", "D10", others.minusMillis(1));
        database.deskCalls().add(List.of(call));
        for (String each : List.of("D0", "D1")) {
            database.dispositions().note(each, "олар қоңырау шалады", "operator", others.minusMillis(1));
            database.dispositions()
                    .add(disposed(each, Outcome.ROBOT, others.minusMillis(1)), OPERATOR, entry("call.disposition"));
        }
        database.retention().hold("D2", entry("evidence.hold"));

        Forgotten forgotten = database.retention().forget(TERMS, NOW, entry("retention.forget"));

        assertEquals(new Forgotten(1, 1, 1, 2), forgotten);
        assertEquals("", database.dispositions().noteOf("D0"));
        assertTrue(database.dispositions().of("D0").isEmpty());
        assertTrue(database.dispositions().of("D1").isPresent());
        assertEquals(List.of("P1", "D1", "D2"), left("P0", "P1", "D0", "D1", "D2"));
        assertEquals("retention.forget", links().get(0));
        assertTrue(database.retention()
                .forget(TERMS, NOW, entry("retention.forget"))
                .isNothing());
    }

    @Test
    void evidenceStaysUntilItIsReleased() {
        add(caught("D0", NOW.minus(TERMS.records()).minusMillis(1)));
        database.retention().hold("D0", entry("evidence.hold"));
        database.retention().hold("D0", entry("evidence.hold"));
        database.retention().forget(TERMS, NOW, entry("retention.forget"));
        assertEquals(List.of("D0"), left("D0"));

        assertTrue(database.retention().release("D0", entry("evidence.release")));
        assertFalse(database.retention().release("D0", entry("evidence.release")));
        database.retention().forget(TERMS, NOW, entry("retention.forget"));

        assertEquals(List.of(), left("D0"));
    }

    @Test
    void recordsOfAnOpenAppealStay() {
        add(caught("D0", NOW.minus(TERMS.records()).minusMillis(1)));
        Signature clerk = new Signature(1, "clerk", "", NOW);
        Appeal.Telling telling =
                new Appeal.Telling(Appeal.Appellant.CALLER, "a", "b", "+447700900217", "c", List.of("D0"));
        Appeal open =
                database.appeals().add(id -> Appeal.taken(id, telling, clerk, WorkingTime.BY), entry("appeal.take"));
        database.retention().forget(TERMS, NOW, entry("retention.forget"));
        assertEquals(List.of("D0"), left("D0"));

        database.appeals().change(open.id(), 1, each -> each.withdraw(clerk, "x"), entry("appeal.withdraw"));
        database.retention().forget(TERMS, NOW, entry("retention.forget"));

        assertEquals(List.of(), left("D0"));
    }

    @Test
    void theTrailIsCutOffWhereItsTimeIsOverAndStillProvesItself() throws Exception {
        HeadSigner signer = signer();
        Instant before = NOW.minus(TERMS.audit());
        for (Instant at : List.of(before.minusSeconds(9), before.minusMillis(1), before, NOW)) {
            database.audit().add(AuditEntry.of(at, Actor.CENTRE, "look.receipt", "A"));
        }
        assertThrows(Exception.class, () -> tamper("DELETE FROM audit WHERE seq = 1"), "nothing is cut off yet");

        assertEquals(2, database.audit().cut(signer, before, entry("audit.cut")));

        AuditProof.Sound sound = assertInstanceOf(AuditProof.Sound.class, examined(signer));
        assertEquals(3, sound.links());
        assertEquals(2, database.audit().newestCut().orElseThrow().seq());
        assertEquals(database.audit().newestCut().orElseThrow(), sound.cut());
        assertEquals(0, database.audit().cut(signer, before, entry("audit.cut")), "once");
        for (String sql :
                List.of("DELETE FROM audit WHERE seq = 3", "UPDATE audit SET why = 'x'", "DELETE FROM audit_cut")) {
            assertThrows(Exception.class, () -> tamper(sql), sql);
        }
    }

    @Test
    void theLastLinkIsNeverCutOffAndACutOfAStrangerIsFound() throws Exception {
        HeadSigner signer = signer();
        assertEquals(0, database.audit().cut(signer, NOW, entry("audit.cut")), "an empty trail");
        database.audit().add(entry("one"));
        database.audit().add(entry("two"));

        assertEquals(1, database.audit().cut(signer, NOW.plusSeconds(1), entry("audit.cut")));
        assertEquals(List.of("audit.cut", "two"), links());

        // Who owns the database writes a cut of his own and deletes up to it: the key is not in the database.
        tamper(
                "INSERT INTO audit_cut (seq, hash, at, signer, signature) SELECT 2, hash, at, 'nobody', 'AAAA' FROM audit"
                        + " WHERE seq = 2");
        tamper("DELETE FROM audit WHERE seq <= 2");
        AuditProof.Broken broken = assertInstanceOf(AuditProof.Broken.class, examined(signer));
        assertTrue(broken.what().contains("signature of the cut"), broken.what());
    }

    private List<String> left(String... ids) {
        return List.of(ids).stream()
                .filter(each -> database.records().line(each).isPresent())
                .toList();
    }
}
