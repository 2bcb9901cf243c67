package org.anticall.ops.desk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.anticall.ops.desk.DeskCall.Outcome;
import org.anticall.ops.desk.DeskCommand.Refuse;
import org.anticall.ops.desk.DeskCommand.Ring;
import org.anticall.ops.desk.DeskCommand.Silence;
import org.anticall.ops.desk.Outlook.QueueState;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which operator a call gets, and which call an operator. */
class CallQueueTest {

    private static final String BRITISH = "+447700900123";
    private static final String POLISH = "+48221234567";

    // ---- language and skill

    @Test
    void aCallRingsWhereItsLanguageIsSpoken() {
        DeskBench bench = DeskBench.ready(
                staffed(queue("english").callers("+44").needs("en").make())
                        .with("101", "ru", "kk")
                        .with("102", "en")
                        .policy(),
                "101",
                "102");

        assertEquals(List.of(new Ring("a", "102")), bench.offer("a", BRITISH, "D10"));
        assertEquals(List.of(new Ring("b", "101")), bench.offer("b", POLISH, "D10"));
    }

    @Test
    void amongThoseWhoHaveWhatItNeedsTheOneIdleLongestRings() {
        DeskBench bench = DeskBench.ready(
                staffed(queue("english").callers("+44").needs("en").make())
                        .with("101", "ru")
                        .policy(),
                "101",
                "103",
                "102");

        assertEquals(
                List.of(new Ring("a", "103")), bench.offer("a", BRITISH, "D10"), "a seat not named has all skills");
        assertEquals(List.of(new Ring("b", "102")), bench.offer("b", BRITISH, "D10"));
    }

    @Test
    void aSeatMustHaveEverythingTheCallNeeds() {
        DeskBench bench = DeskBench.ready(
                staffed(queue("banks").rules("D20").needs("en", "bank").make())
                        .with("101", "en")
                        .with("102", "en", "bank")
                        .policy(),
                "101",
                "102");

        assertEquals(List.of(new Ring("a", "102")), bench.offer("a", BRITISH, "D20"));
        bench.desk.answered("a", "102");
        assertEquals(List.of(), bench.offer("b", BRITISH, "D20"), "it waits, although 101 is ready");
        bench.desk.callerGone("a");
        assertEquals(List.of(new Ring("b", "102")), bench.tickAfter(DeskBench.POLICY.wrapUp()));
    }

    @Test
    void whereNobodyAtWorkHasWhatItNeedsTheCallGoesDownItsLadderAtOnce() {
        DeskBench bench = DeskBench.ready(
                staffed(queue("english").callers("+44").needs("en").make())
                        .with("101", "ru")
                        .policy(),
                "101");

        assertEquals(List.of(new Refuse("a")), bench.offer("a", BRITISH, "D10"));
        assertEquals(Outcome.NO_SEAT_LEFT, bench.last("a").outcome());
    }

    @Test
    void theFirstQueueThatTakesACallIsItsOwn() {
        Staffing staffing = new Staffing(
                List.of(
                        queue("one").callers("+44").rules("D10").make(),
                        queue("two").callers("+44").make(),
                        queue("three").callees("+7717").make()),
                Map.of());

        assertEquals("one", staffing.queueOf(BRITISH, "+77172000000", "D10").name());
        assertEquals("two", staffing.queueOf(BRITISH, "+77172000000", "D11").name());
        assertEquals("three", staffing.queueOf(POLISH, "+77172000000", "D11").name());
        assertEquals("rest", staffing.queueOf(POLISH, "+77272000000", "D11").name());
    }

    // ---- value

    @Test
    void theCallThatIsWorthMostRingsFirstAndAmongEqualsTheOldest() {
        DeskBench bench = DeskBench.ready(
                staffed(
                                queue("risk").rules("D20").value(9).make(),
                                queue("low").rules("D30").value(1).make())
                        .patient(Duration.ofMinutes(1))
                        .policy(6),
                "101");
        bench.offer("talks", POLISH, "D10");
        bench.desk.answered("talks", "101");
        bench.offer("low", POLISH, "D30");
        bench.offer("usual-1", POLISH, "D10");
        bench.offer("risk-1", POLISH, "D20");
        bench.offer("usual-2", POLISH, "D10");
        bench.offer("risk-2", POLISH, "D20");
        bench.desk.callerGone("talks");
        bench.pass(DeskBench.POLICY.wrapUp());

        assertEquals(List.of(new Ring("risk-1", "101")), bench.desk.tick());
        assertEquals(List.of(new Ring("risk-2", "101")), next(bench, "risk-1"));
        assertEquals(List.of(new Ring("usual-1", "101")), next(bench, "risk-2"));
        assertEquals(List.of(new Ring("usual-2", "101")), next(bench, "usual-1"));
        assertEquals(List.of(new Ring("low", "101")), next(bench, "usual-2"));
    }

