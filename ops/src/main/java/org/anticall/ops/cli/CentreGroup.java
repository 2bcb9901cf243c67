package org.anticall.ops.cli;

import java.util.TreeSet;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** A command that only its subcommands do something. */
abstract class CentreGroup implements Runnable {

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before it runs the command
    private CommandSpec spec;

    @Override
    public final void run() {
        throw new ParameterException(
                spec.commandLine(),
                "What to do is missing: "
                        + String.join(", ", new TreeSet<>(spec.subcommands().keySet())));
    }
}
