package org.anticall.gateway.control;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.anticall.gateway.config.CdrSettings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** When a file of call detail records is closed, and what is in it. */
class CdrFileTest {

    private static final String LINE = "{\"callId\":\"c1\",\"rule\":null}\n";

    @TempDir
    Path directory;

    @Test
    void aFileIsClosedBeforeTheLineThatWouldMakeItTooLarge() throws IOException {
        CdrFile file = new CdrFile(settings(2L * LINE.length()), CdrSettings.Format.JSON);
        file.write(detail("c1"), 0);
        file.write(detail("c1"), 0);
        assertEquals(0, finished().size());
        file.write(detail("c1"), 0);
        assertEquals(1, finished().size());
        assertEquals(LINE + LINE, Files.readString(finished().get(0)));
        file.finish();
        assertEquals(2, finished().size());
    }

    @Test
    void aFileIsClosedWhenItsTimeIsOverAndNotBefore() throws IOException {
        CdrFile file = new CdrFile(settings(1 << 20), CdrSettings.Format.JSON);
        long minute = Duration.ofMinutes(1).toNanos();
        file.write(detail("c1"), 0);
        file.tick(minute - 1);
        assertEquals(0, finished().size());
        file.tick(minute);
        assertEquals(1, finished().size());
        file.tick(2 * minute);
        assertEquals(1, finished().size(), "an empty file is not begun");
    }

    @Test
    void aValueThatWouldBreakTheLineIsQuoted() throws IOException {
        CdrFile file = new CdrFile(settings(1 << 20), CdrSettings.Format.CSV);
        file.write(detail("a,b\"c"), 0);
        file.finish();
        List<String> lines = Files.readAllLines(finished().get(0));
        assertTrue(lines.get(0).startsWith("node,callId,"));
        assertEquals("\"a,b\"\"c\",", lines.get(1));
    }

    @Test
    void whatAKilledProcessLeftGetsItsName() throws IOException {
        Files.writeString(directory.resolve("cdr-1.json.part"), LINE);
        new CdrFile(settings(1 << 20), CdrSettings.Format.JSON).adopt();
        assertEquals(LINE, Files.readString(directory.resolve("cdr-1.json")));
    }

    private CdrSettings settings(long rotateBytes) {
        return new CdrSettings(
                directory,
                Set.of(CdrSettings.Format.JSON),
                CdrSettings.Numbers.MASKED,
                rotateBytes,
                Duration.ofMinutes(1));
    }

    private static Map<String, Object> detail(String callId) {
        Map<String, Object> detail = new LinkedHashMap<>();
        detail.put("callId", callId);
        detail.put("rule", null);
        return detail;
    }

    private List<Path> finished() throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(each -> !each.toString().endsWith(".part"))
                    .sorted()
                    .toList();
        }
    }
}
