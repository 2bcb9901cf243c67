package org.anticall.ops.order;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.anticall.ops.order.ListImport.State;
import org.junit.jupiter.api.Test;

/** Who may do what with an import of numbers. */
class ListImportTest {

    private static final Signature AUTHOR = new Signature(1, "a", "", TestOrders.NOW);
    private static final Signature SAME_PERSON = new Signature(1, "a, another account", "", TestOrders.NOW);
    private static final Signature APPROVER = new Signature(2, "b", "", TestOrders.NOW);

    private static final ListImport WAITING = ListImport.waiting(1, 1, "7-18/2240", "Астана", "numbers.csv", 3, AUTHOR);

    @Test
    void whoImportedNumbersDoesNotApproveThemWithAnyAccount() {
        assertEquals("own-import", refusalOf(() -> WAITING.approve(SAME_PERSON)));

        ListImport holding = WAITING.approve(APPROVER);

        assertEquals(State.HOLDING, holding.state());
        assertEquals(2, holding.version());
        assertEquals(APPROVER, holding.decider());
        assertEquals("state", refusalOf(() -> holding.approve(APPROVER)));
    }

    @Test
    void anImportIsUndoneByItsAuthorWhileItWaitsAndByAnApproverAlways() {
        assertEquals(
                State.UNDONE, WAITING.undo(SAME_PERSON, false, "wrong file").state());
        assertEquals("not-author", refusalOf(() -> WAITING.undo(APPROVER, false, "x")));
        ListImport holding = WAITING.approve(APPROVER);
        assertEquals("not-author", refusalOf(() -> holding.undo(AUTHOR, false, "x")));

        ListImport undone = holding.undo(APPROVER, true, "wrong file");

        assertEquals(State.UNDONE, undone.state());
        assertEquals("wrong file", undone.why());
        assertEquals("state", refusalOf(() -> undone.undo(APPROVER, true, "again")));
    }

    private static String refusalOf(Runnable step) {
        return assertThrows(OrderRefused.class, step::run).word();
    }
}
