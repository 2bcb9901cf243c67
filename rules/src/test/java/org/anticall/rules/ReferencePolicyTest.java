package org.anticall.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import org.anticall.rules.Activation.Activated;
import org.anticall.rules.call.CallFacts;
import org.anticall.rules.call.Decision;
import org.anticall.rules.call.RoamingAnswer;
import org.anticall.rules.call.RoamingQuery;
import org.anticall.rules.call.TrunkClass;
import org.anticall.rules.call.Verdict.Kind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReferencePolicyTest {

    @ParameterizedTest
    @ValueSource(strings = {"KZ", "BY"})
    void shipsWithoutAProblem(String home) {
        Activation activation = RuleBook.forHome(home).activate(RuleSource.reference(home));

        Activated activated = assertInstanceOf(Activated.class, activation, activation::toString);
        assertEquals(1, activated.revision());
        assertEquals(56, activated.rules());
    }

    @Test
    void astanaLandlineFromAbroadIsRejected() {
        Decision decision = assertInstanceOf(Decision.class, kazakhstan().decide(from("+77172700000")));

        assertEquals(Kind.REJECT, decision.verdict().kind());
        assertEquals("D10", decision.rule());
        assertEquals(
                "An Astana landline number arrives from abroad; such numbers cannot roam.",
                decision.reason().en());
    }

    @Test
    void homeMobileFromAbroadWaitsForTheRoamingState() {
        RuleBook book = kazakhstan();
        CallFacts facts = from("+77011234567");

        RoamingQuery query = assertInstanceOf(RoamingQuery.class, book.decide(facts));
        assertEquals(77011234567L, query.e164());

        Decision atHome = assertInstanceOf(Decision.class, book.decide(query.answer(facts, RoamingAnswer.HOME)));
        assertEquals(Kind.REJECT, atHome.verdict().kind());
        Decision late = assertInstanceOf(Decision.class, book.decide(query.answer(facts, RoamingAnswer.TIMEOUT)));
        assertEquals(Kind.WITHHOLD, late.verdict().kind());
        Decision abroad =
                assertInstanceOf(Decision.class, book.decide(query.answer(facts, RoamingAnswer.roaming("TR"))));
        assertEquals(Kind.PASS, abroad.verdict().kind());
    }

    private static RuleBook kazakhstan() {
        RuleBook book = RuleBook.forHome("KZ");
        book.activate(RuleSource.reference("KZ"));
        return book;
    }

    private static CallFacts from(String caller) {
        RuleBook book = RuleBook.forHome("KZ");
        return CallFacts.on("transit-a", TrunkClass.INTERNATIONAL, 1_790_000_000_000L)
                .asserted(book.numbers().caller(caller))
                .presented(book.numbers().caller(caller))
                .callee(book.numbers().callee("+77172555555"))
                .build();
    }
}
