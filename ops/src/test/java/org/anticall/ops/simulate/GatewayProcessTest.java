package org.anticall.ops.simulate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** With shell scripts in the gateway's place, which end as they like. */
@Timeout(30)
class GatewayProcessTest {

    @TempDir
    private Path directory;

    @Test
    void aGatewayThatReadsItsInputEndsWhenItIsClosed() throws Exception {
        GatewayProcess process = start("exec cat");

        process.close();

        assertFalse(process.isAlive());
    }

    @Test
    void aGatewayThatIgnoresEverythingIsKilled() throws Exception {
        GatewayProcess process = start("trap '' TERM; echo deaf; while :; do read -r -t 1 _ </dev/zero; done");
        awaitLog("deaf");

        process.close();

        assertFalse(process.isAlive());
        assertEquals(
                false,
                ProcessHandle.of(process.pid()).map(ProcessHandle::isAlive).orElse(false));
    }

    @Test
    void itsLastWordsTellWhyItIsNotReady() throws Exception {
        GatewayProcess process = start("echo starting; echo 'hops.core: expected an address'; echo; exit 2");

        DemoUnavailable thrown = assertThrows(
                DemoUnavailable.class,
                () -> new GatewayAdmin(FreePorts.forDemo().admin()).awaitReady(process, Duration.ofSeconds(20)));

        assertTrue(thrown.getMessage().contains("status 2"), thrown.getMessage());
        assertTrue(thrown.getMessage().contains("hops.core: expected an address"), thrown.getMessage());
    }

    @Test
    void oneThatNeverGetsReadyIsGivenUp() throws Exception {
        try (GatewayProcess process = start("exec cat")) {
            DemoUnavailable thrown = assertThrows(
                    DemoUnavailable.class,
                    () -> new GatewayAdmin(FreePorts.forDemo().admin()).awaitReady(process, Duration.ofMillis(300)));

            assertTrue(thrown.getMessage().contains("not ready"), thrown.getMessage());
        }
    }

    @Test
    void aMissingLauncherIsNamed() {
        Path missing = directory.resolve("nowhere/anticall");

        DemoUnavailable thrown = assertThrows(
                DemoUnavailable.class,
                () -> GatewayProcess.start(missing, directory.resolve("x"), directory.resolve("log")));

        assertTrue(thrown.getMessage().contains(missing.toString()), thrown.getMessage());
    }

    private GatewayProcess start(String script) throws Exception {
        Path launcher = Files.writeString(directory.resolve("launcher"), "#!/bin/bash\n" + script + "\n");
        assertTrue(launcher.toFile().setExecutable(true));
        return GatewayProcess.start(launcher, directory.resolve("gateway.yaml"), directory.resolve("log"));
    }

    private void awaitLog(String words) throws Exception {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
        while (!Files.readString(directory.resolve("log")).contains(words)) {
            assertTrue(System.nanoTime() < deadline, "the log does not say " + words);
            Thread.onSpinWait();
        }
    }
}
