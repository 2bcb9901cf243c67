package org.anticall.gateway.control;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.anticall.rules.RuleBook;
import org.anticall.rules.call.CallFacts;
import org.anticall.rules.call.TrunkClass;
import org.anticall.rules.number.PartyNumber;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
class BehaviourKeeperTest {

    private static final Duration NEVER = Duration.ofDays(1);

    @TempDir
    Path directory;

    @Test
    void whatWasCountedIsThereAfterARestart() throws IOException {
        Path file = directory.resolve("behaviour");
        RuleBook before = RuleBook.forHome("KZ");
        byte[] nothing = before.counters().save();
        BehaviourKeeper keeper = BehaviourKeeper.start(before.counters(), file, NEVER);
        before.observe(call());
        byte[] counted = before.counters().save();
        assertNotEquals(nothing.length, 0);
        keeper.close();
        assertEquals("", keeper.trouble());
        assertArrayEquals(counted, Files.readAllBytes(file));

        RuleBook after = RuleBook.forHome("KZ");
        try (BehaviourKeeper again = BehaviourKeeper.start(after.counters(), file, NEVER)) {
            assertArrayEquals(counted, after.counters().save());
        }
    }

    @Test
    void itIsWrittenNowAndThen() {
        Path file = directory.resolve("behaviour");
        RuleBook book = RuleBook.forHome("KZ");
        try (BehaviourKeeper keeper = BehaviourKeeper.start(book.counters(), file, Duration.ofMillis(5))) {
            while (!Files.exists(file)) {
                Thread.onSpinWait();
            }
            assertEquals("", keeper.trouble());
        }
    }

    @Test
    void aDamagedFileKeepsNobodyFromStarting() throws IOException {
        Path file = Files.writeString(directory.resolve("behaviour"), "this is not what counters look like");
        RuleBook book = RuleBook.forHome("KZ");
        byte[] nothing = book.counters().save();
        try (BehaviourKeeper keeper = BehaviourKeeper.start(book.counters(), file, NEVER)) {
            assertArrayEquals(nothing, book.counters().save());
            assertEquals("", keeper.trouble());
        }
    }

    @Test
    void aFileThatCannotBeWrittenIsSaid() {
        Path file = directory.resolve("absent").resolve("behaviour");
        BehaviourKeeper keeper = BehaviourKeeper.start(RuleBook.forHome("KZ").counters(), file, NEVER);
        keeper.close();
        assertTrue(keeper.trouble().startsWith("what is counted of callers is not kept"), keeper.trouble());
        assertFalse(Files.exists(file));
    }

    private static CallFacts call() {
        return CallFacts.on("transit", TrunkClass.INTERNATIONAL, System.currentTimeMillis())
                .asserted(PartyNumber.of(442071234567L, PartyNumber.Form.INTERNATIONAL))
                .callee(PartyNumber.of(77172555555L, PartyNumber.Form.INTERNATIONAL))
                .build();
    }
}
