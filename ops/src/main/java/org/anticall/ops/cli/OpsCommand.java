package org.anticall.ops.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.anticall.ops.OpsServer;
import org.anticall.ops.StartFailure;
import org.anticall.ops.config.OpsConfig;
import org.anticall.ops.http.FirstAccounts.NewAccount;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code anticall ops}: the centre in the foreground, until SIGTERM or Ctrl-C. */
@Command(
        name = "ops",
        description = "Runs the centre in the foreground: desk, console, records.",
        mixinStandardHelpOptions = true,
        footer = {"", "SIGTERM or Ctrl-C ends it. The first start prints the accounts it has made."})
final class OpsCommand implements Callable<Integer> {

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before it runs the command
    private CommandSpec spec;

    @Option(names = "--config", required = true, paramLabel = "FILE", description = "The centre's configuration, YAML.")
    @SuppressWarnings("NullAway.Init") // required
    private Path config;

    @Override
    public Integer call() throws InterruptedException {
        OpsServer server = started(CentreStore.read(config));
        ServiceNotifier manager = ServiceNotifier.of(System.getenv());
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            manager.stopping();
            server.close();
            // SIGTERM and Ctrl-C come here: halting lets the process end with 0 instead of the signal's number.
            Runtime.getRuntime().halt(ExitStatus.WELL);
        }));
        PrintWriter out = spec.commandLine().getOut();
        printAccounts(server.newAccounts(), out);
        String desk = server.deskPort() == 0 ? "without a desk" : "desk on UDP port " + server.deskPort();
        String ready = "ops ready on " + url(server) + ", " + desk;
        out.println(ready);
        out.flush();
        manager.ready(ready);
        manager.watch(server::isAlive);
        new CountDownLatch(1).await();
        return ExitStatus.WELL;
    }

    /** Prints accounts with their passwords: the only time they are seen. */
    static void printAccounts(List<NewAccount> accounts, PrintWriter out) {
        if (accounts.isEmpty()) {
            return;
        }
        out.println("accounts made now; these passwords are shown once and kept nowhere:");
        accounts.forEach(each -> out.printf("  %-11s %s%n", each.name(), each.password()));
    }

    static String url(OpsServer server) {
        String host = server.httpAddress().getAddress().getHostAddress();
        return (server.isSecure() ? "https://" : "http://") + (host.contains(":") ? "[" + host + "]" : host) + ":"
                + server.httpAddress().getPort();
    }

    private static OpsServer started(OpsConfig config) {
        try {
            return OpsServer.start(config);
        } catch (StartFailure failed) {
            throw CommandFailure.usage(String.valueOf(failed.getMessage()));
        }
    }
}
