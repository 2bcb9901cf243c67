package org.anticall.ops.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.anticall.rules.Backtest;
import org.anticall.rules.call.Verdict;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code anticall rules backtest}: what would change for recorded calls. */
@Command(
        name = "backtest",
        description = "Judges recorded calls with two rule sets and tells what the second would change.",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        footer = {
            "",
            "Calls are judged with what the counters and the roaming oracle said when they were recorded. Where gateways",
            "record only a sample of passed calls, the counts of calls newly caught are those of the sample.",
            "Exit status: 0 done, 1 the second set would keep calls from emergency or never-touch numbers, 2 usage."
        })
final class RulesBacktestCommand implements Callable<Integer> {

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before it runs the command
    private CommandSpec spec;

    @Option(
            names = "--records",
            required = true,
            paramLabel = "FILE|DIR",
            description = "Decision records, one a line, or a folder of such files.")
    @SuppressWarnings("NullAway.Init")
    private Path records;

    @Option(
            names = "--home",
            paramLabel = "KZ|BY",
            description = "Home country of rule files (default: the one they name).")
    private @Nullable String home;

    @Option(
            names = "--handling",
            paramLabel = "SECONDS",
            defaultValue = "180",
            description = "Mean time an operator spends on a diverted call (default: ${DEFAULT-VALUE}).")
    private long handlingSeconds;

    @Parameters(index = "0", paramLabel = "A", description = "The rule set that is in force: rule file or bundle.")
    @SuppressWarnings("NullAway.Init")
    private Path before;

    @Parameters(index = "1", paramLabel = "B", description = "The rule set that is to follow: rule file or bundle.")
    @SuppressWarnings("NullAway.Init")
    private Path after;

    @Mixin
    private final OutputOption output = new OutputOption();

    @Override
    public Integer call() {
        if (handlingSeconds < 1 || handlingSeconds > 86_400) {
            throw CommandFailure.usage("--handling is " + handlingSeconds + ", expected 1 to 86400 seconds");
        }
        Backtest backtest =
                new Backtest(RuleFile.of(before).book(home), RuleFile.of(after).book(home));
        Progress progress = new Progress(spec.commandLine().getErr(), "records judged");
        RecordFiles.at(records).each((place, record) -> {
            backtest.take(record);
            progress.one();
        });
        PrintWriter out = spec.commandLine().getOut();
        if (output.isJson()) {
            out.println(Json.line(fields(backtest)));
        } else {
            print(backtest, out);
        }
        out.flush();
        return backtest.neverTouchHits() == 0 ? ExitStatus.WELL : ExitStatus.NOT_WELL;
    }

    private Map<String, Object> fields(Backtest backtest) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("calls", backtest.calls());
        fields.put("changed", backtest.changed());
        fields.put("newlyIntercepted", backtest.newlyIntercepted());
        fields.put("newlyInterceptedCallers", backtest.newlyInterceptedCallers());
        fields.put("freed", backtest.freed());
        fields.put("freedCallers", backtest.freedCallers());
        fields.put("newlyDiverted", backtest.newlyDiverted());
        fields.put("noLongerDiverted", backtest.noLongerDiverted());
        fields.put("neverTouchHits", backtest.neverTouchHits());
        fields.put("roamingAssumed", backtest.assumed());
        fields.put("erlangsBefore", ErlangC.erlangs(backtest.busiestHourBefore(), handlingSeconds));
        fields.put("erlangsAfter", ErlangC.erlangs(backtest.busiestHourAfter(), handlingSeconds));
        fields.put("operatorsBefore", ErlangC.operators(backtest.busiestHourBefore(), handlingSeconds));
        fields.put("operatorsAfter", ErlangC.operators(backtest.busiestHourAfter(), handlingSeconds));
        Map<String, Object> verdicts = new LinkedHashMap<>();
        for (Verdict.Kind kind : Verdict.Kind.values()) {
            verdicts.put(kind.text(), tally(backtest.verdict(kind)));
        }
        fields.put("verdicts", verdicts);
        Map<String, Object> rules = new LinkedHashMap<>();
        backtest.rules().forEach((id, tally) -> rules.put(id, tally(tally)));
        fields.put("rules", rules);
        return fields;
    }

    private void print(Backtest backtest, PrintWriter out) {
        out.println(backtest.calls() + " calls, " + backtest.changed() + " with another verdict");
        out.println("kept from the citizen: " + backtest.newlyIntercepted() + " more ("
                + backtest.newlyInterceptedCallers() + " callers), " + backtest.freed() + " freed ("
                + backtest.freedCallers() + " callers)");
        out.println("to the desk: " + backtest.newlyDiverted() + " more, " + backtest.noLongerDiverted() + " fewer");
        out.println("to emergency and never-touch numbers: " + backtest.neverTouchHits());
        double more = ErlangC.erlangs(backtest.busiestHourAfter() - backtest.busiestHourBefore(), handlingSeconds);
        out.println(String.format(
                Locale.ROOT,
                "operators at the busy hour: %d -> %d (%+.1f erlangs, %d s a call)",
                ErlangC.operators(backtest.busiestHourBefore(), handlingSeconds),
                ErlangC.operators(backtest.busiestHourAfter(), handlingSeconds),
                more,
                handlingSeconds));
        if (backtest.assumed() > 0) {
            out.println(backtest.assumed() + " calls need a roaming answer that was not recorded; taken as unknown");
        }
        out.println();
        for (Verdict.Kind kind : Verdict.Kind.values()) {
            line(kind.text(), backtest.verdict(kind), out);
        }
        out.println();
        backtest.rules().forEach((id, tally) -> line(id, tally, out));
    }

    private static void line(String name, Backtest.Tally tally, PrintWriter out) {
        if (tally.before() + tally.after() > 0) {
            out.println(String.format(
                    Locale.ROOT,
                    "  %-10s %9d -> %9d  %+d",
                    name,
                    tally.before(),
                    tally.after(),
                    tally.after() - tally.before()));
        }
    }

    private static Map<String, Long> tally(Backtest.Tally tally) {
        return Map.of("before", tally.before(), "after", tally.after());
    }
}
