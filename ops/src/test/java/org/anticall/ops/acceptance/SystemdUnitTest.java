package org.anticall.ops.acceptance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
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
        Assumptions.assumeTrue(Files.isExecutable(ANALYZE), "SKIPPED: systemd-analyze is not installed");
        Path unit = directory.resolve("anticall-" + module + ".service");
        Files.writeString(unit, text(module).replace("/opt/anticall/anticall", "/bin/true"));
        Process analyze = new ProcessBuilder(ANALYZE.toString(), "verify", "--man=no", unit.toString())
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("said").toFile())
                .start();
        assertTrue(analyze.waitFor(60, TimeUnit.SECONDS));
        String said = Files.readString(directory.resolve("said"));
        assertEquals(0, analyze.exitValue(), said);
        assertTrue(said.lines().noneMatch(line -> line.contains("anticall-" + module)), said);
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
