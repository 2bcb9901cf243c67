package org.anticall.ops.order;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.anticall.ops.order.NumberFile.Problem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files of numbers as clerks and partners send them. */
class NumberFileTest {

    @Test
    void whatIsForPeopleIsNotReadAndTheNumbersAreInTheirOrder() throws IOException {
        NumberFile.Read read = read("\uFEFFnumber;why\r\n# from the partner\r\n\r\n+447700900218;bank\r\n"
                + " +447700900217 , police\r\n\"+4477009*\";campaign\n+447700900218");

        assertEquals(List.of("+4477009*", "+447700900217", "+447700900218"), texts(read));
        assertEquals(7, read.lines());
        assertEquals(1, read.doubles());
        assertEquals(List.of(), read.problems());
    }

    @Test
    void everyWrongLineIsNamedWithWhatStandsThere() throws IOException {
        NumberFile.Read read = read("+447700900217\n447700900218\nнөмір;x\n+0123456789\n;bank\n+44 7700\nnumber\n");

        assertEquals(
                List.of(
                        "2 447700900218 number-line",
                        "3 нөмір number-line",
                        "4 +0123456789 number-line",
                        "5  number-line",
                        "6 +44 7700 number-line",
                        "7 number number-line"),
                read.problems().stream()
                        .map(each -> each.line() + " " + each.value() + " " + each.word())
                        .toList());
        assertEquals(6, read.problemCount());
    }

    @ParameterizedTest
    @ValueSource(strings = {"+1234567", "+123456789012345", "+12345678901234*", "+7701*"})
    void theShortestAndTheLongestAreTaken(String entry) throws IOException {
        assertEquals(List.of(entry), texts(read(entry + "\n")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"+123456", "+1234567890123456", "+123456789012345*", "+*", "+", "*", "+12345678a"})
    void oneDigitLessOrMoreIsNoNumber(String entry) throws IOException {
        assertEquals("number-line", read(entry + "\n").problems().get(0).word());
    }

    @ParameterizedTest
    @ValueSource(strings = {"+770*", "+4477*", "+37529*", "+7*"})
    void aPrefixThatMeansHalfACountryIsAnOrderOfItsOwn(String prefix) throws IOException {
        Problem problem = read(prefix).problems().get(0);

        assertEquals("broad", problem.word());
        assertEquals(prefix, problem.value());
    }

    @Test
    void aLineWithoutEndIsOneProblemAndItsBeginningIsShown() throws IOException {
        NumberFile.Read read = read("x".repeat(200_000) + "\n+447700900217");

        assertEquals(1, read.problemCount());
        assertEquals("x".repeat(40), read.problems().get(0).value());
        assertEquals(List.of("+447700900217"), texts(read));
    }

    @ParameterizedTest
    @ValueSource(strings = {"\n", "\r\n", "\r"})
    void linesEndInAnyWayAndAreCountedTheSame(String end) throws IOException {
        NumberFile.Read read = read(String.join(end, "+447700900217", "", "wrong", "+447700900218"));

        assertEquals(List.of("+447700900217", "+447700900218"), texts(read));
        assertEquals(4, read.lines());
        assertEquals(3, read.problems().get(0).line());
    }

    @Test
    void whatNobodyCanReadIsShownAsADot() throws IOException {
        NumberFile.Read read = read("+4477\0\u001b[2J\n+447700900217\0\n");

        assertEquals("+4477··[2J", read.problems().get(0).value());
        assertEquals(2, read.problemCount(), "a number with a NUL behind it is none");
    }

    @Test
    void problemsAreCountedBeyondThoseThatAreTold() throws IOException {
        NumberFile.Read read = read("wrong\n".repeat(NumberFile.MOST_PROBLEMS + 1));

        assertEquals(NumberFile.MOST_PROBLEMS, read.problems().size());
        assertEquals(NumberFile.MOST_PROBLEMS + 1, read.problemCount());
    }

    @Test
    void whoWaitsIsToldHowFarItIs() throws IOException {
        List<Integer> told = new ArrayList<>();
        StringBuilder lines = new StringBuilder();
        for (int i = 0; i < 25_000; i++) {
            lines.append('+').append(447_700_000_000L + i).append('\n');
        }
        NumberFile.Read read = NumberFile.of(stream(lines.toString()), told::add);

        assertEquals(List.of(10_000, 20_000, 25_000), told);
        assertEquals(25_000, read.keys().length);
    }

    @Test
    void anEmptyFileHasNoNumbers() throws IOException {
        assertArrayEquals(new long[0], read("").keys());
        assertEquals(0, read("").lines());
    }

    private static NumberFile.Read read(String text) throws IOException {
        return NumberFile.of(stream(text), lines -> {});
    }

    private static ByteArrayInputStream stream(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }

    private static List<String> texts(NumberFile.Read read) {
        List<String> texts = new ArrayList<>();
        for (long key : read.keys()) {
            texts.add(PackedNumbers.text(key));
        }
        return texts;
    }
}
