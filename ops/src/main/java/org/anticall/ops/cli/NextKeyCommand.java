package org.anticall.ops.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.anticall.ops.publish.BundleKeys;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code anticall bundles next-key}: the key that is to sign bundles next, made on the centre's machine. */
@Command(
        name = "next-key",
        description =
                "Makes the key that is to sign bundles next, unless there is one, and prints the file with its public"
                        + " half for gateways to pin. Runs on the centre's machine, as the user the centre runs as.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "When all gateways have pinned it, move keys/bundle-next.key over keys/bundle.key and restart the centre: it"
                    + " publishes what is in force once more, signed with the new key."
        })
final class NextKeyCommand implements Callable<Integer> {

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before it runs the command
    private CommandSpec spec;

    @Option(names = "--config", required = true, paramLabel = "FILE", description = "The centre's configuration, YAML.")
    @SuppressWarnings("NullAway.Init") // required
    private Path config;

    @Override
    public Integer call() {
        try {
            Path keys = CentreStore.read(config).state().resolve("keys");
            spec.commandLine().getOut().println(BundleKeys.next(keys));
            spec.commandLine().getOut().flush();
            return ExitStatus.WELL;
        } catch (IOException failed) {
            throw CommandFailure.usage(String.valueOf(failed.getMessage()));
        }
    }
}
