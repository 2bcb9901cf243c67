package org.anticall.ops.acceptance;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;

/** What a test needs on the machine. Missing programs skip the test loudly; where all must be there, they fail it. */
public final class Needs {

    /** Set where nothing may be skipped. */
    private static final String REQUIRE_ALL = "ANTICALL_REQUIRE_ALL";

    private Needs() {}

    /** The program's path, found on PATH. */
    public static Path program(String name, String debianPackage) {
        Path found = Arrays.stream(System.getenv("PATH").split(File.pathSeparator))
                .map(directory -> Path.of(directory, name))
                .filter(Files::isExecutable)
                .findFirst()
                .orElse(null);
        if (found != null) {
            return found;
        }
        throw missing(name + " is not installed (Debian package " + debianPackage + ")");
    }

    /** Skips the test, or fails it; does not return. */
    public static AssertionError missing(String what) {
        if (System.getenv(REQUIRE_ALL) != null) {
            Assertions.fail("missing: " + what + ", and " + REQUIRE_ALL + " is set");
        }
        return skipped(what);
    }

    /** Skips the test with a line that says so; does not return. */
    public static AssertionError skipped(String why) {
        String line = "SKIPPED: " + why;
        System.err.println(line);
        Assumptions.abort(line);
        return new AssertionError("not reached");
    }
}
