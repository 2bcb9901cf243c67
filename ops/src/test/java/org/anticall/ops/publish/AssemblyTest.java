package org.anticall.ops.publish;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.anticall.ops.order.Ladder;
import org.anticall.ops.order.Order;
import org.anticall.ops.order.OrderAction;
import org.anticall.ops.order.OrderContent;
import org.anticall.ops.order.TestOrders;
import org.anticall.ops.store.StoredJson;
import org.anticall.rules.Activation;
import org.anticall.rules.RuleBook;
import org.anticall.rules.RuleSource;
import org.anticall.rules.bundle.PartContent;
import org.anticall.rules.call.CallFacts;
import org.anticall.rules.call.Decision;
import org.anticall.rules.call.TrunkClass;
import org.anticall.rules.call.Verdict;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What an order becomes in a rule set. */
class AssemblyTest {

    @ParameterizedTest
    @CsvSource({
        "PASS_WITH_LABEL, [PASS_WITH_LABEL]",
        "PASS, [PASS]",
        "NEXT_DESK, '[NEXT_DESK, PASS_WITH_LABEL]'",
        "REJECT, [REJECT]"
    })
    void theLadderOfADivertedCallIsTheOrdersOwn(Ladder ladder, String steps) throws IOException {
        OrderContent plain = TestOrders.of(OrderAction.DIVERT, "a".repeat(64));
        OrderContent content = new OrderContent(
                plain.title(),
                plain.target(),
                plain.action(),
                ladder,
                plain.basis(),
                plain.territory(),
                plain.calleePrefixes(),
                plain.from(),
                plain.until(),
                plain.confidence(),
                plain.origin(),
                false);
        RuleBook book = RuleBook.forHome("KZ");
        RuleParts parts = Assembly.of(
                RuleSource.reference("KZ"),
                new Assembly.Content(
                        new TreeMap<>(Map.of(
                                OrderTables.part(0),
                                OrderTables.content(List.of(new Assembly.Placed(1, content, false))))),
                        List.of(),
                        false),
                List.of(),
                name -> PartContent.of(new byte[0]));
        assertInstanceOf(Activation.Activated.class, book.activate(parts.source()));

        long caller = book.numbers().caller("+447700900217");
        CallFacts facts = CallFacts.on("transit-a", TrunkClass.INTERNATIONAL, TestOrders.NOW.toEpochMilli())
                .asserted(caller)
                .presented(caller)
                .callee(book.numbers().callee("+77172345641"))
                .build();
        Decision decision = (Decision) book.decide(facts);

        assertEquals(steps, ((Verdict.Divert) decision.verdict()).ladder().toString());
    }

    @Test
    void anOrderOfBeforeThereWasAChoiceRingsTheCalleeWithALabel() throws IOException {
        Order order = Order.draft(1, TestOrders.number(), TestOrders.AUTHOR, 0);
        ObjectNode stored = (ObjectNode) StoredJson.tree(order);
        ((ObjectNode) stored.get("content")).remove("ladder");

        Order read = StoredJson.read(new ObjectMapper().writeValueAsString(stored), Order.class);

        assertEquals(Ladder.PASS_WITH_LABEL, read.content().ladder());
    }
}
