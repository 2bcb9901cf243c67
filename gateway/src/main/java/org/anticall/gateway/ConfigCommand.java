package org.anticall.gateway;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.anticall.gateway.config.ConfigFile;
import org.anticall.gateway.config.ConfigOutcome;
import org.anticall.gateway.config.ConfigProblem;
import org.anticall.gateway.config.GatewayConfig;
import org.anticall.gateway.config.RulesLocation;
import org.anticall.gateway.control.RuleFeed;
import org.anticall.gateway.verdict.roaming.Whereabouts;
import org.anticall.rules.RuleBook;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code config check FILE}: everything that would keep a gateway from starting with this file. */
@Command(name = "config", description = "Works on configuration files.", mixinStandardHelpOptions = true)
final class ConfigCommand {

    /** How the answer is printed. */
    enum Output {
        human,
        json
    }

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Command(
            name = "check",
            description = "Shows all problems of a configuration at once. Exit status 0: none, 1: some.",
            mixinStandardHelpOptions = true)
    int check(
            @Parameters(paramLabel = "FILE", description = "the configuration") Path file,
            @Option(
                            names = {"-o", "--output"},
                            defaultValue = "human",
                            description = "human or json")
                    Output output)
            throws JsonProcessingException {
        ConfigOutcome outcome = ConfigFile.read(file, System.getenv());
        List<ConfigProblem> warnings = List.of();
        List<ConfigProblem> problems = List.of();
        if (outcome instanceof ConfigOutcome.Valid valid) {
            warnings = valid.warnings();
            problems = whatItNames(valid.config());
        } else if (outcome instanceof ConfigOutcome.Invalid invalid) {
            problems = invalid.problems();
        }
        spec.commandLine()
                .getOut()
                .println(output == Output.json ? json(file, problems, warnings) : text(file, problems, warnings));
        return problems.isEmpty() ? 0 : 1;
    }

    /** Problems of the files the configuration names. */
    private static List<ConfigProblem> whatItNames(GatewayConfig config) {
        List<ConfigProblem> problems = new ArrayList<>();
        RuleFeed rules = new RuleFeed(RuleBook.forHome(config.home()), config.rules(), config.home());
        if (!(config.rules() instanceof RulesLocation.Bundles)) {
            rules.load();
        }
        rules.latest().problems().forEach(problem -> problems.add(new ConfigProblem("rules", 0, "", problem)));
        try {
            Whereabouts.of(config.roaming(), System::nanoTime).close();
        } catch (IOException unusable) {
            problems.add(new ConfigProblem("roaming", 0, "", String.valueOf(unusable.getMessage())));
        }
        return problems;
    }

    private static String text(Path file, List<ConfigProblem> problems, List<ConfigProblem> warnings) {
        List<String> lines = new ArrayList<>();
        problems.forEach(problem -> lines.add(file + ": " + problem.text()));
        warnings.forEach(warning -> lines.add(file + ": warning: " + warning.text()));
        lines.add(file + ": "
                + (problems.isEmpty() ? "well" : problems.size() == 1 ? "1 problem" : problems.size() + " problems"));
        return String.join(System.lineSeparator(), lines);
    }

    private static String json(Path file, List<ConfigProblem> problems, List<ConfigProblem> warnings)
            throws JsonProcessingException {
        ObjectMapper mapper = new ObjectMapper();
        ObjectNode answer = mapper.createObjectNode();
        answer.put("file", file.toString());
        answer.put("well", problems.isEmpty());
        add(answer.putArray("problems"), problems);
        add(answer.putArray("warnings"), warnings);
        return mapper.writeValueAsString(answer);
    }

    private static void add(ArrayNode to, List<ConfigProblem> problems) {
        for (ConfigProblem problem : problems) {
            ObjectNode node = to.addObject();
            node.put("path", problem.path());
            node.put("line", problem.line());
            node.put("value", problem.value());
            node.put("expected", problem.expected());
        }
    }
}
