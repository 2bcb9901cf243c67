package org.anticall.ops.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code anticall gateways}: what each gateway enforces; exit status 1 if one does not enforce the newest revision. */
@Command(
        name = "gateways",
        description = "What each gateway enforces; exit status 1 if one is behind or silent.",
        mixinStandardHelpOptions = true)
final class GatewaysCommand implements Callable<Integer> {

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before it runs the command
    private CommandSpec spec;

    @Mixin
    private final CentreClient centre = new CentreClient();

    @Mixin
    private final OutputOption output = new OutputOption();

    @Override
    public Integer call() {
        JsonNode answer = centre.get("/api/gateways");
        PrintWriter out = spec.commandLine().getOut();
        boolean well = true;
        for (JsonNode each : answer.path("gateways")) {
            well &= each.path("upToDate").asBoolean() && !each.path("silent").asBoolean();
            if (!output.isJson()) {
                out.printf(
                        "%-16s revision %s%s, after %s ms, last heard %s%n",
                        each.path("node").asText(),
                        each.path("revision").asText(),
                        each.path("upToDate").asBoolean()
                                ? ""
                                : " of " + answer.path("newest").asText(),
                        each.path("afterMillis").asText("?"),
                        each.path("lastContact").asText());
            }
        }
        if (output.isJson()) {
            out.println(answer);
        }
        out.flush();
        return well ? ExitStatus.WELL : ExitStatus.NOT_WELL;
    }
}
