package org.anticall.ops.cli;

/** Exit status of every command. Scripts rely on these numbers. */
public final class ExitStatus {

    /** All well. */
    public static final int WELL = 0;

    /** The thing asked about is not well: lint problems, wrong verdicts. */
    public static final int NOT_WELL = 1;

    /** Called wrongly, or something the command needs is missing. */
    public static final int USAGE = 2;

    private ExitStatus() {}
}
