package org.anticall.ops.acceptance;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;

/** A process of the product, started by the launcher as a user starts it; output goes to a file. */
public final class Launched implements AutoCloseable {

    private final Process process;
    private final Path log;

    private Launched(Process process, Path log) {
        this.process = process;
        this.log = log;
    }

    /** Starts {@code anticall arguments} without building anything first. */
    public static Launched anticall(Path log, String... arguments) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Packaged.home().resolve("anticall").toString());
        command.addAll(List.of(arguments));
        return start(log, command);
    }

    static Launched start(Path log, List<String> command) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        return new Launched(builder.start(), log);
    }

    /** Waits until {@code text} is in its output; fails when it ends before. */
    public void awaitOutput(String text) throws Exception {
        Await.until("'" + text + "' in " + log + "\n" + output(), Duration.ofSeconds(60), () -> {
            if (!process.isAlive()) {
                throw new AssertionError("ended with " + process.exitValue() + ":\n" + output());
            }
            return output().contains(text);
        });
    }

    public String output() throws IOException {
        return Files.exists(log) ? Files.readString(log) : "";
    }

    public Process process() {
        return process;
    }

    /** SIGKILL, to the process and to what it started. */
    public void kill() {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly().onExit().join();
    }

    /** SIGTERM; the process must end by itself. */
    @Override
    public void close() {
        process.destroy();
        try {
            process.onExit().orTimeout(20, TimeUnit.SECONDS).join();
        } catch (CompletionException late) {
            kill();
            throw new AssertionError("did not end within 20 s of SIGTERM", late);
        }
    }
}
