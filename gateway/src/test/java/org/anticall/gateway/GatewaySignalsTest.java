package org.anticall.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A gateway in a process of its own and the signals people send it. */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class GatewaySignalsTest {

    @TempDir
    Path directory;

    private Path file;
    private Process gateway;

    @BeforeEach
    void writeConfig() throws IOException {
        file = TrialConfig.write(directory);
    }

    @AfterEach
    void end() throws InterruptedException {
        gateway.destroyForcibly().waitFor();
    }

    @Test
    void terminationEndsItWell() throws Exception {
        startAndAwaitReady();
        gateway.toHandle().destroy();
        assertEquals(0, gateway.waitFor());
    }

    @Test
    void itEndsWellWithItsParent() throws Exception {
        startAndAwaitReady("--exit-with-parent");
        gateway.getOutputStream().close();
        assertEquals(0, gateway.waitFor());
    }

    @Test
    void hangupReloadsTheRules() throws Exception {
        startAndAwaitReady();
        Files.writeString(directory.resolve("rules.yaml"), TrialConfig.rules(4));
        new ProcessBuilder("kill", "-HUP", Long.toString(gateway.pid())).start().waitFor();
        try (BufferedReader log = gateway.errorReader(StandardCharsets.UTF_8)) {
            String line = log.readLine();
            while (line != null && !line.contains("rule set is live")) {
                line = log.readLine();
            }
            assertTrue(line != null && line.contains("revision=\"4\""), line);
        }
        assertTrue(gateway.isAlive());
    }

    private void startAndAwaitReady(String... options) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Gateway.class.getName(),
                "gateway",
                "--config",
                file.toString()));
        command.addAll(List.of(options));
        gateway = new ProcessBuilder(command).start();
        String ready = gateway.inputReader(StandardCharsets.UTF_8).readLine();
        assertTrue(ready != null && ready.startsWith("gw-1 listens on"), ready);
    }
}
