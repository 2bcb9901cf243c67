package org.anticall.ops.simulate;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The product as this very build has made it, laid out so that the launcher finds nothing to build: a copy of the launcher
 * beside links to what the modules have packaged.
 */
final class Installation {

    private final Path directory;
    private final Path temporary;

    private Installation(Path directory, Path temporary) {
        this.directory = directory;
        this.temporary = temporary;
    }

    /** Skips the test, and says so, where the gateway has not been packaged in this build. */
    static Installation in(Path directory) throws IOException {
        Path sources = Path.of("").toAbsolutePath().getParent();
        Path home = Files.createDirectory(directory.resolve("home"));
        for (String module : List.of("gateway", "ops")) {
            Path target = sources.resolve(module).resolve("target");
            Path jar = target.resolve("anticall-" + module + ".jar");
            assumeTrue(Files.exists(jar), jar + " is not there: build all modules, not this one alone");
            Files.createSymbolicLink(Files.createDirectory(home.resolve(module)).resolve("target"), target);
        }
        Files.copy(sources.resolve("anticall"), home.resolve("anticall"));
        return new Installation(home, Files.createDirectory(directory.resolve("tmp")));
    }

    /** Where the demo makes its temporary directories. */
    Path temporary() {
        return temporary;
    }

    /** Starts {@code anticall} with these arguments; its output goes to {@code out} and {@code err} there. */
    Process start(Path out, Path err, List<String> arguments) throws IOException {
        List<String> command =
                new ArrayList<>(List.of(directory.resolve("anticall").toString()));
        command.addAll(arguments);
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectOutput(out.toFile()).redirectError(err.toFile());
        builder.environment().put("ANTICALL_JAVA_OPTS", "-Djava.io.tmpdir=" + temporary);
        return builder.start();
    }

    /** Processes that run from this installation. */
    List<ProcessHandle> processes() {
        return ProcessHandle.allProcesses()
                .filter(process -> process.info()
                        .commandLine()
                        .filter(line -> line.contains(directory.toString()))
                        .isPresent())
                .toList();
    }
}
