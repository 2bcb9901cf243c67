package org.anticall.ops.simulate;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * The gateway as a child process, started by the launcher. It holds our end of its standard input and ends when that
 * closes, so also when this process dies without a word.
 */
final class GatewayProcess implements AutoCloseable {

    private static final Duration POLITE = Duration.ofSeconds(5);
    private static final Duration FIRM = Duration.ofSeconds(3);
    private static final Set<String> LAUNCHERS_OWN =
            Set.of("ANTICALL_HOME", "ANTICALL_JAVA_OPTS", "ANTICALL_JAVA_HOME");

    private final Process process;
    private final Path log;

    private GatewayProcess(Process process, Path log) {
        this.process = process;
        this.log = log;
    }

    /**
     * Starts {@code launcher gateway}; it is not ready yet.
     *
     * @param launcher the product's launcher script
     * @param config the gateway's configuration
     * @param log takes all that the gateway prints
     * @throws DemoUnavailable if there is no such program
     */
    static GatewayProcess start(Path launcher, Path config, Path log) throws DemoUnavailable {
        List<String> command =
                List.of(launcher.toString(), "gateway", "--config", config.toString(), "--exit-with-parent");
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
        // Variables that override keys of a gateway's configuration are meant for somebody else's gateway.
        builder.environment().keySet().removeIf(name -> name.startsWith("ANTICALL_") && !LAUNCHERS_OWN.contains(name));
        try {
            return new GatewayProcess(builder.start(), log);
        } catch (IOException e) {
            throw new DemoUnavailable(
                    "the gateway cannot be started with " + launcher + " (" + e.getMessage()
                            + "): run the demo from a complete checkout as ./anticall demo",
                    e);
        }
    }

    long pid() {
        return process.pid();
    }

    /** @throws DemoUnavailable with the gateway's last words if it has ended */
    void requireAlive() throws DemoUnavailable {
        if (!process.isAlive()) {
            throw new DemoUnavailable(
                    "the gateway ended with status " + process.exitValue() + " before it was ready: " + lastWords());
        }
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** Closes its standard input, then insists step by step. The process is gone when this returns. */
    @Override
    public void close() {
        try {
            process.getOutputStream().close();
        } catch (IOException e) {
            process.destroy();
        }
        if (waitFor(POLITE)) {
            return;
        }
        process.destroy();
        if (waitFor(FIRM)) {
            return;
        }
        process.destroyForcibly();
        if (!waitFor(FIRM)) {
            System.err.println("demo: the gateway, process " + pid() + ", does not end");
        }
    }

    private boolean waitFor(Duration limit) {
        long deadline = System.nanoTime() + limit.toNanos();
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return process.waitFor(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    String lastWords() {
        try {
            return Files.readAllLines(log).stream()
                    .filter(line -> !line.isBlank())
                    .reduce((earlier, later) -> later)
                    .map(String::strip)
                    .orElse("it said nothing");
        } catch (IOException e) {
            return "its words in " + log + " cannot be read";
        }
    }
}
