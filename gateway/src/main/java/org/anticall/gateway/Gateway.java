package org.anticall.gateway;

import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The command line of the gateway's process. Exit status: 0 well, 1 the thing asked about is not well, 2 usage. */
@Command(
        name = "anticall",
        description = "The gateway of the Anti Call-Centre.",
        mixinStandardHelpOptions = true,
        subcommands = {GatewayCommand.class, ConfigCommand.class})
public final class Gateway {

    private Gateway() {}

    public static void main(String[] args) {
        System.exit(run(args));
    }

    /** Runs one command line and returns the exit status. */
    static int run(String... args) {
        return new CommandLine(new Gateway())
                .setParameterExceptionHandler((wrong, given) -> {
                    PrintWriter err = wrong.getCommandLine().getErr();
                    String command = wrong.getCommandLine().getCommandSpec().qualifiedName();
                    err.println(command + ": " + wrong.getMessage() + "; " + command + " --help tells more");
                    return CommandLine.ExitCode.USAGE;
                })
                .execute(args);
    }
}
