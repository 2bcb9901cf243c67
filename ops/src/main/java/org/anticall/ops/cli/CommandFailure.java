package org.anticall.ops.cli;

/** A command that cannot go on. The message is all that the person at the terminal gets to read. */
public final class CommandFailure extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final int exitCode;

    private CommandFailure(int exitCode, String message) {
        super(message);
        this.exitCode = exitCode;
    }

    /** The command was called wrongly, or what it needs is missing: exit status 2. */
    public static CommandFailure usage(String message) {
        return new CommandFailure(ExitStatus.USAGE, message);
    }

    /** What was asked about is not well, or somebody else was first: exit status 1. */
    public static CommandFailure notWell(String message) {
        return new CommandFailure(ExitStatus.NOT_WELL, message);
    }

    int exitCode() {
        return exitCode;
    }
}