    @Test
    void inAFullQueueACallTakesThePlaceOfTheYoungestThatIsWorthLeast() {
        DeskBench bench = DeskBench.ready(
                staffed(
                                queue("risk").rules("D20").value(9).make(),
                                queue("low").rules("D30").value(1).make())
                        .policy(3),
                "101");
        bench.offer("rings", POLISH, "D10");
        bench.offer("low-1", POLISH, "D30");
        bench.offer("low-2", POLISH, "D30");
        bench.offer("usual", POLISH, "D10");

        assertEquals(List.of(new Refuse("low-2")), bench.offer("risk", POLISH, "D20"));
        assertEquals(Outcome.OUTRANKED, bench.last("low-2").outcome());
        assertEquals(List.of(new Refuse("low-3")), bench.offer("low-3", POLISH, "D30"), "equals take no place");
        assertEquals(Outcome.QUEUE_FULL, bench.last("low-3").outcome());
    }

    @Test
    void aCallThatIsWorthMoreIsTakenInWhereOneWorthLessWouldWaitTooLong() {
        DeskBench bench = DeskBench.ready(
                staffed(queue("risk").rules("D20").value(9).make()).policy(9), "101");
        bench.talk("before", "101", Duration.ofSeconds(10)); // the seat was kept for 15 s, as long as a caller may wait
        bench.offer("rings", POLISH, "D10");
        bench.offer("waits", POLISH, "D10");

        assertEquals(List.of(new Refuse("usual")), bench.offer("usual", POLISH, "D10"));
        assertEquals(List.of(), bench.offer("risk", POLISH, "D20"), "only calls worth as much are before it");
    }

    // ---- quota

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void asManyCallsOfARuleAreAtTheDeskAsItsQuotaSays(int quota) {
        DeskBench bench = DeskBench.ready(
                staffed(queue("probing").rules("D30").quota(quota).make()).policy(9), "101", "102", "103", "104");
        for (int i = 1; i <= quota; i++) {
            assertEquals(1, bench.offer("call-" + i, POLISH, "D30").size(), "call " + i + " rings");
        }

        assertEquals(List.of(new Refuse("more")), bench.offer("more", POLISH, "D30"));
        assertEquals(Outcome.QUOTA_FULL, bench.last("more").outcome());
        assertEquals(1, bench.offer("other", POLISH, "D10").size(), "other rules have their own");
        bench.desk.callerGone("call-1");
        assertEquals(1, bench.offer("again", POLISH, "D30").size(), "one is over, one may come");
    }

    // ---- time

    @Test
    void aQueueMayHaveItsOwnTimeToAnswer() {
        DeskBench bench = DeskBench.ready(
                staffed(queue("hasty")
                                .rules("D30")
                                .within(Duration.ofSeconds(4))
                                .make())
                        .policy(),
                "101");
        bench.offer("a", POLISH, "D30");

        assertEquals(List.of(), bench.tickAfter(Duration.ofSeconds(4).minusMillis(1)));
        assertEquals(List.of(new Silence("a", "101"), new Refuse("a")), bench.tickAfter(Duration.ofMillis(1)));
        assertEquals(Outcome.NOT_ANSWERED, bench.last("a").outcome());
    }

    // ---- no common codec

    @Test
    void aCallNoSeatCouldSpeakWithRingsNowhere() {
        DeskBench bench = DeskBench.ready("101");

        assertEquals(List.of(new Refuse("a", true)), bench.desk.offerMisfit("a", POLISH, "+77172000000", "D10"));
        assertEquals(Outcome.NO_CODEC, bench.last("a").outcome());
    }

    @Test
    void aSeatThatCannotSpeakWithTheCallerIsNotToBlame() {
        DeskBench bench = DeskBench.ready("101", "102");
        bench.offer("a");

        assertEquals(List.of(new Ring("a", "102")), bench.desk.misfits("a", "101"));
        assertEquals(0, bench.seat("101").misses());
        assertEquals(List.of(new Refuse("a", true)), bench.desk.misfits("a", "102"));
        assertEquals(Outcome.NO_CODEC, bench.last("a").outcome());
        assertEquals(List.of(new Ring("b", "101")), bench.offer("b"), "it kept its place in the order");
    }

    // ---- the outlook

