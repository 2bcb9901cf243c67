package org.anticall.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.anticall.rules.Activation.Activated;
import org.anticall.rules.Activation.Rejected;
import org.anticall.rules.bundle.PartContent;
import org.anticall.rules.call.CallFacts;
import org.anticall.rules.call.Decision;
import org.anticall.rules.call.TrunkClass;
import org.anticall.rules.model.CanonicalWriter;
import org.anticall.rules.model.KnownLists;
import org.anticall.rules.model.Reading;
import org.anticall.rules.model.RuleProblem;
import org.anticall.rules.model.RuleSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Orders in files of their own: read once, refused whole with the place of what is wrong, named like rules. */
class OrderTablesTest {

    private static final String RULES =
            """
            home: KZ
            legal-basis: {type: law, document: "1", date: 2026-11-01, office: o}
            lists: {never-touch: ["+77172000000"]}
            orders:
              title: "Order {document}: {title}"
              reason: "By {document} of {office}."
              tables: [first.csv, second.csv]
            rules:
              - {id: %s, title: t, priority: %d, when: {caller: {country: 1}}, then: {label: look}}
            """;
    private static final String REST = ";;2026-12-31T00:00:00Z;law;7/1;2026-11-01;Office;Title;;";
    private static final String FIRST = "# number;mode;…\n1;live;reject" + REST + "+447700900217\n\n"
            + "17;live;divert/pass" + REST + "+44770090* +447700900217\n";
    private static final String SECOND = "1000;shadow;label" + REST + "+44*\n";

    private final RuleBook book = RuleBook.forHome("KZ");

