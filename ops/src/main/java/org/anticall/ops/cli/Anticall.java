package org.anticall.ops.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.PrintWriter;
import java.util.Arrays;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.Spec;

/** The command line of the centre; {@link ExitStatus} tells what its exit status means. */
@Command(
        name = "anticall",
        description = "The Anti Call-Centre: screens calls from abroad and lets operators answer the suspect ones.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        synopsisSubcommandLabel = "COMMAND",
        footer = {
            "",
            "'anticall gateway --config FILE' runs a gateway; the launcher starts it.",
            "Exit status: 0 well, 1 the thing asked about is not well, 2 usage."
        },
        subcommands = {
            ExplainCommand.class,
            RulesCommand.class,
            AppealsCommand.class,
            AuditCommand.class,
            BackupCommand.class,
            ReplayCommand.class,
            BundlesCommand.class,
            ConfigCommand.class,
            GatewaysCommand.class,
            ListsCommand.class,
            OpsCommand.class,
            OrdersCommand.class,
            RecordsCommand.class,
            RestoreCommand.class,
            UsersCommand.class,
            DemoCommand.class,
            CommandLine.HelpCommand.class
        })
public final class Anticall implements Runnable {

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before it runs the command
    private CommandSpec spec;

    /** Runs one command and ends the process with its exit status. */
    public static void main(String[] arguments) {
        System.exit(run(new PrintWriter(System.out, true, UTF_8), new PrintWriter(System.err, true, UTF_8), arguments));
    }

    /** Runs one command in this process and returns its exit status. */
    static int run(PrintWriter out, PrintWriter err, String... arguments) {
        CommandLine line = new CommandLine(new Anticall())
                .setOut(out)
                .setErr(err)
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setUsageHelpAutoWidth(true)
                .setParameterExceptionHandler(Anticall::misused)
                .setExecutionExceptionHandler(Anticall::failed);
        return line.execute(arguments);
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "A command is missing");
    }

    private static int misused(ParameterException wrong, String[] arguments) {
        CommandLine line = wrong.getCommandLine();
        line.getErr().println("anticall: " + sentence(String.valueOf(wrong.getMessage())));
        line.getErr().println("'" + line.getCommandSpec().qualifiedName() + " --help' tells how it is called.");
        return ExitStatus.USAGE;
    }

    private static int failed(Exception thrown, CommandLine line, ParseResult parsed) {
        line.getErr().println("anticall: " + sentence(String.valueOf(thrown.getMessage())));
        if (thrown instanceof CommandFailure failure) {
            return failure.exitCode();
        }
        // Not foreseen: say where it happened, so that it can be reported; the full trace is for debuggers.
        line.getErr().println("anticall: this is a defect, " + thrown.getClass().getName() + place(thrown));
        return ExitStatus.USAGE;
    }

    private static String place(Throwable thrown) {
        return Arrays.stream(thrown.getStackTrace())
                .filter(frame -> frame.getClassName().startsWith("org.anticall"))
                .findFirst()
                .map(frame -> " at " + frame.getFileName() + ":" + frame.getLineNumber())
                .orElse("");
    }

    private static String sentence(String message) {
        String text = message.strip();
        return text.endsWith(".") || text.contains("\n") ? text : text + ".";
    }
}
