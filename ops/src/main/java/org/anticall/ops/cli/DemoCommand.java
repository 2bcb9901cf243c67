package org.anticall.ops.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.anticall.ops.simulate.Demo;
import org.anticall.ops.simulate.DemoPlan;
import org.anticall.ops.simulate.DemoPorts;
import org.anticall.ops.simulate.DemoUnavailable;
import org.anticall.ops.simulate.Summary;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code anticall demo}: the whole system on this machine, with simulated callers, citizens and operators. */
@Command(
        name = "demo",
        description = "Runs the whole system on this machine with generated calls and shows the console.",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        footer = {
            "",
            "Ctrl-C ends all of it. With --headless it ends by itself; the last line on standard output is one JSON object.",
            "Exit status: 0 all calls met the right verdict and ended, 1 some did not, 2 the demo cannot run."
        })
final class DemoCommand implements Callable<Integer> {

    private static final double RATE_TO_LOOK_AT = 2;
    private static final double RATE_HEADLESS = 50;
    private static final int CALLS_HEADLESS = 500;

    @Option(names = "--headless", description = "No console to look at: place calls, print a JSON summary, end.")
    private boolean headless;

    @Option(names = "--calls", paramLabel = "N", description = "How many calls. Default: 500 headless, else no end.")
    private @Nullable Integer calls;

    @Option(names = "--rate", paramLabel = "R", description = "Calls a second. Default: 50 headless, else 2.")
    private @Nullable Double rate;

    @Option(names = "--home", paramLabel = "KZ|BY", description = "Home country. Default: ${DEFAULT-VALUE}.")
    private String home = "KZ";

    @Option(names = "--rules", paramLabel = "FILE", description = "Rule file. Default: the reference policy.")
    private @Nullable Path rules;

    @Option(names = "--seed", paramLabel = "N", description = "The same seed gives the same calls. Default: 1.")
    private long seed = 1;

    @Option(
            names = "--state",
            paramLabel = "DIR",
            description = "Where files go. Default: a directory that is removed.")
    private @Nullable Path state;

    @Option(names = "--keep", description = "Keep that directory.")
    private boolean keep;

    @Option(names = "--http-port", paramLabel = "PORT", description = "Console. Default: ${DEFAULT-VALUE}.")
    private int httpPort = 8080;

    @Option(names = "--admin-port", paramLabel = "PORT", description = "Gateway's metrics. Default: ${DEFAULT-VALUE}.")
    private int adminPort = 9100;

    @Option(names = "--sip-port", paramLabel = "PORT", description = "Gateway, UDP. Default: ${DEFAULT-VALUE}.")
    private int sipPort = 5060;

    @Option(names = "--desk-port", paramLabel = "PORT", description = "Desk, UDP. Default: ${DEFAULT-VALUE}.")
    private int deskPort = 5090;

    @Option(names = "--core-port", paramLabel = "PORT", description = "Citizens, UDP. Default: ${DEFAULT-VALUE}.")
    private int corePort = 5080;

    @Option(names = "--carrier-port", paramLabel = "PORT", description = "Carrier, UDP. Default: ${DEFAULT-VALUE}.")
    private int carrierPort = 5070;

    @Override
    public Integer call() throws InterruptedException {
        Demo demo = new Demo(plan(), launcher(), System.out, System.err);
        Thread end = new Thread(demo::close, "demo-end");
        Runtime.getRuntime().addShutdownHook(end);
        try {
            Summary summary = demo.run();
            if (!demo.wasEndedEarly()) {
                System.out.println(summary.json());
            }
            return summary.isWell() ? ExitStatus.WELL : ExitStatus.NOT_WELL;
        } catch (DemoUnavailable e) {
            throw CommandFailure.usage(String.valueOf(e.getMessage()));
        }
    }

    private DemoPlan plan() {
        try {
            return new DemoPlan(
                    home,
                    new DemoPorts(sipPort, deskPort, corePort, carrierPort, httpPort, adminPort),
                    headless,
                    calls != null ? calls : headless ? CALLS_HEADLESS : 0,
                    rate != null ? rate : headless ? RATE_HEADLESS : RATE_TO_LOOK_AT,
                    seed,
                    rules,
                    state,
                    keep);
        } catch (IllegalArgumentException e) {
            throw CommandFailure.usage(String.valueOf(e.getMessage()));
        }
    }

    private static Path launcher() {
        String installation = System.getenv("ANTICALL_HOME");
        if (installation == null) {
            throw CommandFailure.usage("ANTICALL_HOME is not set, so the gateway cannot be found: run ./anticall demo");
        }
        Path launcher = Path.of(installation, "anticall");
        if (!Files.isExecutable(launcher)) {
            throw CommandFailure.usage(launcher
                    + " is missing or not executable, so the gateway cannot be started: get a complete checkout");
        }
        return launcher;
    }
}
