package org.anticall.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.anticall.rules.call.CallFacts;
import org.anticall.rules.call.Decision;
import org.anticall.rules.call.Explanation;
import org.anticall.rules.call.Explanation.Outcome;
import org.anticall.rules.call.Explanation.Tried;
import org.anticall.rules.call.Screening;
import org.anticall.rules.call.TrunkClass;

/** An order in a table does to every call what the same order does as a rule. */
class OrdersPropertyTest {

    private static final String[] PATTERNS = {
        "+447700900217",
        "+447700900218",
        "+4477009002*",
        "+447700900217*",
        "+4477*",
        "+44*",
        "+905321234567",
        "+9053*",
        "+77172700000",
        "+7717*"
    };
    private static final String[] CALLERS = {
        "+447700900217",
        "+447700900218",
        "+447700900999",
        "+4477",
        "+905321234567",
        "+77172700000",
        "1414",
        "anonymous",
        "",
        "+12025550100"
    };
    private static final String[] CALLEES = {"+77172555555", "+77011234567", "112", "1414"};
    private static final String[] CALLEE_PREFIXES = {"", "", "+7717*", "+7701* +7717*", "+77011234567*"};
    private static final String[] ACTIONS = {
        "pass", "label", "withhold", "reject", "divert/pass", "divert/next-desk/pass-with-label"
    };
    private static final String[] INSTANTS = {
        "2026-11-01T00:00:00Z", "2026-11-10T00:00:00Z", "2026-11-20T00:00:00Z", "2026-12-01T00:00:00Z"
    };
    private static final String RULES =
            """
            home: KZ
            legal-basis: {type: law, document: "1", date: 2026-11-01, office: o}
            %s
            rules:
              - {id: FIRST, title: t, stage: allow, priority: 5, when: {caller: {number: "+447700900999"}}, then: pass}
              - {id: POINTS, title: t, priority: 6, when: {caller: {country: 44}}, then: {score: 20}}
              - {id: WATCHED, title: t, mode: shadow, priority: %d, when: {caller: {country: [44, 90]}}, then: reject}
              - {id: AMONG, title: t, priority: %d, when: {caller: {country: 90}}, then: {label: among}}
              - {id: LAST, title: t, stage: signs, priority: 1, when: {trunk: international}, then: {score: 15}}
            %s
            """;

    private record Order(
            int number, String mode, String action, String from, String until, String callees, List<String> patterns) {

        String line() {
            return String.join(
                    ";",
                    Integer.toString(number),
                    mode,
                    action,
                    from,
                    until,
                    "court-order",
                    "7-" + number + "\\;x",
                    "2026-10-30",
                    "Office of {title}",
                    "About " + number,
                    callees,
                    String.join(" ", patterns));
        }

        String rule() {
            String numbers = patterns.stream().map(each -> '"' + each + '"').collect(Collectors.joining(", "));
            String protects =
                    callees.isEmpty() ? "" : ", callee: {number: [\"" + callees.replace(" ", "\", \"") + "\"]}";
            String then = action.startsWith("divert/")
                    ? "{divert: {ladder: [" + action.substring(7).replace("/", ", ") + "]}}"
                    : action;
            return """
                     - id: O%d
                       title: {en: "Order 7-%d;x: About %d", ru: "П 7-%d;x", kk: "Н"}
                       stage: %s
                       priority: %d
                       mode: %s
                       valid: {from: %s, until: %s}
                       legal-basis: {type: court-order, document: "7-%d;x", date: 2026-10-30, office: "Office of {title}"}
                       when: {trunk: international, any: [{asserted: {number: [%s]}}, {presented: {number: [%s]}}]%s}
                       then: %s
                       reason: {en: "By 7-%d;x of Office of {title}.", ru: "О", kk: "{x}"}
                   """
                    .formatted(
                            number,
                            number,
                            number,
                            number,
                            action.equals("pass") ? "allow" : "deterministic",
                            10_000 + number,
                            mode,
                            from,
                            until,
                            number,
                            numbers,
                            numbers,
                            protects,
                            then,
                            number);
        }
    }

