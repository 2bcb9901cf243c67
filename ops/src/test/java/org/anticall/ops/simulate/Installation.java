package org.anticall.ops.simulate;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.anticall.ops.acceptance.Packaged;

/** The packaged product with a directory for temporary files of its own, by which its processes are known. */
final class Installation {

    private final Path temporary;

    private Installation(Path temporary) {
        this.temporary = temporary;
    }

    static Installation in(Path directory) throws IOException {
        return new Installation(Files.createDirectory(directory.resolve("tmp")));
    }

    /** Where the demo makes its temporary directories. */
    Path temporary() {
        return temporary;
    }

    /** Starts {@code anticall} with these arguments; its output goes to {@code out} and {@code err}. */
    Process start(Path out, Path err, List<String> arguments) throws IOException {
        List<String> command =
                new ArrayList<>(List.of(Packaged.home().resolve("anticall").toString()));
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
                        .filter(line -> line.contains(temporary.toString()))
                        .isPresent())
                .toList();
    }
}
