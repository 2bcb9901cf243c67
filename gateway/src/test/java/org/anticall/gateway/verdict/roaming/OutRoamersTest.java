package org.anticall.gateway.verdict.roaming;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.anticall.gateway.verdict.RoamingOracle;
import org.anticall.rules.call.RoamingAnswer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OutRoamersTest {

    @TempDir
    Path directory;

    @Test
    void aNumberInTheListRoamsAndEveryOtherIsAtHome() throws IOException {
        OutRoamers list = OutRoamers.read(file("# abroad\n+77011234567;TR\n\n+77059999999\n"));
        assertEquals(2, list.size());
        assertEquals(RoamingAnswer.roaming("TR"), answer(list, 77011234567L));
        assertEquals(RoamingAnswer.roaming(""), answer(list, 77059999999L));
        assertEquals(RoamingAnswer.HOME, answer(list, 77010000000L));
    }

    @Test
    void withoutAListNobodyKnows() {
        assertEquals(RoamingAnswer.UNKNOWN, answer(RoamingOracle.NOBODY, 77011234567L));
    }

    @Test
    void aBrokenFileIsNamedWithItsLineAndTheOldListStays() throws IOException {
        OutRoamers list = OutRoamers.read(file("+77011234567;TR\n"));
        for (String broken : List.of("+7701x;TR", "+77011234567;Turkey", "nonsense", "+77011234567;tr")) {
            file("+77059999999;DE\n" + broken + "\n");
            IOException problem = assertThrows(IOException.class, list::prepare);
            assertTrue(problem.getMessage().contains("roamers.csv line 2: expected"), problem.getMessage());
        }
        assertEquals(RoamingAnswer.roaming("TR"), answer(list, 77011234567L));
        assertEquals(RoamingAnswer.HOME, answer(list, 77059999999L));
    }

    private Path file(String text) throws IOException {
        return Files.writeString(directory.resolve("roamers.csv"), text);
    }

    private static RoamingAnswer answer(RoamingOracle oracle, long number) {
        List<RoamingAnswer> answers = new ArrayList<>();
        oracle.query(number, answers::add);
        assertEquals(1, answers.size());
        return answers.get(0);
    }
}
