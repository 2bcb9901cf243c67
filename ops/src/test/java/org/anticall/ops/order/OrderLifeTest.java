package org.anticall.ops.order;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Supplier;
import org.anticall.ops.order.OrderState.Approved;
import org.anticall.ops.order.OrderState.Draft;
import org.anticall.ops.order.OrderState.Expired;
import org.anticall.ops.order.OrderState.Live;
import org.anticall.ops.order.OrderState.Revoked;
import org.anticall.ops.order.OrderState.Shadow;
import org.anticall.ops.order.OrderState.Submitted;
import org.junit.jupiter.api.Test;

class OrderLifeTest {

    private static final Instant NOW = TestOrders.NOW;
    private static final Signature AUTHOR = TestOrders.AUTHOR;
    private static final Signature APPROVER = new Signature(2, "С. Қасымов", "2-бөлім", NOW);
    private static final Signature SECOND = new Signature(3, "Ә. Тілеуберді", "3-бөлім", NOW);
    private static final Breadth NARROW = new Breadth(5, 1, 5, 0, 1_000, 7);
    private static final Breadth BROAD = new Breadth(6, 1, 6, 0, 1_000, 7);

    private final Order draft = Order.draft(17, TestOrders.number(), AUTHOR, 0);

    @Test
    void anOrderGoesFromDraftOverShadowToLiveAndEnds() {
        Order submitted = draft.submit(AUTHOR, NARROW);
        Order approved = submitted.approve(APPROVER);
        Order shadow = approved.published(5, NOW);
        Order promoted = shadow.goLive(APPROVER);
        Order live = promoted.published(6, NOW);
        Order expired = live.expire(live.content().until());

        assertInstanceOf(Submitted.class, submitted.state());
        assertEquals(new Approved(List.of(APPROVER), false, false), approved.state());
        assertEquals(new Shadow(List.of(APPROVER), 5, NOW, ""), shadow.state());
        assertEquals(new Approved(List.of(APPROVER), true, true), promoted.state());
        assertEquals(new Live(List.of(APPROVER), 6, NOW), live.state());
        assertInstanceOf(Expired.class, expired.state());
        assertEquals(7, expired.version(), "every step is a version");
    }

    @Test
    void theAuthorCannotApproveNotEvenWithAnotherAccount() {
        Order submitted = draft.submit(AUTHOR, NARROW);
        Signature sameWoman = new Signature(AUTHOR.person(), "N. Yessimova", "2-бөлім", NOW);

        assertEquals("own-order", refused(() -> submitted.approve(sameWoman)));
        assertEquals("own-order", refused(() -> submitted.giveBack(sameWoman)));
    }

    @Test
    void aBroadOrderNeedsTwoDifferentApprovers() {
        Order submitted = draft.submit(AUTHOR, BROAD);
        Order once = submitted.approve(APPROVER);

        assertInstanceOf(Submitted.class, once.state());
        assertEquals("approved-twice", refused(() -> once.approve(APPROVER)));
        assertEquals(List.of(APPROVER, SECOND), once.approve(SECOND).state().signatures());
    }

    @Test
    void breadthIsMeasuredInCallsAndInDigits() {
        assertFalse(NARROW.isBroad(), "5 of 1000 is 0.5 %, not more");
        assertTrue(BROAD.isBroad());
        assertEquals(2, BreadthGuard.approversNeeded(new Target.Prefix("+4477"), NARROW));
        assertEquals(1, BreadthGuard.approversNeeded(new Target.Prefix("+44770"), NARROW));
        assertEquals(2, BreadthGuard.approversNeeded(new Target.Prefix("+770"), NARROW));
        assertEquals(1, BreadthGuard.approversNeeded(new Target.Prefix("+7701"), NARROW));
        assertEquals(2, BreadthGuard.approversNeeded(new Target.Prefix("+37529"), NARROW));
        assertEquals(1, BreadthGuard.approversNeeded(new Target.Prefix("+375291"), NARROW));
        assertEquals(2, BreadthGuard.approversNeeded(new Target.Conditional("{}"), Breadth.UNKNOWN));
        assertEquals(2, BreadthGuard.approversNeeded(new Target.Listed("fraud-2026"), NARROW), "it can grow");
        assertEquals(2, BreadthGuard.approversNeeded(new Target.Range("+44770000000", "+44779999999"), NARROW));
    }

