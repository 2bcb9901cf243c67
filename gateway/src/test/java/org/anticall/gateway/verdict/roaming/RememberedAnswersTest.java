package org.anticall.gateway.verdict.roaming;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.anticall.gateway.config.RoamingMemory;
import org.anticall.gateway.verdict.RoamingOracle;
import org.anticall.rules.call.RoamingAnswer;
import org.junit.jupiter.api.Test;

class RememberedAnswersTest {

    private static final long NUMBER = 77011234567L;

    private final AtomicLong nanos = new AtomicLong();
    private final RoamingCounters counters = new RoamingCounters();
    private final List<Consumer<RoamingAnswer>> asked = new ArrayList<>();
    private final List<RoamingAnswer> answers = new ArrayList<>();
    private final RememberedAnswers oracle =
            new RememberedAnswers((e164, callback) -> asked.add(callback), RoamingMemory.DEFAULT, counters, nanos::get);

    @Test
    void anAnswerHoldsAsLongAsItsStateSays() {
        assertHolds(RoamingAnswer.roaming("TR"), 300);
        assertHolds(RoamingAnswer.HOME, 30);
        assertHolds(RoamingAnswer.UNALLOCATED, 300);
    }

    private void assertHolds(RoamingAnswer answer, int seconds) {
        oracle.forget();
        asked.clear();
        ask();
        asked.get(0).accept(answer);
        pass(Duration.ofSeconds(seconds).minusNanos(1));
        ask();
        assertEquals(1, asked.size(), answer + " still holds");
        pass(Duration.ofNanos(1));
        ask();
        assertEquals(2, asked.size(), answer + " holds no more");
        asked.get(1).accept(answer);
    }

    @Test
    void unknownAndTimeoutAreNotRemembered() {
        for (RoamingAnswer answer : List.of(RoamingAnswer.UNKNOWN, RoamingAnswer.TIMEOUT)) {
            asked.clear();
            ask();
            asked.get(0).accept(answer);
            ask();
            assertEquals(2, asked.size());
            asked.get(1).accept(answer);
        }
    }

    @Test
    void equalQuestionsAreAskedOnceAndAllAreAnswered() {
        ask();
        ask();
        ask();
        oracle.query(NUMBER + 1, answers::add);
        assertEquals(2, asked.size());
        assertEquals(2, counters.joined.sum());
        asked.get(0).accept(RoamingAnswer.HOME);
        assertEquals(List.of(RoamingAnswer.HOME, RoamingAnswer.HOME, RoamingAnswer.HOME), answers);
        ask();
        assertEquals(2, asked.size());
        assertEquals(1, counters.remembered.sum());
    }

    @Test
    void aSourceThatThrowsLeavesNobodyWaiting() {
        List<RememberedAnswers> self = new ArrayList<>();
        RoamingOracle broken = (e164, callback) -> {
            if (answers.isEmpty()) {
                answers.add(RoamingAnswer.TIMEOUT);
                self.get(0).query(e164, answers::add);
            }
            throw new IllegalStateException("no route");
        };
        RememberedAnswers guarded = new RememberedAnswers(broken, RoamingMemory.DEFAULT, counters, nanos::get);
        self.add(guarded);
        assertThrows(IllegalStateException.class, () -> guarded.query(NUMBER, first -> answers.add(null)));
        assertEquals(List.of(RoamingAnswer.TIMEOUT, RoamingAnswer.UNKNOWN), answers, "the one that joined is told");
    }

    private void ask() {
        oracle.query(NUMBER, answers::add);
    }

    private void pass(Duration time) {
        nanos.addAndGet(time.toNanos());
    }
}
