package org.anticall.ops.store;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.anticall.ops.TestRecords;
import org.anticall.ops.audit.Actor;
import org.anticall.ops.audit.AuditEntry;
import org.anticall.ops.audit.AuditProof;
import org.anticall.ops.evidence.Disposition;
import org.anticall.ops.evidence.Disposition.Fraud;
import org.anticall.ops.evidence.Disposition.Outcome;
import org.anticall.ops.order.ListImport;
import org.anticall.ops.order.ManagedList;
import org.anticall.ops.order.Order;
import org.anticall.ops.order.OrderContent;
import org.anticall.ops.order.OrderState;
import org.anticall.ops.order.PackedNumbers;
import org.anticall.ops.order.Signature;
import org.anticall.ops.order.TestOrders;
import org.anticall.ops.redress.AllowEntry;
import org.anticall.ops.redress.Appeal;
import org.anticall.ops.redress.Finding;
import org.anticall.ops.redress.Precision;
import org.anticall.ops.redress.WorkingTime;
import org.anticall.ops.store.Records.Received;
import org.anticall.rules.record.DecisionRecord;
import org.junit.jupiter.api.Test;

/** Redress, orders and lists of numbers, on every database. */
abstract class AuthorityStoreContract extends DeskStoreContract {

    static final Signature OPERATOR = new Signature(3, "operator", "", NOW);

    @Test
    void aDecidedAppealIsKeptWithItsEntryAndWhatItSaysAboutTheRule() {
        Signature clerk = new Signature(1, "clerk", "", NOW);
        Signature judge = new Signature(2, "judge", "", NOW);
        Appeal.Telling telling = new Appeal.Telling(
                Appeal.Appellant.CITIZEN, "А. Б.", "a@b.kz", "+447700900217", "олар қоңырау шалады", List.of("A"));
        Appeal taken =
                database.appeals().add(id -> Appeal.taken(id, telling, clerk, WorkingTime.KZ), entry("appeal.take"));

        Appeal.Decided decided = database.appeals()
                .decide(
                        taken.id(),
                        1,
                        (appeal, id) -> appeal.uphold(id.getAsLong(), judge, "a bank", NOW.plus(Duration.ofDays(9))),
                        Map.of("A", "D10"),
                        entry("appeal.uphold"))
                .orElseThrow();

        assertEquals(decided.appeal(), database.appeals().find(taken.id()).orElseThrow());
        assertEquals(List.of(decided.freed()), database.allowEntries().holding(NOW));
        assertEquals(List.of(), database.allowEntries().holding(NOW.plus(Duration.ofDays(9))));
        assertEquals(Map.of("D10", new Precision(0, 1)), database.findings().precision(NOW));
        assertEquals(Map.of("upheld", 1L), database.appeals().counts());
        assertEquals(List.of("allow.approve", "appeal.uphold", "appeal.take"), links());
        assertThrows(Outdated.class, () -> database.appeals()
                .change(taken.id(), 1, each -> each.withdraw(clerk, "x"), entry("appeal.withdraw")));
    }

    @Test
    void theLatestFindingOnARecordCounts() {
        Signature operator = new Signature(1, "operator", "", NOW);
        for (Finding.Kind kind : List.of(Finding.Kind.LEGITIMATE, Finding.Kind.FRAUD)) {
            Finding finding = new Finding("A", "D10", kind, Finding.Source.DISPOSITION, NOW);
            database.findings().disposed(finding, "+447700900217", operator, entry("call.finding"));
        }
        Finding unclear = new Finding("B", "D11", Finding.Kind.UNCLEAR, Finding.Source.DISPOSITION, NOW);
        database.findings().disposed(unclear, "", operator, entry("call.finding"));

        assertEquals(
                Map.of("D10", new Precision(1, 0), "D11", new Precision(0, 0)),
                database.findings().precision(NOW));
        assertEquals(
                "proposed",
                database.allowEntries()
                        .search(new RedressSearch("", "+4477", Long.MAX_VALUE, 9))
                        .get(0)
                        .state()
                        .text());
        assertThrows(Exception.class, () -> tamper("DELETE FROM finding"));
        assertThrows(Exception.class, () -> tamper("UPDATE redress_version SET why = 'x'"));
    }

    // ---- lists of numbers ----

