package org.anticall.ops.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.anticall.ops.config.ConfigFile;
import org.anticall.ops.config.ConfigProblem;
import org.anticall.ops.config.InvalidConfig;
import org.anticall.ops.config.OpsConfig;
import org.anticall.ops.trust.ServerKeys;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code anticall config}: what is to be said of a configuration before anything is started with it. */
@Command(name = "config", description = "Work on configuration files.", mixinStandardHelpOptions = true)
final class ConfigCommand implements Runnable {

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before it runs the command
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "What to do with the configuration is missing: check");
    }

    /** {@code config check FILE}: exit status 1 if there is a problem. */
    @Command(
            name = "check",
            description = "Tells all problems of a configuration at once.",
            mixinStandardHelpOptions = true,
            footer = {"", "A file that has trunks is a gateway's configuration, any other one the centre's."})
    int check(
            @Parameters(paramLabel = "FILE", description = "The configuration, YAML.") Path file,
            @Mixin OutputOption output) {
        List<ConfigProblem> problems = problems(RuleBooks.readable(file));
        PrintWriter out = spec.commandLine().getOut();
        if (output.isJson()) {
            out.println(Json.line(Map.of("file", file.toString(), "problems", fields(problems))));
        } else if (problems.isEmpty()) {
            out.println(file + ": no problems");
        } else {
            problems.forEach(problem -> out.println(file + ": " + problem.text()));
        }
        out.flush();
        return problems.isEmpty() ? ExitStatus.WELL : ExitStatus.NOT_WELL;
    }

    private static List<ConfigProblem> problems(Path file) {
        try {
            return problems(ConfigFile.read(file, System.getenv()).exposure().tls());
        } catch (InvalidConfig invalid) {
            return invalid.problems();
        }
    }

    /** What the start would say of the console's certificate. */
    private static List<ConfigProblem> problems(OpsConfig.@Nullable ConsoleTls tls) {
        Path certificate = tls == null ? null : tls.certificate();
        Path key = tls == null ? null : tls.key();
        if (certificate == null || key == null) {
            return List.of();
        }
        try {
            return ServerKeys.ofFiles(certificate, key).untimelyAt(Instant.now()).stream()
                    .map(why ->
                            new ConfigProblem("tls.certificate", 0, certificate.toString(), "the certificate " + why))
                    .toList();
        } catch (IOException unfit) {
            return List.of(new ConfigProblem("tls", 0, "", String.valueOf(unfit.getMessage())));
        }
    }

    private static List<Map<String, Object>> fields(List<ConfigProblem> problems) {
        List<Map<String, Object>> list = new ArrayList<>();
        for (ConfigProblem problem : problems) {
            Map<String, Object> fields = new LinkedHashMap<>();
            fields.put("path", problem.path());
            fields.put("line", problem.line());
            fields.put("value", problem.value());
            fields.put("expected", problem.expected());
            list.add(fields);
        }
        return list;
    }
}