    @Property(tries = 250, edgeCases = EdgeCasesMode.NONE)
    void aTableSaysWhatItsRulesSay(@ForAll long seed) {
        Random random = new Random(seed);
        List<Order> orders = orders(random);
        int free = 10_000 + 2 * (1 + random.nextInt(30));
        String tables = orders.isEmpty()
                ? ""
                : """
                  orders:
                    title: {en: "Order {document}: {title}", ru: "П {document}", kk: "Н"}
                    reason: {en: "By {document} of {office}.", ru: "О", kk: "{x}"}
                    tables: [[%s]]
                  """
                        .formatted(orders.stream()
                                .map(each -> '"' + each.line().replace("\\", "\\\\") + '"')
                                .collect(Collectors.joining(", ")));
        RuleBook byTable = book(RULES.formatted(tables, free, free + 2, ""));
        RuleBook byRule = book(RULES.formatted(
                "", free, free + 2, orders.stream().map(Order::rule).collect(Collectors.joining())));

        for (int i = 0; i < 20; i++) {
            CallFacts facts = call(random, byTable);
            assertEquals(said(byRule.decide(facts)), said(byTable.decide(facts)), () -> orders + " " + facts);
            assertExplainedAlike(byRule.explain(facts), byTable.explain(facts));
        }
    }

    /** All that a decision says but the name of its rule set, which is written otherwise. */
    private static Decision said(Screening screening) {
        Decision decision = assertInstanceOf(Decision.class, screening);
        return new Decision(
                decision.verdict(),
                decision.basis(),
                decision.rule(),
                decision.reason(),
                decision.revision(),
                "",
                decision.shadowHits(),
                decision.score(),
                decision.scored(),
                decision.alerts());
    }

    /** Orders of tables that name no number of the call are not told; all others are, in the same words. */
    private static void assertExplainedAlike(Explanation byRule, Explanation byTable) {
        Set<String> told = byTable.tried().stream().map(Tried::rule).collect(Collectors.toSet());
        assertEquals(
                byRule.tried().stream()
                        .filter(each -> told.contains(each.rule()))
                        .toList(),
                byTable.tried());
        for (Tried each : byRule.tried()) {
            boolean isOver = each.outcome() == Outcome.EXPIRED || each.outcome() == Outcome.NOT_YET;
            assertTrue(told.contains(each.rule()) || isOver || each.outcome() == Outcome.MISS, each::toString);
        }
        assertEquals(said(byTable.screening()), said(byRule.screening()));
    }

    private static RuleBook book(String yaml) {
        RuleBook book = RuleBook.forHome("KZ");
        Activation activation = book.activate(RuleSource.text("rules.yaml", yaml));
        assertInstanceOf(Activation.Activated.class, activation, () -> activation + "\n" + yaml);
        return book;
    }

    private static List<Order> orders(Random random) {
        Set<Integer> numbers = new TreeSet<>();
        for (int i = random.nextInt(12); i > 0; i--) {
            numbers.add(1 + 2 * random.nextInt(30));
        }
        List<Order> orders = new ArrayList<>();
        for (int number : numbers) {
            int from = random.nextInt(INSTANTS.length - 1);
            Set<String> patterns = new TreeSet<>();
            for (int i = 1 + random.nextInt(3); i > 0; i--) {
                patterns.add(any(random, PATTERNS));
            }
            orders.add(new Order(
                    number,
                    random.nextInt(3) == 0 ? "shadow" : "live",
                    any(random, ACTIONS),
                    INSTANTS[from],
                    INSTANTS[from + 1 + random.nextInt(INSTANTS.length - 1 - from)],
                    any(random, CALLEE_PREFIXES),
                    List.copyOf(patterns)));
        }
        return orders;
    }

    private static CallFacts call(Random random, RuleBook book) {
        long at = Instant.parse(any(random, INSTANTS)).toEpochMilli() - random.nextInt(2);
        return CallFacts.on("transit-a", random.nextInt(5) == 0 ? TrunkClass.NATIONAL : TrunkClass.INTERNATIONAL, at)
                .asserted(book.numbers().caller(any(random, CALLERS)))
                .presented(book.numbers().caller(any(random, CALLERS)))
                .callee(book.numbers().callee(any(random, CALLEES)))
                .build();
    }

    private static String any(Random random, String[] values) {
        return values[random.nextInt(values.length)];
    }
}
