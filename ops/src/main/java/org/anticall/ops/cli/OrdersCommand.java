package org.anticall.ops.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Locale;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code anticall orders}: orders of a running centre and the steps of their life. */
@Command(name = "orders", description = "Orders of a running centre.", mixinStandardHelpOptions = true)
final class OrdersCommand extends CentreGroup {

    /** Steps that the interface knows, as they are typed. */
    private enum Step {
        SUBMIT,
        APPROVE,
        RETURN,
        LIVE,
        SHADOW,
        REVOKE,
        WITHDRAW;

        private String text() {
            return name().toLowerCase(Locale.ROOT);
        }
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
            @Mixin Centre centre) {
        return centre.tell(
                centre.get("/api/orders?most=200&state=" + Centre.encoded(state) + "&text=" + Centre.encoded(text)),
                answer -> Centre.each(answer.path("orders")).map(OrdersCommand::line));
    }

    @Command(name = "show", description = "One order with all its versions.", mixinStandardHelpOptions = true)
    int show(@Parameters(paramLabel = "ORDER", description = "Number of the order.") long id, @Mixin Centre centre) {
        return centre.tell(
                centre.get("/api/orders/" + id),
                order -> Stream.concat(
                        Stream.of(line(order)),
                        Centre.each(order.path("history"))
                                .map(each -> "  " + each.path("at").asText() + "  "
                                        + each.path("action").asText() + "  "
                                        + each.path("account").asText() + "  "
                                        + each.path("why").asText())));
    }

    @Command(name = "step", description = "Takes an order one step on.", mixinStandardHelpOptions = true)
    int step(
            @Parameters(paramLabel = "STEP", description = "${COMPLETION-CANDIDATES}, in any case.") Step step,
            @Parameters(paramLabel = "ORDER", description = "Number of the order.") long id,
            @Option(
                            names = "--why",
                            paramLabel = "REASON",
                            defaultValue = "",
                            description = "For return, shadow, revoke and withdraw.")
                    String why,
            @Mixin Centre centre) {
        ObjectNode body = Centre.body();
        body.put("version", centre.get("/api/orders/" + id).path("version").asLong());
        body.put("why", why);
        return centre.tell(centre.post("/api/orders/" + id + "/" + step.text(), body), order -> Stream.of(line(order)));
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
}
