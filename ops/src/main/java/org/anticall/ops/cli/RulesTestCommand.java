package org.anticall.ops.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.anticall.rules.Activation;
import org.anticall.rules.model.RuleProblem;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code anticall rules test}: runs the tests that rule files bring along. */
@Command(
        name = "test",
        description = "Runs the tests written in rule files: calls and the verdicts they must get.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "A test in a rule file:",
            "  tests:",
            "    - call: a spoofed landline",
            "      given: {from: \"+77172700000\", to: \"+77011234567\"}",
            "      expect: {verdict: reject, rule: D10}",
            "A folder stands for all files named *.yaml in it. Exit status: 0 all pass, 1 some fail, 2 usage."
        })
final class RulesTestCommand implements Callable<Integer> {

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before it runs the command
    private CommandSpec spec;

    @Parameters(arity = "1..*", paramLabel = "FILE|DIR", description = "Rule files, bundles, or folders of rule files.")
    @SuppressWarnings("NullAway.Init")
    private List<Path> paths;

    @Option(
            names = "--home",
            paramLabel = "KZ|BY",
            description = "Home country of rule files (default: the one they name).")
    private @Nullable String home;

    @Mixin
    private final OutputOption output = new OutputOption();

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        List<Map<String, Object>> files = new ArrayList<>();
        boolean well = true;
        for (Path path : files()) {
            Activation activation = RuleFile.of(path).lint(home);
            int tests = activation instanceof Activation.Activated activated ? activated.tests() : 0;
            List<RuleProblem> problems =
                    activation instanceof Activation.Rejected rejected ? rejected.problems() : List.of();
            well &= problems.isEmpty();
            if (!output.isJson()) {
                out.println(path + (problems.isEmpty() ? ": " + tests + " tests pass" : ": not well"));
                problems.forEach(problem -> out.println("  " + problem));
            }
            Map<String, Object> fields = new LinkedHashMap<>();
            fields.put("file", path.toString());
            fields.put("tests", tests);
            fields.put("problems", problems.stream().map(Object::toString).toList());
            files.add(fields);
        }
        if (output.isJson()) {
            out.println(Json.line(Map.of("well", well, "files", files)));
        }
        out.flush();
        return well ? ExitStatus.WELL : ExitStatus.NOT_WELL;
    }

    private List<Path> files() {
        List<Path> files = new ArrayList<>();
        for (Path path : paths) {
            if (!Files.isDirectory(path)) {
                files.add(path);
                continue;
            }
            try (Stream<Path> inside = Files.walk(path)) {
                List<Path> found = inside.filter(each -> each.toString().endsWith(".yaml"))
                        .sorted()
                        .toList();
                if (found.isEmpty()) {
                    throw CommandFailure.usage(path + ": this folder has no file named *.yaml");
                }
                files.addAll(found);
            } catch (IOException unreadable) {
                throw CommandFailure.usage(path + ": cannot be read: " + unreadable.getMessage());
            }
        }
        return files;
    }
}
