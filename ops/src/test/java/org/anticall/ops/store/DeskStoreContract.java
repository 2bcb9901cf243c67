package org.anticall.ops.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.anticall.ops.audit.AuditEntry;
import org.anticall.ops.evidence.BlockProposal;
import org.anticall.ops.evidence.Disposition;
import org.anticall.ops.evidence.Disposition.Finding;
import org.anticall.ops.evidence.Disposition.Fraud;
import org.anticall.ops.evidence.Disposition.Outcome;
import org.anticall.ops.evidence.HandoverNote;
import org.anticall.ops.order.Breadth;
import org.anticall.ops.order.Order;
import org.anticall.ops.order.OrderAction;
import org.anticall.ops.order.OrderContent;
import org.anticall.ops.order.Signature;
import org.anticall.ops.order.Target;
import org.anticall.ops.order.TestOrders;
import org.anticall.ops.store.AuditTrail.Search;
import org.junit.jupiter.api.Test;

/** What the desk writes: notes, dispositions, proposals to block, on every database. */
abstract class DeskStoreContract extends StoreContract {

    private static final Signature OPERATOR = new Signature(2, "anna", "", NOW);

    private long person;

    @Test
    void theLatestNoteOfACallIsTheNote() {
        Dispositions papers = database.dispositions();

        papers.note("A", "first", "anna", NOW);
        papers.note("A", "second ә ғ қ", "boris", NOW.plusSeconds(1));

        assertEquals("second ә ғ қ", papers.noteOf("A"));
        assertEquals("", papers.noteOf("B"));
    }

    @Test
    void ofSeveralDispositionsOfACallTheLatestCounts() {
        Dispositions papers = database.dispositions();
        papers.add(disposition("A", "anna", Outcome.FRAUD_TALKED, NOW), OPERATOR, link("call.disposition"));
        papers.add(disposition("A", "anna", Outcome.HONEST, NOW.plusSeconds(1)), OPERATOR, link("call.disposition"));
        papers.add(disposition("B", "anna", Outcome.ROBOT, NOW.plusSeconds(2)), OPERATOR, link("call.disposition"));

        assertEquals(
                disposition("A", "anna", Outcome.HONEST, NOW.plusSeconds(1)),
                papers.of("A").orElseThrow());
        assertEquals(Map.of(Finding.CONFIRMED, 1L, Finding.FALSE_POSITIVE, 1L), papers.precision("D10", NOW));
        assertEquals(Map.of(Finding.CONFIRMED, 1L), papers.byAccount("anna", NOW.plusSeconds(2)));
        assertEquals(
                List.of("B", "A", "A"),
                papers.ofCaller("+447700900123", 5).stream()
                        .map(Disposition::recordId)
                        .toList());
        assertEquals(2, papers.ofCaller("+447700900123", 2).size());
    }

    @Test
    void notesForTheNextShiftAreShownLatestFirstAndNoOlderThanAsked() {
        ShiftPapers papers = database.shiftPapers();
        papers.handOver(new HandoverNote(NOW, "anna", "old"), link("shift.handover"));
        papers.handOver(new HandoverNote(NOW.plusSeconds(1), "boris", "new"), link("shift.handover"));

        assertEquals(
                List.of(new HandoverNote(NOW.plusSeconds(1), "boris", "new"), new HandoverNote(NOW, "anna", "old")),
                papers.notes(NOW, 10));
        assertEquals(1, papers.notes(NOW.plusSeconds(1), 10).size());
        assertEquals(1, papers.notes(NOW, 1).size());
    }

    @Test
    void aProposalToBlockIsClosedOnce() {
        ShiftPapers papers = database.shiftPapers();
        papers.propose(new BlockProposal(0, NOW, "anna", "A", "+447700900123", "why"), link("block.propose"));
        papers.propose(new BlockProposal(0, NOW, "anna", "B", "+447700900124", "why"), link("block.propose"));
        BlockProposal first = papers.open(10).get(0);
        assertEquals("A", first.recordId());

        assertTrue(papers.letBe(first.id(), link("block.close")));
        assertFalse(papers.letBe(first.id(), link("block.close")));
        assertEquals(
                Optional.empty(),
                papers.block(first.id(), id -> order(id, first), link("order.emergency"), link("block.close")));
        assertEquals(0, database.orders().inForce().size());

        assertEquals(
                List.of("B"),
                papers.open(10).stream().map(BlockProposal::recordId).toList());
    }

    @Test
    void anOrderOfAProposalIsMadeOnceOrNotAtAll() {
        ShiftPapers papers = database.shiftPapers();
        papers.propose(new BlockProposal(0, NOW, "anna", "A", "+447700900123", "why"), link("block.propose"));
        BlockProposal proposal = papers.open(10).get(0);
        person = person("900101300001").id();
        assertThrows(
                IllegalStateException.class,
                () -> papers.block(
                        proposal.id(),
                        id -> {
                            throw new IllegalStateException("refused");
                        },
                        link("order.emergency"),
                        link("block.close")));
        assertEquals(List.of(proposal), papers.open(10), "nothing was written");

        ShiftPapers.Blocked first = papers.block(
                        proposal.id(), id -> order(id, proposal), link("order.emergency"), link("block.close"))
                .orElseThrow();
        ShiftPapers.Blocked again = papers.block(
                        proposal.id(), id -> order(id, proposal), link("order.emergency"), link("block.close"))
                .orElseThrow();

        assertTrue(first.now());
        assertEquals(new ShiftPapers.Blocked(first.order(), false), again);
        assertEquals(
                List.of(first.order()),
                database.orders().inForce().stream().map(Order::id).toList());
        assertEquals(List.of(), papers.open(10));
        assertEquals(proposal, papers.find(proposal.id()).orElseThrow());
        assertEquals(
                1,
                database.audit()
                        .find(new Search("block.close", "", 0, Long.MAX_VALUE, 9))
                        .size());
    }

    private Order order(long id, BlockProposal proposal) {
        Target target = new Target.Numbers(List.of(proposal.caller()));
        OrderContent content = TestOrders.of(OrderAction.DIVERT, "", target, false);
        return Order.emergency(id, content, new Signature(person, "supervisor", "", TestOrders.NOW), Breadth.UNKNOWN);
    }

    private static Disposition disposition(String record, String account, Outcome outcome, Instant at) {
        return new Disposition(
                record,
                account,
                at,
                "D10",
                "+447700900123",
                outcome,
                outcome == Outcome.FRAUD_TALKED ? Fraud.BANK : Fraud.NONE,
                outcome == Outcome.FRAUD_TALKED ? List.of("sms-code", "secrecy") : List.of(),
                "",
                0);
    }

    private static AuditEntry link(String action) {
        return AuditEntry.of(NOW, ADMIN, action, "A");
    }
}