    @Test
    void aRangeIsAsFewPrefixesAsPossible() {
        assertEquals(List.of("+447700900*"), RangePatterns.of("+447700900000", "+447700900999"));
        assertEquals(List.of("+447700900217"), RangePatterns.of("+447700900217", "+447700900217"));
        assertEquals(
                List.of("+447700900098", "+447700900099", "+4477009001*", "+447700900200"),
                RangePatterns.of("+447700900098", "+447700900200"));
    }

    @Test
    void whatIsNotCompleteIsToldFieldByField() {
        OrderContent empty = new OrderContent(
                " ",
                new Target.Numbers(List.of("+1", "+447700900217", "+447700900217")),
                OrderAction.DIVERT,
                Ladder.PASS,
                new Basis(Basis.Type.PROSECUTOR_ORDER, "", TestOrders.DAY, "", ""),
                "",
                List.of("7717"),
                NOW,
                NOW,
                101,
                Origin.ANALYSIS,
                true);

        List<String> found = Completeness.problems(empty, NOW).stream()
                .map(each -> each.field() + " " + each.word())
                .toList();

        assertEquals(
                List.of(
                        "title missing",
                        "territory missing",
                        "target.numbers number",
                        "target.numbers twice",
                        "basis.document missing",
                        "basis.office missing",
                        "basis.scan scan",
                        "until before",
                        "confidence percent",
                        "calleePrefixes prefix"),
                found);
    }

    @Test
    void everyOrderEndsWithinAYear() {
        Instant longest = NOW.plus(Completeness.LONGEST);

        assertEquals(List.of(), Completeness.problems(TestOrders.number().until(longest), NOW));
        assertEquals("until far", problem(TestOrders.number().until(longest.plusMillis(1))));
        assertEquals("until before", problem(TestOrders.number().until(NOW)));
        assertEquals(List.of(), Completeness.problems(TestOrders.number().until(NOW.plusMillis(1)), NOW));
    }

    @Test
    void aLabelTakesNoSignedCopyAndAnInterceptionDoes() {
        assertEquals(List.of(), Completeness.problems(TestOrders.of(OrderAction.LABEL, ""), NOW));
        assertEquals("basis.scan scan", problem(TestOrders.of(OrderAction.REJECT, "")));
    }

    @Test
    void everyKindHasItsDefaultTime() {
        assertEquals(30, new Target.Numbers(List.of()).defaultValidity().toDays());
        assertEquals(7, new Target.Prefix("+44770").defaultValidity().toDays());
        assertEquals(7, new Target.Range("+1", "+1").defaultValidity().toDays());
        assertEquals(90, new Target.Conditional("{}").defaultValidity().toDays());
    }

    @Test
    void anEmergencyOrderEndsAfterFourHoursUnlessAnotherPersonConfirmsIt() {
        Signature supervisor = new Signature(9, "Д. Омаров", "зал", NOW);
        Order emergency = Order.emergency(18, TestOrders.of(OrderAction.DIVERT, ""), supervisor, NARROW);

        assertEquals(NOW.plus(Duration.ofHours(4)), emergency.content().until());
        assertFalse(emergency.isOver(NOW.plus(Duration.ofHours(4)).minusMillis(1)));
        assertTrue(emergency.isOver(NOW.plus(Duration.ofHours(4))));
        Order live = emergency.published(7, NOW);
        assertInstanceOf(Live.class, live.state());
        assertEquals("own-order", refused(() -> live.confirm(supervisor, NOW.plusSeconds(99_999), NARROW)));

        Order confirmed = live.confirm(APPROVER, NOW.plus(Duration.ofDays(7)), NARROW);

        assertFalse(confirmed.emergency());
        assertFalse(confirmed.isOver(NOW.plus(Duration.ofDays(6))));
        assertEquals(new Live(List.of(APPROVER), 7, NOW), confirmed.state());
        assertEquals("state", refused(() -> confirmed.confirm(APPROVER, NOW.plus(Duration.ofDays(8)), NARROW)));
    }

