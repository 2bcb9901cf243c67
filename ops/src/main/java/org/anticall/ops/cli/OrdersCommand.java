package org.anticall.ops.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintWriter;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code anticall orders}: orders of a running centre and the steps of their life. */
@Command(name = "orders", description = "Orders of a running centre.", mixinStandardHelpOptions = true)
final class OrdersCommand implements Runnable {

    /** Steps that the interface knows, as they are typed. */
    private enum Step {
        SUBMIT,
        APPROVE,
        RETURN,
        LIVE,
        REVOKE,
        WITHDRAW;

        private String text() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before it runs the command
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "What to do with the orders is missing: list, show or step");
    }

    @Command(name = "list", description = "Finds orders, newest first.", mixinStandardHelpOptions = true)
    int list(
            @Option(
                            names = "--state",
                            paramLabel = "STATE",
                            defaultValue = "",
                            description = "draft, submitted, approved, shadow, live, expired or revoked.")
                    String state,
            @Option(
                            names = "--text",
                            paramLabel = "WORDS",
                            defaultValue = "",
                            description = "Words or digits that stand in the order.")
                    String text,
            @Mixin CentreClient centre,
            @Mixin OutputOption output) {
        JsonNode answer = centre.get("/api/orders?most=200&state=" + encoded(state) + "&text=" + encoded(text));
        PrintWriter out = spec.commandLine().getOut();
        if (output.isJson()) {
            out.println(answer);
        } else {
            answer.path("orders").forEach(order -> out.println(line(order)));
        }
        out.flush();
        return ExitStatus.WELL;
    }

    @Command(name = "show", description = "One order with all its versions.", mixinStandardHelpOptions = true)
    int show(
            @Parameters(paramLabel = "ORDER", description = "Number of the order.") long id,
            @Mixin CentreClient centre,
            @Mixin OutputOption output) {
        JsonNode order = centre.get("/api/orders/" + id);
        PrintWriter out = spec.commandLine().getOut();
        if (output.isJson()) {
            out.println(order);
        } else {
            out.println(line(order));
            order.path("history")
                    .forEach(each -> out.println("  " + each.path("at").asText() + "  "
                            + each.path("action").asText() + "  "
                            + each.path("account").asText() + "  "
                            + each.path("why").asText()));
        }
        out.flush();
        return ExitStatus.WELL;
    }

    @Command(name = "step", description = "Takes an order one step on.", mixinStandardHelpOptions = true)
    int step(
            @Parameters(paramLabel = "STEP", description = "${COMPLETION-CANDIDATES}, in any case.") Step step,
            @Parameters(paramLabel = "ORDER", description = "Number of the order.") long id,
            @Option(
                            names = "--why",
                            paramLabel = "REASON",
                            defaultValue = "",
                            description = "For return, revoke and withdraw.")
                    String why,
            @Mixin CentreClient centre,
            @Mixin OutputOption output) {
        ObjectNode body = CentreClient.body();
        body.put("version", centre.get("/api/orders/" + id).path("version").asLong());
        body.put("why", why);
        JsonNode order = centre.post("/api/orders/" + id + "/" + step.text(), body);
        PrintWriter out = spec.commandLine().getOut();
        out.println(output.isJson() ? order.toString() : line(order));
        out.flush();
        return ExitStatus.WELL;
    }

    private static String line(JsonNode order) {
        JsonNode content = order.path("content");
        return String.format(
                "%-6s %-10s %-8s %-14s until %s  %s",
                order.path("id").asText(),
                order.path("state").path("kind").asText(),
                content.path("action").asText(),
                content.path("basis").path("document").asText(),
                content.path("until").asText(),
                content.path("title").asText());
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