    @Test
    void theOutlookTellsEachQueueApart() {
        DeskBench bench = DeskBench.ready(
                staffed(queue("english").callers("+44").needs("en").value(7).make())
                        .with("101", "en")
                        .with("102", "ru")
                        .policy(9),
                "101",
                "102");
        bench.offer("talks", BRITISH, "D10");
        bench.desk.answered("talks", "101");
        bench.offer("waits", BRITISH, "D10");
        bench.pass(Duration.ofSeconds(3));

        Outlook outlook = bench.desk.outlook();

        assertEquals(
                List.of(
                        new QueueState("english", 7, 1, 1, 1, 0, Duration.ofSeconds(3)),
                        new QueueState("rest", 5, 0, 0, 2, 1, Duration.ZERO)),
                outlook.queues());
        assertEquals(2, outlook.atWork());
        assertEquals(1.0, outlook.inTime());
    }

    @Test
    void theOutlookForecastsFromWhatCallsTookAndHowOftenTheyCame() {
        DeskBench bench = DeskBench.ready("101", "102");
        for (int i = 0; i < 10; i++) {
            bench.talk("call-" + i, i % 2 == 0 ? "101" : "102", Duration.ofSeconds(85)); // and 5 s of paperwork
        }

        Outlook outlook = bench.desk.outlook();

        assertEquals(40, outlook.callsAnHour(), 0.5, "ten calls in fifteen minutes");
        assertEquals(Duration.ofSeconds(90), outlook.handling());
        assertEquals(1, outlook.load(), 0.02);
        assertTrue(outlook.expectedWait().compareTo(Duration.ofSeconds(31)) < 0, outlook.toString());
        assertEquals(3, outlook.seatsWanted(), "two would answer two of three within 20 s");
    }

    @Test
    void limitsAreChecked() {
        assertThrows(IllegalArgumentException.class, () -> queue("").make());
        assertThrows(IllegalArgumentException.class, () -> queue("q").value(0).make());
        assertEquals(1, queue("q").value(1).make().value());
        assertEquals(9, queue("q").value(9).make().value());
        assertThrows(IllegalArgumentException.class, () -> queue("q").value(10).make());
        assertThrows(IllegalArgumentException.class, () -> queue("q").quota(0).make());
        assertThrows(
                IllegalArgumentException.class,
                () -> queue("q").within(Duration.ZERO).make());
    }

    // ---- bench

    /** The call that talks is over and wrapped up, the next one rings. */
    private static List<DeskCommand> next(DeskBench bench, String call) {
        bench.desk.answered(call, "101");
        bench.desk.callerGone(call);
        bench.pass(DeskBench.POLICY.wrapUp());
        return bench.desk.tick();
    }

    private static QueueOf queue(String name) {
        return new QueueOf(name);
    }

    private static Staffed staffed(CallQueue... queues) {
        return new Staffed(List.of(queues));
    }

    private static final class QueueOf {
        private final String name;
        private Set<String> rules = Set.of();
        private List<String> callers = List.of();
        private List<String> callees = List.of();
        private Set<String> needs = Set.of();
        private int value = 5;
        private int quota = 100;
        private Duration within;

        QueueOf(String name) {
            this.name = name;
        }

        QueueOf rules(String... ids) {
            rules = Set.of(ids);
            return this;
        }

        QueueOf callers(String... prefixes) {
            callers = List.of(prefixes);
            return this;
        }

        QueueOf callees(String... prefixes) {
            callees = List.of(prefixes);
            return this;
        }

        QueueOf needs(String... skills) {
            needs = Set.of(skills);
            return this;
        }

        QueueOf value(int of) {
            value = of;
            return this;
        }

        QueueOf quota(int most) {
            quota = most;
            return this;
        }

        QueueOf within(Duration time) {
            within = time;
            return this;
        }

        CallQueue make() {
            return new CallQueue(name, rules, callers, callees, needs, value, quota, within);
        }
    }

    private static final class Staffed {
        private final List<CallQueue> queues;
        private final Map<String, Set<String>> skills = new HashMap<>();
        private Duration answerWithin = DeskBench.POLICY.answerWithin();

        Staffed(List<CallQueue> queues) {
            this.queues = queues;
        }

        Staffed with(String seat, String... has) {
            skills.put(seat, Set.of(has));
            return this;
        }

        Staffed patient(Duration time) {
            answerWithin = time;
            return this;
        }

        DeskPolicy policy() {
            return policy(DeskBench.POLICY.queueLimit());
        }

        DeskPolicy policy(int queueLimit) {
            DeskPolicy usual = DeskBench.POLICY;
            return new DeskPolicy(
                    answerWithin,
                    usual.ringFor(),
                    usual.wrapUp(),
                    queueLimit,
                    usual.missesBeforePause(),
                    new Staffing(queues, skills));
        }
    }
}
