package org.anticall.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.anticall.rules.bundle.PartContent;
import org.anticall.rules.call.CallFacts;
import org.anticall.rules.call.Decision;
import org.anticall.rules.call.TrunkClass;
import org.anticall.rules.call.Verdict;
import org.anticall.rules.model.KnownLists;
import org.junit.jupiter.api.Test;

/** A list that is the same as in the set before is not read again, and nothing but that is taken over. */
class UnchangedListsTest {

    private static final String RULES =
            """
            home: KZ
            lists: {black: {file: black.csv}, white: {file: white.csv}}
            rules:
              - {id: W, title: t, stage: allow, priority: 1, when: {caller: {list: white}}, then: pass}
              - {id: B, title: t, priority: 1, when: {caller: {list: black}}, then: {label: %s}}
            """;

    private final RuleBook book = RuleBook.forHome("KZ");
    private final PartContent black = numbers(447_700_000_000L, 40_000);
    private final PartContent white = numbers(447_700_000_005L, 1);

    @Test
    void aRuleThatChangesReadsNoList() {
        live("one", black, white);
        live("two", black, white);

        assertRead(2, 2);
        assertEquals("two", label(447_700_039_999L));
        assertEquals("", label(447_700_000_005L));
        assertEquals("", label(447_700_040_000L));
    }

    @Test
    void aListThatChangedIsReadAndTheOtherIsNot() {
        live("one", black, white);
        live("two", numbers(447_700_000_000L, 40_001), white);

        assertRead(3, 1);
        assertEquals("two", label(447_700_040_000L));
        live("three", black, white);
        assertRead(4, 2);
        assertEquals("", label(447_700_040_000L));
    }

    @Test
    void listsThatChangeTheirNamesAreNotMixedUp() {
        live("one", black, white);
        live("two", white, black);

        assertEquals("", label(447_700_000_001L));
        assertEquals("", label(447_700_000_005L));
        live("three", white, white);
        assertEquals("", label(447_700_000_005L));
        assertRead(5, 1);
    }

    @Test
    void aSetThatIsRefusedChangesNothingOfWhatIsKnown() {
        live("one", black, white);
        PartContent broken = PartContent.of("+44770\nno number\n".getBytes(StandardCharsets.UTF_8));
        assertInstanceOf(Activation.Rejected.class, book.activate(source("two", broken, white)));
        assertInstanceOf(Activation.Rejected.class, book.activate(source("two", broken, white)));
        live("three", black, white);

        assertRead(4, 4);
        assertEquals("three", label(447_700_039_999L));
    }

    @Test
    void aBookThatKnowsTheListsOfAnotherHasTheSameRules() {
        KnownLists known = new KnownLists();
        RuleBook first = RuleBook.forHome("KZ", known);
        RuleBook second = RuleBook.forHome("KZ", known);
        first.activate(source("one", black, white));
        second.activate(source("one", black, white));

        assertEquals(2, known.read());
        assertEquals(2, known.taken());
        assertEquals(first.hash(), second.hash());
        live("one", black, white);
        assertEquals(book.hash(), second.hash());
    }

    private void assertRead(int read, int taken) {
        assertEquals(read, book.lists().read(), "lists read");
        assertEquals(taken, book.lists().taken(), "lists taken over");
    }

    private void live(String label, PartContent blackList, PartContent whiteList) {
        assertInstanceOf(Activation.Activated.class, book.activate(source(label, blackList, whiteList)));
    }

    private static RuleSource source(String label, PartContent blackList, PartContent whiteList) {
        PartContent rules = PartContent.of(RULES.formatted(label).getBytes(StandardCharsets.UTF_8));
        Map<String, PartContent> parts =
                new TreeMap<>(Map.of("rules.yaml", rules, "black.csv", blackList, "white.csv", whiteList));
        return RuleSource.parts("rules.yaml", 0, parts::get);
    }

    private static PartContent numbers(long first, int count) {
        return PartContent.of(LongStream.range(first, first + count)
                .mapToObj(number -> "+" + number + "\n")
                .collect(Collectors.joining())
                .getBytes(StandardCharsets.UTF_8));
    }

    private String label(long caller) {
        CallFacts facts = CallFacts.on("t", TrunkClass.INTERNATIONAL, 0)
                .asserted(book.numbers().caller("+" + caller))
                .callee(book.numbers().callee("+77172345641"))
                .build();
        Decision decision = assertInstanceOf(Decision.class, book.decide(facts));
        return decision.verdict() instanceof Verdict.Label label ? label.label() : "";
    }
}
