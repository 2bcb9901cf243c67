package org.anticall.ops.http;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CsvRowsTest {

    @ParameterizedTest
    @ValueSource(strings = {"\n", "\r\n", "\r"})
    void rowsKnowTheirLinesHoweverTheseEnd(String end) {
        CsvRows csv = CsvRows.of(String.join(end, "a;b", "", "\"one" + end + "two; three\";d", "e"), ';');

        assertEquals(0, csv.openedIn());
        assertEquals(
                List.of(
                        new CsvRows.Row(1, List.of("a", "b")),
                        new CsvRows.Row(3, List.of("one" + end + "two; three", "d")),
                        new CsvRows.Row(5, List.of("e"))),
                csv.rows());
    }

    @Test
    void aDoubledQuotationMarkIsOneAndAnEmptyFieldIsOne() {
        assertEquals(
                List.of(new CsvRows.Row(1, List.of("the \"bank\"", "", ""))),
                CsvRows.of("\"the \"\"bank\"\"\",\"\", ", ',').rows());
    }

    @Test
    void aQuotationMarkThatIsNotClosedIsToldWithItsLine() {
        CsvRows csv = CsvRows.of("a;b\nc;d\ne;\"f\ng;h\n", ';');

        assertEquals(3, csv.openedIn());
        assertEquals(2, csv.rows().size());
    }

    @Test
    void nothingHasNoRows() {
        assertEquals(List.of(), CsvRows.of("", ';').rows());
        assertEquals(List.of(), CsvRows.of("\n\r\n \n", ';').rows());
    }
}
