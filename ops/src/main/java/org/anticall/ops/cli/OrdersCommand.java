package org.anticall.ops.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
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

    @Command(
            name = "import",
            description = "Makes drafts of the lines of a CSV or JSON file, all or none.",
            mixinStandardHelpOptions = true)
    int bring(
            @Parameters(paramLabel = "FILE", description = "CSV with a heading, or a JSON array.") Path file,
            @Option(names = "--dry-run", description = "Only checks every line.") boolean dry,
            @Mixin Centre centre) {
        String type = file.toString().endsWith(".json") ? "application/json" : "text/csv";
        JsonNode answer = centre.upload("/api/imports?dry=" + dry, file, type);
        centre.tell(
                answer,
                report -> Stream.concat(
                        Stream.of(String.format(
                                "%,d orders, %,d problems%s",
                                report.path("lines").asLong(),
                                report.path("problemCount").asLong(),
                                report.has("import")
                                        ? ", import " + report.path("import").asText()
                                        : "")),
                        Centre.each(report.path("problems"))
                                .map(each -> "line " + each.path("line").asText() + ": "
                                        + each.path("field").asText() + ": '"
                                        + each.path("value").asText() + "', expected "
                                        + each.path("expected").asText())));
        return answer.path("problemCount").asLong() > 0 ? ExitStatus.NOT_WELL : ExitStatus.WELL;
    }

    @Command(
            name = "undo-import",
            description = "Withdraws what nobody approved yet of an import, or with --revoke ends all of it.",
            mixinStandardHelpOptions = true)
    int undoImport(
            @Parameters(paramLabel = "IMPORT", description = "Number of the import.") long id,
            @Option(names = "--why", required = true, paramLabel = "REASON", description = "Why it is undone.")
                    String why,
            @Option(names = "--revoke", description = "Approved orders end, too; for approvers.") boolean revoke,
            @Mixin Centre centre) {
        ObjectNode body = Centre.body().put("why", why);
        return centre.tell(
                centre.post("/api/imports/" + id + (revoke ? "/revoke" : "/withdraw"), body),
                done -> Stream.of(done.path("ended").asText() + " orders ended, "
                        + done.path("left").asText() + " left"));
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
