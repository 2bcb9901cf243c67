package org.anticall.ops.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.anticall.rules.Activation;
import org.anticall.rules.model.RuleProblem;
import org.anticall.rules.model.RuleSchema;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code anticall rules}: work on rule files and bundles without a server. */
@Command(
        name = "rules",
        description = "Work on rule files and bundles without a server.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            RulesTestCommand.class,
            RulesDiffCommand.class,
            RulesBacktestCommand.class,
            RulesKeygenCommand.class,
            RulesBundleCommand.class,
            RulesVerifyCommand.class
        })
final class RulesCommand implements Runnable {

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before it runs the command
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(
                spec.commandLine(),
                "What to do with the rules is missing: lint, test, diff, backtest, schema, keygen, bundle or verify");
    }

    /** {@code rules lint FILE}: exit status 1 if there is a problem. */
    @Command(
            name = "lint",
            description =
                    "Tells all problems of a rule file, with their lines, which of its tests fail, and what deserves a"
                            + " second look: rules no call reaches, rules that are over, prefixes that stop half a country, lists"
                            + " that contradict each other.",
            mixinStandardHelpOptions = true,
            footer = {
                "",
                "Exit status: 0 no problems (whatever deserves a second look), 1 problems, with --strict also findings; 2"
                        + " usage."
            })
    int lint(
            @Parameters(paramLabel = "FILE", description = "The rule file, YAML, its lists beside it; or a bundle.")
                    Path file,
            @Option(
                            names = "--home",
                            paramLabel = "KZ|BY",
                            description = "Home country (default: the one the file names).")
                    @Nullable
                    String home,
            @Option(names = "--strict", description = "What deserves a second look is a problem, too.") boolean strict,
            @Mixin OutputOption output) {
        RuleFile read = RuleFile.of(file);
        Activation activation = read.lint(home);
        List<RuleProblem> problems =
                activation instanceof Activation.Rejected rejected ? rejected.problems() : List.of();
        List<RuleProblem> findings = problems.isEmpty() ? read.secondLook(home, Instant.now()) : List.of();
        int rules = activation instanceof Activation.Activated activated ? activated.rules() : 0;
        PrintWriter out = spec.commandLine().getOut();
        if (output.isJson()) {
            Map<String, Object> answer = new LinkedHashMap<>();
            answer.put("file", file.toString());
            answer.put("rules", rules);
            answer.put("problems", fields(problems));
            answer.put("findings", fields(findings));
            out.println(Json.line(answer));
        } else {
            problems.forEach(out::println);
            findings.forEach(finding -> out.println("worth a second look: " + finding));
            if (problems.isEmpty()) {
                out.println(file + ": no problems, " + rules + " rules");
            }
        }
        out.flush();
        boolean isWell = problems.isEmpty() && !(strict && !findings.isEmpty());
        return isWell ? ExitStatus.WELL : ExitStatus.NOT_WELL;
    }

    /** {@code rules schema}: what editors check rule files against. */
    @Command(
            name = "schema",
            description = "Prints the JSON Schema of rule files; editors check and complete with it.",
            mixinStandardHelpOptions = true,
            footer = {"", "For editors that read the line: # yaml-language-server: $schema=rules.schema.json"})
    int schema() {
        PrintWriter out = spec.commandLine().getOut();
        out.print(RuleSchema.text());
        out.flush();
        return ExitStatus.WELL;
    }

    private static List<Map<String, Object>> fields(List<RuleProblem> problems) {
        List<Map<String, Object>> list = new ArrayList<>();
        for (RuleProblem problem : problems) {
            Map<String, Object> fields = new LinkedHashMap<>();
            fields.put("file", problem.place().file());
            fields.put("line", problem.place().line());
            fields.put("column", problem.place().column());
            fields.put("message", problem.message());
            list.add(fields);
        }
        return list;
    }
}