    @Test
    void anOrderIsARuleByItsNumber() {
        Activated activated = assertInstanceOf(Activated.class, book.activate(source("R", 1, FIRST, SECOND)));

        assertEquals(5, activated.rules(), "N01, R and three orders");
        assertEquals("O1 [O1000]", decided("+447700900217"));
        assertEquals("O17 [O1000]", decided("+447700900218"));
        assertEquals("null [O1000]", decided("+447700800218"));
        assertEquals("R []", decided("+12025550100"));
        assertEquals("7/1", book.order("O17"));
        assertEquals("1", book.order("R"));
        assertEquals("", book.order("O18"));
        assertEquals("", book.order("O1000000000"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "0;live;reject#+4477009*              | 1:1: '0', expected the number of an order from 1 to 99999999",
                "100000000;live;reject#+4477009*      | 1:1: '100000000', expected the number of an order from 1 to 99999999",
                "1;lively;reject#+4477009*            | 1:3: 'lively', expected one of live, shadow",
                "1;live;divert/x#+4477009*            | 1:8: 'divert/x', expected pass, label, withhold, reject, or divert",
                "1;live;pass#+4477009* 447700900217   | 1:78: '447700900217', expected a number like +77172555555 or a prefix",
                "1;live;pass#                         | 1:68: '', expected a number like +77172555555 or a prefix",
                "1;live;pass#112                      | 1:68: '112', expected a number like +77172555555 or a prefix",
                "1;live;pass#+44* +44*                | 1:68: +44* for the second time, expected it once",
                "1;live;pass;2026-13-01T00:00:00Z;;law;7;2026-11-01;o;t;;+44* | 1:13: '2026-13-01T00:00:00Z', expected an instant",
                "1;live;pass;2026-12-01T00:00:00Z;2026-12-01T00:00:00Z;law;7;2026-11-01;o;t;;+44* | 1:34: until 2026-12-01T00:00:00Z is not after",
                "1;live;pass;;;order;7;2026-11-01;o;t;;+44* | 1:15: 'order', expected one of law, court-order",
                "1;live;pass;;;law;;2026-11-01;o;t;;+44* | 1:19: nothing, expected number of the document",
                "1;live;pass;;;law;7;1 November;o;t;;+44* | 1:21: '1 November', expected the document's date",
                "1;live;pass;;;law;7;2026-11-01;;t;;+44* | 1:32: nothing, expected who issued it",
                "1;live;pass;;;law;7;2026-11-01;o;;;+44* | 1:34: nothing, expected what the order is about",
                "1;live;pass;;;law;7;2026-11-01;o;t;+7717;+44* | 1:36: '+7717', expected a prefix like +44207946*",
                "1;live;pass;;;law;7;2026-11-01;o;t\\;+44* | 1:1: 10 fields, expected 12: number;mode;action;",
                "1;live;pass                          | 1:1: 3 fields, expected 12: number;mode;action;"
            })
    void aBrokenLineIsNamedWithItsColumnAndNothingGoesLive(String line, String problem) {
        String broken = line.replace("#", REST);

        Rejected rejected = assertInstanceOf(Rejected.class, book.activate(source("R", 1, broken + "\n", SECOND)));

        String first = rejected.problems().get(0).toString();
        assertTrue(first.startsWith("first.csv:" + problem), first);
        assertEquals(0, book.revision());
    }

    @Test
    void ordersStandAscendingInATableAndFromTableToTable() {
        String twice = "2;live;pass" + REST + "+44*\n2;live;pass" + REST + "+44*\n";
        assertEquals(
                "first.csv:2:1: order 2 after order 2, expected them ascending, each once",
                rejected(source("R", 1, twice, SECOND)));
        assertEquals(
                "rules.yaml:7:23: the table begins with order 1, expected one above 1000, with which the table before ends",
                rejected(source("R", 1, SECOND, FIRST)));
    }

    @Test
    void noRuleHasTheIdOrTheTurnOfAnOrder() {
        assertEquals(
                "rules.yaml:9:5: rule O17: has the id of an order in a table, expected one of its own",
                rejected(source("O17", 1, FIRST, SECOND)));
        assertEquals(
                "rules.yaml:9:5: rule R: has the same stage and priority 10017 as O17 in a table, so nobody can tell"
                        + " which goes first",
                rejected(source("R", 10_017, FIRST, SECOND)));
        assertInstanceOf(Activated.class, book.activate(source("R", 10_018, FIRST, SECOND)));
    }

    @Test
    void anOrderThatKeepsCallsFromProtectedNumbersDoesNotCompile() {
        String line = "# one order\n5;live;reject" + REST.replace("Title;;", "Title;+7717*;") + "+44*\n";

        assertEquals(
                "first.csv:2:1: order 5: keeps calls from +77172000000, which is never to be touched, expected other numbers",
                rejected(source("R", 1, line, SECOND)));
        assertInstanceOf(Activated.class, book.activate(source("R", 1, line.replace("reject", "label"), SECOND)));
    }

    @Test
    void aTableThatDidNotChangeIsNotReadAgain() {
        book.activate(source("R", 1, FIRST, SECOND));
        book.activate(source("R", 1, FIRST, SECOND.replace("shadow", "live")));

        assertEquals(3, book.lists().tablesRead());
        assertEquals("O1 []", decided("+447700900217"));
        assertEquals("O1000 []", decided("+447700800217"));
    }

    @Test
    void theSameOrdersHaveTheSameHashHoweverTheyAreWritten() throws Exception {
        RuleSet set = set(FIRST, SECOND);

        assertEquals(
                CanonicalWriter.sha256(set),
                CanonicalWriter.sha256(set(
                        FIRST.replace("+44770090* +447700900217", "+447700900217 +44770090*")
                                .replace("\n", "\r\n"),
                        SECOND)));
        assertNotEquals(
                CanonicalWriter.sha256(set), CanonicalWriter.sha256(set(FIRST, SECOND.replace("shadow", "live"))));
        String canonical = new String(CanonicalWriter.bytes(set), StandardCharsets.UTF_8);
        RuleBook again = RuleBook.forHome("KZ");
        Activated written = assertInstanceOf(Activated.class, again.activate(RuleSource.text("canonical", canonical)));
        assertEquals(CanonicalWriter.sha256(set), written.hash());
    }

    @Test
    void theDifferenceOfTwoSetsNamesTheOrdersThatChanged() throws Exception {
        RuleSet before = set(FIRST, SECOND);
        RuleSet after = set(FIRST.replace("17;live", "17;shadow").replace("1;live;reject", "2;live;reject"), SECOND);

        RuleSetDiff diff = RuleSetDiff.between(before, after, 5);

        assertEquals(List.of("O2"), diff.added().stream().map(each -> each.id()).toList());
        assertEquals(
                List.of("O1"), diff.removed().stream().map(each -> each.id()).toList());
        assertEquals(Map.of("O17", List.of(new RuleSetDiff.Change("mode", "live", "shadow"))), diff.changed());
        assertTrue(RuleSetDiff.between(before, set(FIRST, SECOND), 5).isEmpty());
    }

    @Test
    void lintLooksAtOrdersAsAtRules() {
        List<String> findings = book.lint(source("R", 1, FIRST, SECOND), Instant.parse("2027-01-01T00:00:00Z")).stream()
                .map(RuleProblem::toString)
                .toList();

        assertTrue(
                findings.contains(
                        "rules.yaml:5:3: rule O17: expired at 2026-12-31T00:00:00Z, so it does nothing any more"),
                findings::toString);
        assertEquals(
                3, findings.stream().filter(each -> each.contains("expired")).count(), findings::toString);
    }

    @Test
    void allOrdersHoldFromABeginningThatTheSetNames() {
        String later = FIRST.replace(";;2026-12-31", ";2026-12-30T00:00:00Z;2026-12-31");
        book.activate(source("R", 1, later, SECOND));
        assertEquals("null [O1000]", decided("+447700900217"));

        Map<String, PartContent> parts = parts("R", 1, later, SECOND);
        String rules = new String(parts.get("rules.yaml").exact(), StandardCharsets.UTF_8);
        parts.put("rules.yaml", content(rules.replace("orders:\n", "orders:\n  from: 1970-01-01T00:00:00Z\n")));
        book.activate(RuleSource.parts("rules.yaml", 0, parts::get));

        assertEquals("O1 [O1000]", decided("+447700900217"));
        assertEquals(2, book.lists().tablesRead());
    }

    private String decided(String caller) {
        CallFacts facts = CallFacts.on(
                        "transit-a",
                        TrunkClass.INTERNATIONAL,
                        Instant.parse("2026-11-21T09:00:00Z").toEpochMilli())
                .asserted(book.numbers().caller(caller))
                .presented(book.numbers().caller(caller))
                .callee(book.numbers().callee("+77172345641"))
                .build();
        Decision decision = (Decision) book.decide(facts);
        return decision.rule() + " " + decision.shadowHits();
    }

    private String rejected(RuleSource source) {
        return assertInstanceOf(Rejected.class, book.activate(source))
                .problems()
                .get(0)
                .toString();
    }

    private static RuleSet set(String first, String second) throws Exception {
        return assertInstanceOf(
                        Reading.Read.class, source("R", 1, first, second).read(new KnownLists()))
                .ruleSet();
    }

    private static RuleSource source(String id, int priority, String first, String second) {
        return RuleSource.parts("rules.yaml", 0, parts(id, priority, first, second)::get);
    }

    private static Map<String, PartContent> parts(String id, int priority, String first, String second) {
        Map<String, PartContent> parts = new TreeMap<>();
        parts.put("rules.yaml", content(RULES.formatted(id, priority)));
        parts.put("first.csv", content(first));
        parts.put("second.csv", content(second));
        return parts;
    }

    private static PartContent content(String text) {
        return PartContent.of(text.getBytes(StandardCharsets.UTF_8));
    }
}
