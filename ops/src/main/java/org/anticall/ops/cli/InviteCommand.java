package org.anticall.ops.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.util.concurrent.Callable;
import org.anticall.ops.config.ConfigFile;
import org.anticall.ops.config.InvalidConfig;
import org.anticall.ops.config.OpsConfig;
import org.anticall.ops.trust.EnrolmentTokens;
import org.anticall.ops.trust.TransportAuthority;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code anticall gateways invite NODE}: a one-time token for {@code anticall gateway enrol}, made on the centre's machine. */
@Command(
        name = "invite",
        description = "Prints a token with which a gateway of this name enrols, once, within an hour."
                + " Runs on the centre's machine, as the user the centre runs as.",
        mixinStandardHelpOptions = true)
final class InviteCommand implements Callable<Integer> {

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before it runs the command
    private CommandSpec spec;

    @Parameters(paramLabel = "NODE", description = "What the gateway is called, as in its configuration.")
    @SuppressWarnings("NullAway.Init") // required
    private String node;

    @Option(names = "--config", required = true, paramLabel = "FILE", description = "The centre's configuration, YAML.")
    @SuppressWarnings("NullAway.Init") // required
    private Path config;

    @Override
    public Integer call() {
        try {
            OpsConfig read = ConfigFile.read(config, System.getenv());
            Path keys = read.state().resolve("keys");
            TransportAuthority authority = TransportAuthority.openOrMake(keys, Clock.systemUTC());
            EnrolmentTokens tokens = new EnrolmentTokens(keys.resolve("enrolment"), Clock.systemUTC());
            spec.commandLine().getOut().println(tokens.make(node, authority));
            spec.commandLine().getOut().flush();
            return ExitStatus.WELL;
        } catch (InvalidConfig | IOException | GeneralSecurityException | IllegalArgumentException failed) {
            throw CommandFailure.usage(String.valueOf(failed.getMessage()));
        }
    }
}
