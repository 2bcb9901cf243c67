package org.anticall.ops.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.anticall.ops.RunningCentre;
import org.anticall.ops.StartFailure;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** What can be done at the console can be done on the command line, but for a short list with reasons. */
class CommandsCoverTheInterfaceTest {

    @TempDir
    Path state;

    @Test
    void everyRouteThatChangesSomethingHasACommandOrAReason() throws IOException, StartFailure {
        try (RunningCentre centre = new RunningCentre(state)) {
            Set<String> changing = centre.server().routes().stream()
                    .filter(each -> !each.startsWith("GET "))
                    .collect(Collectors.toCollection(TreeSet::new));

            assertEquals(changing, new TreeSet<>(table().keySet()));
        }
    }

    @Test
    void everyCommandOfTheTableIsThere() throws IOException {
        CommandLine anticall = new CommandLine(new Anticall());
        for (Map.Entry<String, String> each : table().entrySet()) {
            if (each.getValue().startsWith("- ")) {
                continue;
            }
            CommandLine command = anticall;
            for (String word : each.getValue().split(" ", -1)) {
                command = command.getSubcommands().get(word);
                assertNotNull(command, each.getKey() + ": there is no command '" + each.getValue() + "'");
            }
        }
    }

    private static Map<String, String> table() throws IOException {
        Map<String, String> table = new TreeMap<>();
        try (InputStream in = CommandsCoverTheInterfaceTest.class.getResourceAsStream("commands.txt");
                BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (!line.isBlank() && !line.startsWith("#")) {
                    String[] parts = line.trim().split("\\s+", 3);
                    assertEquals(3, parts.length, line);
                    table.put(parts[0] + " " + parts[1], parts[2]);
                }
            }
        }
        return table;
    }
}
