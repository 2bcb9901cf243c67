package org.anticall.gateway;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import org.anticall.gateway.config.ConfigFile;
import org.anticall.gateway.config.ConfigOutcome;
import org.anticall.gateway.config.ConfigProblem;
import org.anticall.gateway.config.GatewayConfig;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code gateway --config FILE}: one gateway in the foreground, until somebody ends it. */
@Command(
        name = "gateway",
        description =
                "Runs one gateway in the foreground. SIGTERM drains and ends it, a second one ends it at once; SIGHUP reloads.",
        mixinStandardHelpOptions = true,
        subcommands = EnrolCommand.class)
final class GatewayCommand implements Callable<Integer> {

    private static final Logger LOG = LoggerFactory.getLogger(GatewayCommand.class);
    private static final int CANNOT_START = 2;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before it runs the command
    private CommandSpec spec;

    // Needed here but not by the commands below this one, so it is asked for in call().
    @Option(names = "--config", paramLabel = "FILE", description = "the configuration")
    private Path file = Path.of("");

    @Option(names = "--exit-with-parent", description = "end when standard input ends")
    private boolean exitWithParent;

    @Option(
            names = "--rehearse",
            paramLabel = "MILLIS",
            description = "how long calls are played before the sockets open, so that the first real one is fast; they"
                    + " go on until a real one comes, for 5 s at most; 0 for not at all")
    private long rehearseMillis = 400;

    @Override
    public Integer call() throws InterruptedException {
        if (file.toString().isEmpty()) {
            throw new ParameterException(spec.commandLine(), "Missing required option: '--config=FILE'");
        }
        ConfigOutcome outcome = ConfigFile.read(file, System.getenv());
        if (outcome instanceof ConfigOutcome.Invalid invalid) {
            return refuse(sentence(invalid.problems()));
        }
        ConfigOutcome.Valid valid = (ConfigOutcome.Valid) outcome;
        for (ConfigProblem warning : valid.warnings()) {
            LOG.atWarn()
                    .addKeyValue("at", file)
                    .addKeyValue("warning", warning.text())
                    .log("configuration");
        }
        GatewayConfig config = valid.config();
        Rehearsal.Begun rehearsal =
                rehearseMillis == 0 ? null : Rehearsal.begin(config.home(), Duration.ofMillis(rehearseMillis));
        giveWay();
        GatewayProcess process;
        try {
            process = GatewayProcess.start(
                    config,
                    () -> ConfigFile.read(file, System.getenv()),
                    rehearsal == null ? () -> {} : rehearsal::await);
        } catch (StartProblem problem) {
            if (rehearsal != null) {
                rehearsal.close();
            }
            return refuse(String.valueOf(problem.getMessage()));
        }
        ServiceNotifier manager = ServiceNotifier.of(System.getenv());
        takeSignals(process, manager);
        System.out.println(process.readyLine());
        manager.ready(process.readyLine());
        manager.watch(process::isAlive);
        process.hastenCalls();
        if (rehearsal != null) {
            rehearsal.goOnUntil(process::isBusy);
        }
        if (exitWithParent) {
            awaitEndOfInput();
            process.closeSoon();
            return 0;
        }
        process.awaitEnd();
        return 0;
    }

    /** Threads made from here on inherit it: whatever calls do not wait for gives way to those they wait for. */
    @SuppressWarnings("ThreadPriorityCheck") // no order of events relies on it, only how long a call waits
    private static void giveWay() {
        Thread.currentThread().setPriority(Thread.MIN_PRIORITY);
    }

    private static void takeSignals(GatewayProcess process, ServiceNotifier manager) {
        AtomicBoolean asked = new AtomicBoolean();
        Runnable end = () -> {
            if (asked.compareAndSet(false, true)) {
                manager.stopping(process.drainFor());
                process.close();
                Runtime.getRuntime().halt(0);
            } else {
                process.hurry();
            }
        };
        ProcessSignals.handle("TERM", end);
        ProcessSignals.handle("INT", end);
        ProcessSignals.handle("HUP", () -> {
            manager.reloading();
            process.reload();
            manager.ready(process.readyLine());
        });
        // Where signals cannot be taken, SIGTERM comes here. Halting lets the process end with 0 instead of its number.
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            process.close();
            Runtime.getRuntime().halt(0);
        }));
    }

    private String sentence(List<ConfigProblem> problems) {
        String all = problems.stream().map(ConfigProblem::text).collect(Collectors.joining("\n  "));
        return file + (problems.size() == 1 ? ": " : ": " + problems.size() + " problems\n  ") + all;
    }

    private static int refuse(String sentence) {
        System.err.println("gateway: " + sentence);
        return CANNOT_START;
    }

    private static void awaitEndOfInput() {
        try {
            while (System.in.read() >= 0) {
                // What the parent says does not matter, only that it is there.
            }
        } catch (IOException parentIsGone) {
            LOG.debug("standard input broke", parentIsGone);
        }
    }
}
