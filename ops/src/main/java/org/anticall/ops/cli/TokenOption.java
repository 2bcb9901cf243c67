package org.anticall.ops.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The token that a command shows to a centre: from {@code ANTICALL_TOKEN} or from a file that only its owner reads. */
final class TokenOption {

    @Option(
            names = "--token-file",
            paramLabel = "FILE",
            description = "File with the token (default: the variable ANTICALL_TOKEN).")
    private @Nullable Path file;

    /** The token, null if none was given. */
    @Nullable
    String token() {
        Path from = file;
        if (from == null) {
            String token = System.getenv("ANTICALL_TOKEN");
            return token == null || token.isBlank() ? null : token.strip();
        }
        try {
            return Files.readString(from).strip();
        } catch (IOException unreadable) {
            throw CommandFailure.usage("--token-file: " + from + " cannot be read");
        }
    }
}