    @Test
    void theNumbersOfAnImportCountFromItsApprovalToItsUndoing() {
        ManagedList list = list("fraud-2026");
        ListImport first = numbers(list, 447_700_900_217L, 447_700_900_218L);
        ListImport second = numbers(list, 447_700_900_218L, 447_700_900_219L);
        NumberLists lists = database.numberLists();
        assertEquals(0, lists.keys(list.id()).length, "they wait");
        long before = lists.standing("fraud-2026").orElseThrow().state();

        lists.change(first.id(), 1, each -> each.approve(OPERATOR), entry("list-import.approve"));
        lists.change(second.id(), 1, each -> each.approve(OPERATOR), entry("list-import.approve"));

        assertEquals(3, lists.keys(list.id()).length, "a number that two files have counts once");
        assertTrue(lists.standing("fraud-2026").orElseThrow().state() > before);
        assertEquals(List.of("+447700900218 " + first.id(), "+447700900218 " + second.id()), meaning(447_700_900_218L));
        lists.change(first.id(), 2, each -> each.undo(OPERATOR, true, "wrong file"), entry("list-import.undo"));
        assertEquals(2, lists.keys(list.id()).length);
        assertEquals(List.of(), meaning(447_700_900_217L));
        assertEquals(List.of("+447700900218 " + second.id()), meaning(447_700_900_218L));
        assertThrows(
                Outdated.class,
                () -> lists.change(first.id(), 2, each -> each.approve(OPERATOR), entry("list-import.approve")));
        NumberLists.Summary summary = lists.all().get(0);
        assertEquals(new NumberLists.Summary(list, 2, 1, 0), summary);
        assertEquals(
                List.of(ListImport.State.HOLDING, ListImport.State.UNDONE),
                lists.imports(list.id(), 9).stream().map(ListImport::state).toList());
        assertEquals("list-import.undo", links().get(0));
        assertThrows(AlreadyThere.class, () -> list("fraud-2026"));
        assertTrue(lists.standing("nobody").isEmpty());
    }

    @Test
    void aNumberIsFoundAtTheEdgesOfEveryBlockAndUnderItsPrefix() {
        ManagedList list = list("long");
        long[] keys = new long[3 * PackedNumbers.MOST_IN_BLOCK + 1];
        Arrays.setAll(keys, i -> PackedNumbers.key(447_700_000_000L + 2L * i, false));
        keys[keys.length - 1] = PackedNumbers.key(998_901L, true);
        Arrays.sort(keys);
        List<Integer> told = new ArrayList<>();
        NumberLists lists = database.numberLists();
        ListImport kept = lists.addImport(
                list.id(), id -> waiting(id, list, keys.length), keys, told::add, entry("list-import.take"));
        lists.change(kept.id(), 1, each -> each.approve(OPERATOR), entry("list-import.approve"));

        assertEquals(List.of(keys.length), told);
        assertArrayEquals(keys, lists.keys(list.id()));
        for (int edge : List.of(0, 4_094, 4_095, 4_096, 8_191, 8_192, 12_286)) {
            long number = 447_700_000_000L + 2L * edge;
            assertEquals(List.of("+" + number + " " + kept.id()), meaning(number));
            assertEquals(List.of(), meaning(number + 1));
        }
        assertEquals(List.of("+998901* " + kept.id()), meaning(998_901_234_567L));
        assertEquals(List.of(), meaning(998_902_234_567L));
    }

    private List<String> meaning(long number) {
        return database.numberLists().meaning(number).stream()
                .map(each -> each.entry() + " " + each.from().id())
                .toList();
    }

    final ManagedList list(String name) {
        Signature by = new Signature(1, "prosecutor", "", NOW);
        return database.numberLists().add(name, id -> new ManagedList(id, name, "серіктестен", by), entry("list.make"));
    }

    final ListImport numbers(ManagedList list, long... numbers) {
        long[] keys = Arrays.stream(numbers)
                .map(each -> PackedNumbers.key(each, false))
                .toArray();
        return database.numberLists()
                .addImport(
                        list.id(),
                        id -> waiting(id, list, keys.length),
                        keys,
                        written -> {},
                        entry("list-import.take"));
    }

    private static ListImport waiting(long id, ManagedList list, int numbers) {
        return ListImport.waiting(id, list.id(), "7-18/2240", "Астана", "n.csv", numbers, list.author());
    }

    @Test
    void manyOrdersAreImportedAndUndoneWithALinkForEach() throws Exception {
        long author = person("900101300001").id();
        Signature by = new Signature(author, "author", "", NOW);
        AuditEntry taken = new AuditEntry(NOW, new Actor(author, "author", ""), "order.import", "", "{}", "");
        List<OrderContent> contents = Collections.nCopies(2_001, TestOrders.number());

        long number = database.orders().addImport(contents, by, taken);
        Orders.Stepped undone =
                database.orders().stepImport(number, order -> order.revoke(by, false, "wrong file"), taken);

        assertEquals(new Orders.Stepped(2_001, 0, null), undone);
        assertEquals(Map.of("revoked", 2_001L), database.orders().counts());
        List<Order> found = database.orders().search(new Orders.Search("", "", Long.MAX_VALUE, 3_000));
        assertEquals(2_001, found.stream().map(Order::id).distinct().count());
        assertEquals(2, database.orders().history(found.get(0).id()).size());
        assertEquals(
                2 * 2_001 + 1,
                assertInstanceOf(AuditProof.Sound.class, examined(signer())).links());
    }

