package org.anticall.rules.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.anticall.rules.number.NumberList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ListReaderTest {

    private final List<RuleProblem> problems = new ArrayList<>();
    private final ListReader reader = new ListReader("black", problems);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "+77172700000\n+4420*\n1414\n",
                "+77172700000\r\n+4420*\r\n1414\r\n",
                "\uFEFF+77172700000\n+4420*\n1414",
                "# x\n\n  +77172700000  \n+4420*;;\n 1414 ; ; \n"
            })
    void theSameEntriesHoweverTheLinesEnd(String text) throws IOException {
        reader.takeFile("black.csv", stream(text));

        assertEquals(
                List.of("+4420*", "+77172700000", "1414"),
                reader.list().entries().stream().map(NumberList.Entry::text).toList());
        assertEquals(List.of(), problems);
    }

    @Test
    void linesMayComeInPiecesOfAnySize() throws IOException {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < 20_000; i++) {
            text.append('+').append(77_170_000_000L + i).append(i % 7 == 0 ? ";;note\n" : "\n");
        }
        reader.takeFile("black.csv", new TricklingStream(text.toString().getBytes(StandardCharsets.UTF_8), 4_099));

        assertEquals(20_000, reader.list().size());
        assertEquals(List.of(), problems);
    }

    @Test
    void aNumberThatStandsThereTwiceIsNamedWithBothLines() throws IOException {
        reader.takeFile(
                "a.csv", stream("+77172700001\n# x\n+77172700000\n+77172700001\n+77172700001*\n+77172700000\n"));

        assertEquals(0, reader.list().size());
        assertEquals(
                List.of(
                        "a.csv:4:1: list black: +77172700001 for the second time, first at a.csv:1:1",
                        "a.csv:6:1: list black: +77172700000 for the second time, first at a.csv:3:1"),
                problems.stream().map(RuleProblem::toString).toList());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "+123456",
                "+0717270000",
                "+7717270000012345",
                "+7717a270000",
                "77172700000",
                "+",
                "++77172700000"
            })
    void whatIsNoNumberIsNamedWithItsLine(String line) throws IOException {
        reader.takeFile("a.csv", stream("+77172700001\n" + line + "\n"));
        reader.list();

        assertEquals(1, problems.size());
        assertTrue(problems.get(0).toString().startsWith("a.csv:2:1: list black: '"), problems::toString);
    }

    @Test
    void theShortestAndTheLongestNumberAreTaken() throws IOException {
        reader.takeFile("a.csv", stream("+1234567\n+123456789012345\n"));

        assertEquals(2, reader.list().size());
    }

    @Test
    void aLineIsAsLongAsTheBufferAndNoLonger() throws IOException {
        String entry = "+77172700000;;";
        int room = LineBytes.LONGEST_LINE - entry.length();

        reader.takeFile("a.csv", stream(entry + "x".repeat(room) + "\n+77172700001\n"));
        assertEquals(2, reader.list().size());

        ListReader other = new ListReader("black", problems);
        other.takeFile("a.csv", stream(entry + "x".repeat(room + 1) + "\n+77172700001\n"));
        other.list();
        assertEquals(
                "a.csv:1:1: list black: the line has no end, expected a list",
                problems.get(0).toString());
    }

    @Test
    void aWrongFileEndsAfterAThousandProblems() throws IOException {
        reader.takeFile("a.csv", stream("nonsense\n".repeat(5_000)));
        reader.list();

        assertEquals(ListReader.MOST_PROBLEMS, problems.size());
        assertEquals(
                "a.csv:1000:1: list black: so many problems that the rest is not told",
                problems.get(problems.size() - 1).toString());
    }

    private static InputStream stream(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Gives a few bytes at a time, as a slow disk does. */
    private static final class TricklingStream extends ByteArrayInputStream {

        private final int most;

        TricklingStream(byte[] bytes, int most) {
            super(bytes);
            this.most = most;
        }

        @Override
        public synchronized int read(byte[] target, int from, int length) {
            return super.read(target, from, Math.min(length, most));
        }
    }
}
