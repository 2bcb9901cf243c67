package org.anticall.ops.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.stream.Stream;

/** What came of a file that was sent to a centre, for people. */
final class ImportReport {

    private ImportReport() {}

    /** A head, then each wrong line. */
    static Stream<String> lines(String head, JsonNode report) {
        return Stream.concat(
                Stream.of(head), Centre.each(report.path("problems")).map(ImportReport::line));
    }

    /** 1 if there was a wrong line, for then nothing was taken. */
    static int status(JsonNode report) {
        return report.path("problemCount").asLong() > 0 ? ExitStatus.NOT_WELL : ExitStatus.WELL;
    }

    private static String line(JsonNode problem) {
        String field = problem.path("field").asText();
        return "line " + problem.path("line").asText() + ": " + (field.isEmpty() ? "" : field + ": ") + "'"
                + problem.path("value").asText() + "', expected "
                + problem.path("expected").asText();
    }
}
