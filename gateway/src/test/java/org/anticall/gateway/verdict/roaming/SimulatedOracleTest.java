package org.anticall.gateway.verdict.roaming;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.anticall.rules.call.RoamingAnswer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class SimulatedOracleTest {

    @Test
    void theLastDigitSaysWhereTheSubscriberIs() {
        try (SimulatedOracle oracle = new SimulatedOracle(Duration.ZERO)) {
            LinkedBlockingQueue<RoamingAnswer> told = new LinkedBlockingQueue<>();
            for (int digit = 0; digit < 10; digit++) {
                oracle.query(77011234560L + digit, told::add);
                RoamingAnswer expected =
                        switch (digit) {
                            case 6 -> RoamingAnswer.roaming("TR");
                            case 7 -> new RoamingAnswer(RoamingAnswer.State.ROAMING, "AE", RoamingAnswer.Mode.S8HR);
                            case 8 -> RoamingAnswer.UNALLOCATED;
                            case 9 -> RoamingAnswer.UNKNOWN;
                            default -> RoamingAnswer.HOME;
                        };
                assertEquals(expected, told.poll(), "told before the question returns");
                assertNull(told.poll(), "told once");
            }
        }
    }

    @Test
    void aSlowAnswerHoldsUpNobody() throws Exception {
        try (SimulatedOracle oracle = new SimulatedOracle(Duration.ofMillis(20))) {
            CompletableFuture<Thread> answering = new CompletableFuture<>();
            oracle.query(77011234566L, answer -> answering.complete(Thread.currentThread()));
            assertNotSame(Thread.currentThread(), answering.get(20, TimeUnit.SECONDS));
        }
    }
}