    @Test
    void nobodyActsAloneOnWhatIsBroad() {
        Signature supervisor = new Signature(9, "Д. Омаров", "зал", NOW);
        Target short3 = new Target.Prefix("+4477");
        Target long3 = new Target.Prefix("+44770");
        Target two = new Target.Range("+447700900000", "+447700900999");

        assertEquals("emergency-broad", refused(() -> emergency(short3, NARROW, supervisor)));
        emergency(long3, NARROW, supervisor);
        assertEquals("emergency-broad", refused(() -> emergency(new Target.Listed("fraud"), NARROW, supervisor)));
        assertEquals(
                "emergency-broad",
                refused(() -> emergency(new Target.Conditional("{}"), Breadth.UNKNOWN, supervisor)),
                "nobody could count it");
        emergency(two, new Breadth(5, 1, 1, 0, 1_000, 7), supervisor);
        assertEquals(
                "emergency-broad",
                refused(() -> emergency(two, new Breadth(6, 1, 1, 0, 1_000, 7), supervisor)),
                "more than 0.5 %");
        // Ten calls of a single number in a quiet week are no reason to wait for a prosecutor, eleven are.
        Target one = new Target.Numbers(List.of("+447700900217"));
        Order made = emergency(one, new Breadth(10, 1, 9, 0, 20, 7), supervisor);
        assertEquals("emergency-broad", refused(() -> emergency(one, new Breadth(11, 1, 9, 0, 20, 7), supervisor)));
        Instant end = NOW.plus(Duration.ofDays(7));
        Order live = made.published(7, NOW);
        assertEquals(
                "emergency-broad",
                refused(() -> live.confirm(APPROVER, end, new Breadth(11, 1, 9, 0, 20, 7))),
                "it has become broad since");
        live.confirm(APPROVER, end, new Breadth(10, 1, 9, 0, 20, 7));
    }

    private static Order emergency(Target target, Breadth breadth, Signature supervisor) {
        return Order.emergency(18, TestOrders.of(OrderAction.DIVERT, "", target, false), supervisor, breadth);
    }

    @Test
    void onlyWhatAStateAllowsCanBeDone() {
        Order submitted = draft.submit(AUTHOR, NARROW);
        Order live =
                submitted.approve(APPROVER).published(1, NOW).goLive(SECOND).published(2, NOW);
        Order revoked = live.revoke(APPROVER, true, "appealed");

        assertEquals("state", refused(() -> draft.approve(APPROVER)));
        assertEquals("state", refused(() -> submitted.submit(AUTHOR, NARROW)));
        assertEquals("state", refused(() -> live.edit(TestOrders.number(), AUTHOR)));
        assertEquals("state", refused(() -> live.goLive(APPROVER)));
        assertEquals("state", refused(() -> revoked.revoke(APPROVER, true, "again")));
        assertEquals("state", refused(() -> revoked.approve(APPROVER)));
        assertInstanceOf(Revoked.class, revoked.state());
        assertEquals(revoked, revoked.expire(live.content().until()), "what is revoked does not expire");
    }

    @Test
    void theAuthorWithdrawsOnlyWhatIsNotInForceAndNobodyElsesOrder() {
        Order approved = draft.submit(AUTHOR, NARROW).approve(APPROVER);

        assertInstanceOf(Revoked.class, draft.revoke(AUTHOR, false, "no").state());
        assertEquals("not-author", refused(() -> draft.revoke(SECOND, false, "no")));
        assertEquals("not-author", refused(() -> approved.revoke(AUTHOR, false, "no")));
        assertEquals("not-author", refused(() -> draft.edit(TestOrders.number(), SECOND)));
        assertInstanceOf(
                Draft.class, draft.submit(AUTHOR, NARROW).giveBack(SECOND).state());
    }

    @Test
    void aRuleThatLeftItsBandIsWatchedUntilAPersonDecides() {
        Order live = draft.submit(AUTHOR, NARROW)
                .approve(APPROVER)
                .published(1, NOW)
                .goLive(APPROVER)
                .published(2, NOW);

        Order fallen = live.fallBack("released 9 of 12", NOW);

        assertEquals(new Shadow(List.of(APPROVER), 2, NOW, "released 9 of 12"), fallen.state());
        assertEquals("own-order", refused(() -> fallen.goLive(AUTHOR)));
        assertInstanceOf(Approved.class, fallen.goLive(SECOND).state());
    }

    private static String problem(OrderContent content) {
        OrderProblem problem = Completeness.problems(content, NOW).get(0);
        return problem.field() + " " + problem.word();
    }

    private static String refused(Supplier<Order> step) {
        return assertThrows(OrderRefused.class, step::get).word();
    }
}
