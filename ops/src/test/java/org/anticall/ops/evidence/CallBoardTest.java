package org.anticall.ops.evidence;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.anticall.ops.TestRecords;
import org.anticall.ops.acceptance.Await;
import org.anticall.ops.desk.DeskCall;
import org.anticall.ops.desk.DeskCall.State;
import org.anticall.ops.store.Database;
import org.anticall.rules.record.DecisionRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CallBoardTest {

    private static final Instant NOW = Instant.parse("2026-11-21T02:47:03Z");

    private final CallBoard board = new CallBoard();

    @Test
    void aCallThatComesBeforeItsRecordGetsItsReasonLater() throws InterruptedException {
        BoardView view = board.view();
        assertTrue(next(view).snapshot());

        board.changed(call("A"));
        assertNull(next(view).calls().get(0).ground());
        board.recorded(record("A"));

        assertEquals(
                "D10",
                Objects.requireNonNull(next(view).calls().get(0).ground()).rule());
    }

    @Test
    void aRecordThatComesBeforeItsCallIsNotForgotten() throws InterruptedException {
        board.recorded(record("A"));
        board.changed(call("A"));

        assertNotNull(next(board.view()).calls().get(0).ground());
    }

    @Test
    void changesAreNumberedWithoutGapsAfterTheSnapshot() throws InterruptedException {
        board.changed(call("A"));
        BoardView view = board.view();
        long seq = next(view).seq();

        board.changed(call("B"));
        board.changed(call("C"));

        assertEquals(seq + 1, next(view).seq());
        assertEquals(seq + 2, next(view).seq());
        assertNull(view.next(0));
    }

    @Test
    void aSlowViewerGetsANewSnapshotInsteadOfAllItMissed() throws InterruptedException {
        BoardView view = board.view();
        next(view);
        for (int i = 0; i <= BoardView.MOST_WAITING; i++) {
            board.changed(call("A"));
        }
        board.changed(call("B"));

        BoardChange change = next(view);

        assertTrue(change.snapshot());
        assertEquals(
                List.of("B", "A"), change.calls().stream().map(BoardCall::id).toList());
        assertNull(view.next(0));
    }

    @Test
    void theBoardKeepsOpenCallsAndDropsTheOldestThatIsOver() {
        DeskCall open = call("open");
        board.changed(open);
        for (int i = 0; i < CallBoard.MOST_CALLS; i++) {
            board.changed(TestRecords.over(call("over" + i), State.LADDERED, DeskCall.Outcome.NOT_ANSWERED, NOW));
        }

        assertEquals(CallBoard.MOST_CALLS, board.snapshot().calls().size());
        assertNotNull(board.find("open"));
        assertNull(board.find("over0"));
        assertNotNull(board.find("over1"));
    }

    @Test
    void recordsOfCallsThatPassedStayOffTheBoard() throws InterruptedException {
        BoardView view = board.view();
        next(view);

        board.recorded(TestRecords.passed("A", 1, 2, NOW));

        assertNull(view.next(0));
    }

    @Test
    void aClosedViewLetsItsReaderGo() throws InterruptedException {
        BoardView view = board.view();
        next(view);
        Thread closer = new Thread(view::close);
        closer.start();

        assertNull(view.next(60_000));
        assertTrue(view.isClosed());
        closer.join();
    }

    @Test
    void callsThatAnEarlierRunLeftOpenAreEndedWhenTheyAreRecalled(@TempDir Path state) {
        try (Database database = Database.open(state, null)) {
            DeskCall talking = TestRecords.moved(call("A"), State.ANSWERED, "101", NOW);
            database.deskCalls().add(List.of(talking, call("B")));

            List<DeskCall> recalled = DeskMemory.recall(database.deskCalls(), 10, Set.of(), NOW.plusSeconds(60));

            assertEquals(
                    List.of(State.ENDED, State.LADDERED),
                    recalled.stream().map(DeskCall::state).toList());
            assertEquals(recalled, DeskMemory.recall(database.deskCalls(), 10, Set.of(), NOW.plusSeconds(99)));
        }
    }

    @Test
    void aCallThatTheDeskTakesUpAgainIsNotEnded(@TempDir Path state) {
        try (Database database = Database.open(state, null)) {
            DeskCall talking = TestRecords.moved(call("A"), State.ANSWERED, "101", NOW);
            database.deskCalls().add(List.of(talking));

            assertEquals(
                    List.of(talking), DeskMemory.recall(database.deskCalls(), 10, Set.of("A"), NOW.plusSeconds(60)));
        }
    }

    @Test
    void everyChangeAtTheDeskIsWrittenDownByTheTimeTheMemoryIsClosed(@TempDir Path state) {
        try (Database database = Database.open(state, null)) {
            DeskMemory memory = new DeskMemory(database.deskCalls());
            for (int i = 0; i < 1_000; i++) {
                memory.changed(call("A" + i));
            }
            memory.close();

            assertEquals(1_000, database.deskCalls().latest(2_000).size());
        }
    }

    @Test
    void whileTheDatabaseIsAwayTheDeskGoesOnAndNothingIsLost(@TempDir Path state) throws Exception {
        try (Database database = Database.open(state, null);
                Connection beside = DriverManager.getConnection(
                        "jdbc:h2:file:" + state.toAbsolutePath().resolve("centre"));
                Statement person = beside.createStatement()) {
            DeskMemory memory = new DeskMemory(database.deskCalls());
            person.execute("ALTER TABLE desk_call RENAME TO elsewhere");
            for (int i = 0; i < 300; i++) {
                memory.changed(call("A" + i));
            }
            Await.until("a write has failed", Duration.ofSeconds(20), () -> memory.failures() > 0);

            person.execute("ALTER TABLE elsewhere RENAME TO desk_call");

            Await.until(
                    "all of it is written",
                    Duration.ofSeconds(20),
                    () -> database.deskCalls().latest(1_000).size() == 300);
            memory.close();
            assertEquals("A299", database.deskCalls().latest(1).get(0).recordId());
        }
    }

    @Test
    void aHundredViewersOfAThousandEventsEachGetEveryOneOnceAndInOrder() throws Exception {
        List<BoardView> views = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            BoardView view = board.view();
            next(view);
            views.add(view);
        }

        for (int i = 0; i < 1_000; i += 250) {
            for (int j = i; j < i + 250; j++) {
                board.changed(call("A" + j));
            }
            for (BoardView view : views) {
                for (int j = i; j < i + 250; j++) {
                    BoardChange change = next(view);
                    assertFalse(change.snapshot());
                    assertEquals(j + 1, change.seq());
                    assertEquals("A" + j, change.calls().get(0).call().recordId());
                }
            }
        }
    }

    @Test
    void aHundredViewersThatSleepThroughAThousandEventsCostOneSnapshotEach() throws Exception {
        List<BoardView> views = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            BoardView view = board.view();
            next(view);
            views.add(view);
        }

        for (int j = 0; j < 1_000; j++) {
            board.changed(call("A" + j));
        }

        for (BoardView view : views) {
            BoardChange change = next(view);
            assertTrue(change.snapshot());
            assertEquals(1_000, change.seq());
            assertEquals(1_000, change.calls().size());
            assertNull(view.next(0));
        }
    }

    private static BoardChange next(BoardView view) throws InterruptedException {
        return Objects.requireNonNull(view.next(5_000));
    }

    private static DeskCall call(String id) {
        return TestRecords.offered(id, "+77172700000", "+77011234567", "D10", NOW);
    }

    private static DecisionRecord record(String id) {
        return TestRecords.diverted(id, 77172700000L, 77011234567L, "D10", TestRecords.LANDLINE_FROM_ABROAD, NOW);
    }
}
