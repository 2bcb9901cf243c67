package org.anticall.ops.acceptance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The units of gateway and centre: systemd understands all of them, and both processes are shut in. */
class SystemdUnitTest {

    private static final Path SOURCES = Path.of("").toAbsolutePath().getParent();
    private static final Path ANALYZE = Path.of("/usr/bin/systemd-analyze");

    @ParameterizedTest
    @ValueSource(strings = {"gateway", "ops"})
    void systemdUnderstandsTheUnit(String module, @TempDir Path directory) throws Exception {
        String said = analyzed(module, directory, "verify", "--man=no");
        assertTrue(said.lines().noneMatch(line -> line.contains("anticall-" + module)), said);
    }

    /** systemd's own measure of what the process could do, from 0 to 10. */
    @ParameterizedTest
    @ValueSource(strings = {"gateway", "ops"})
    void systemdFindsLittleExposed(String module, @TempDir Path directory) throws Exception {
        String said = analyzed(module, directory, "security", "--offline=true", "--no-pager", "--threshold=25");
        assertTrue(said.contains("Overall exposure level for anticall-" + module), said);
    }

    /** What systemd-analyze says of a unit that it must be content with. */
    private static String analyzed(String module, Path directory, String... how) throws Exception {
        Assumptions.assumeTrue(Files.isExecutable(ANALYZE), "SKIPPED: systemd-analyze is not installed");
        Path unit = directory.resolve("anticall-" + module + ".service");
        Files.writeString(unit, text(module).replace("/opt/anticall/anticall", "/bin/true"));
        List<String> command = new ArrayList<>(List.of(ANALYZE.toString()));
        command.addAll(List.of(how));
        command.add(unit.toString());
        Process analyze = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("said").toFile())
                .start();
        assertTrue(analyze.waitFor(60, TimeUnit.SECONDS));
        String said = Files.readString(directory.resolve("said"));
        assertEquals(0, analyze.exitValue(), said);
        return said;
    }

    @ParameterizedTest
    @ValueSource(strings = {"gateway", "ops"})
    void theProcessIsShutIn(String module) throws Exception {
        List<String> lines = text(module).lines().toList();
        for (String wanted : List.of(
                "NoNewPrivileges=yes",
                "ProtectSystem=strict",
                "ProtectHome=yes",
                "PrivateTmp=yes",
                "PrivateDevices=yes",
                "CapabilityBoundingSet=",
                "RestrictNamespaces=yes",
                "SystemCallFilter=@system-service",
                "Restart=always")) {
            assertTrue(lines.contains(wanted), wanted);
        }
        assertTrue(lines.stream().anyMatch(line -> line.startsWith("User=anticall")), "not root");
    }

    private static String text(String module) throws Exception {
        return Files.readString(SOURCES.resolve(module + "/src/main/systemd/anticall-" + module + ".service"));
    }
}