    @Test
    void ordersAreFoundByWhatStandsInThemAndWhereTheyStand() {
        Order first = filledOrder();
        Order second = filledOrder();
        step(second, order -> order.revoke(order.author(), false, "withdrawn"));

        assertEquals(List.of(second.id(), first.id()), found("", "0900217"));
        assertEquals(List.of(second.id(), first.id()), found("", "ТЕРГЕУ"));
        assertEquals(List.of(first.id()), found("draft", "+447700900217"));
        assertEquals(List.of(second.id()), found("revoked", ""));
        assertEquals(List.of(), found("live", ""));
        assertEquals(List.of(), found("", "nothing like it"));
        assertEquals(
                List.of(first.id()),
                database.orders().search(new Orders.Search("", "тергеу", second.id(), 9)).stream()
                        .map(Order::id)
                        .toList());
    }

    @Test
    void aChangeIsCountedForTheThousandOfAnOrderThatIsOrWasInForce() {
        Order order = filledOrder();
        OrderChanges before = database.orders().changes();
        step(order, each -> each.edit(TestOrders.number(), each.author()));
        assertEquals(before, database.orders().changes(), "a draft is in no revision");

        OrderState approved = new OrderState.Approved(List.of(), true, false);
        step(
                order,
                each -> new Order(each.id(), each.version() + 1, each.content(), each.author(), false, 0, approved));
        OrderChanges inForce = database.orders().changes();
        step(order, each -> each.revoke(each.author(), true, "ended"));
        OrderChanges ended = database.orders().changes();

        assertEquals(1, ended.thousands());
        assertEquals(before.of(0) + 1, inForce.of(0));
        assertEquals(before.of(0) + 2, ended.of(0));
        assertEquals(before.of(1), ended.of(1));
        assertEquals(ended.of(7), ended.of(1_007), "a million further they are counted together");
    }

    private List<Long> found(String kind, String text) {
        return database.orders().search(new Orders.Search(kind, text, Long.MAX_VALUE, 9)).stream()
                .map(Order::id)
                .toList();
    }

    private Order step(Order order, UnaryOperator<Order> step) {
        long version = database.orders().find(order.id()).orElseThrow().version();
        AuditEntry entry = new AuditEntry(NOW, new Actor(order.author().person(), "a", ""), "order.step", "", "{}", "");
        return database.orders().change(order.id(), version, step, entry).orElseThrow();
    }

    @Test
    void whatAnOperatorFoundOutCountsForTheRuleAndProposesTheHonestCaller() {
        AllowEntry proposal = database.dispositions()
                .add(disposed("A", Outcome.HONEST, NOW), OPERATOR, entry("call.disposition"))
                .orElseThrow();
        assertTrue(database.dispositions()
                .add(disposed("B", Outcome.FRAUD_TALKED, NOW), OPERATOR, entry("call.disposition"))
                .isEmpty());

        assertEquals(Map.of("D10", new Precision(1, 1)), database.findings().precision(NOW));
        assertEquals("+77172700000", proposal.number());
        assertEquals("A", proposal.record());
        assertEquals("D10", proposal.rule());
        assertEquals(List.of("call.disposition", "call.disposition", "allow.propose"), links());

        // The operator looks again: the latest word on a call counts.
        database.dispositions().add(disposed("A", Outcome.ROBOT, NOW), OPERATOR, entry("call.disposition"));
        assertEquals(Map.of("D10", new Precision(2, 0)), database.findings().precision(NOW));
    }

    static Disposition disposed(String record, Outcome outcome, Instant at) {
        return new Disposition(
                record, "operator", at, "D10", "+77172700000", outcome, Fraud.NONE, List.of("threat"), "Kaspi", 7);
    }

    final void add(DecisionRecord... records) {
        for (DecisionRecord each : records) {
            database.records().add(List.of(new Received(each, line(each))), NOW);
        }
    }

    static DecisionRecord caught(String id, Instant at) {
        return TestRecords.diverted(id, 77172700000L, 77011234567L, "D10", TestRecords.LANDLINE_FROM_ABROAD, at);
    }

    final Order filledOrder() {
        Signature author = new Signature(
                database.people().all().isEmpty()
                        ? person("900101300001").id()
                        : database.people().all().get(0).id(),
                "a",
                "",
                NOW);
        AuditEntry entry = new AuditEntry(NOW, new Actor(author.person(), "a", ""), "order.write", "", "{}", "");
        return database.orders().add(id -> Order.draft(id, TestOrders.number(), author, 0), entry);
    }
}
