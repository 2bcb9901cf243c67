package org.anticall.gateway.path;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** A Kamailio of this machine with a configuration of its own, until it is closed. */
final class Kamailio implements AutoCloseable {

    private static final String PROGRAM = "/usr/sbin/kamailio";

    private final Process process;

    /** @param directory where its files are written */
    Kamailio(Path directory, String configuration) throws IOException {
        Path file = Files.writeString(directory.resolve("kamailio.cfg"), configuration);
        String there = directory.toString();
        process = new ProcessBuilder(
                        PROGRAM, "-DD", "-E", "-m", "64", "-M", "8", "-f", file.toString(), "-w", there, "-Y", there)
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("kamailio.log").toFile())
                .start();
    }

    static boolean isInstalled() {
        return Files.isExecutable(Path.of(PROGRAM));
    }

    boolean isAlive() {
        return process.isAlive();
    }

    @Override
    public void close() throws InterruptedException {
        process.destroy();
        assertTrue(process.waitFor(20, TimeUnit.SECONDS), "kamailio does not end");
    }
}
