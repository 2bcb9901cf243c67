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
        ObjectNode body = centre.bodyFor("/api/orders/" + id).put("why", why);
        return centre.tell(centre.post("/api/orders/" + id + "/" + step.text(), body), order -> Stream.of(line(order)));
    }

    @Command(
            name = "write",
            description =
                    "Writes a draft, or with --order changes one. A file with the version that was read is refused"
                            + " if somebody has changed the order since; without it the draft becomes what the file says.",
            mixinStandardHelpOptions = true)
    int write(
            @Parameters(paramLabel = "FILE", description = "The order as JSON, as POST /api/orders takes it.")
                    Path file,
            @Option(names = "--order", paramLabel = "ORDER", defaultValue = "0", description = "A draft to change.")
                    long id,
            @Mixin Centre centre) {
        ObjectNode body = Centre.body(file);
        if (id == 0) {
            return centre.tell(centre.post("/api/orders", body), order -> Stream.of(line(order)));
        }
        if (!body.has("version")) {
            body.put("version", centre.versionOf("/api/orders/" + id));
        }
        return centre.tell(centre.put("/api/orders/" + id, body), order -> Stream.of(line(order)));
    }

    @Command(
            name = "emergency",
            description = "Puts an order into force at once, for at most four hours; for supervisors.",
            mixinStandardHelpOptions = true)
    int emergency(
            @Parameters(paramLabel = "FILE", description = "The order as JSON, as POST /api/orders takes it.")
                    Path file,
            @Option(names = "--why", required = true, paramLabel = "REASON", description = "For the trail.") String why,
            @Mixin Centre centre) {
        return centre.tell(
                centre.post("/api/orders/emergency", Centre.body(file).put("why", why)),
                made -> Stream.of(
                        line(made.path("order")),
                        "in force with revision " + made.path("revision").asText()));
    }

    @Command(
            name = "confirm",
            description = "Confirms an emergency order; for approvers.",
            mixinStandardHelpOptions = true)
    int confirm(
            @Parameters(paramLabel = "ORDER", description = "Number of the order.") long id,
            @Option(
                            names = "--until",
                            required = true,
                            paramLabel = "TIME",
                            description = "Its new end, such as 2026-11-28T00:00:00Z.")
                    String until,
            @Mixin Centre centre) {
        ObjectNode body = centre.bodyFor("/api/orders/" + id).put("until", until);
        return centre.tell(centre.post("/api/orders/" + id + "/confirm", body), order -> Stream.of(line(order)));
    }

    @Command(
            name = "scan",
            description = "Hands in the signed copy of a document; prints the hash that orders name.",
            mixinStandardHelpOptions = true)
    int scan(@Parameters(paramLabel = "FILE", description = "A PDF file.") Path file, @Mixin Centre centre) {
        return centre.tell(
                centre.upload("/api/scans", file, "application/pdf"),
                kept -> Stream.of(kept.path("hash").asText()));
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
        centre.tell(answer, report -> {
            String head = String.format(
                    "%,d orders, %,d problems%s",
                    report.path("lines").asLong(),
                    report.path("problemCount").asLong(),
                    report.has("import") ? ", import " + report.path("import").asText() : "");
            return ImportReport.lines(head, report);
        });
        return ImportReport.status(answer);
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

    /** What can be done with an import as a whole. */
    private enum ImportStep {
        SUBMIT,
        APPROVE
    }

    @Command(
            name = "import-step",
            description = "Hands all drafts of an import over, or approves all that wait.",
            mixinStandardHelpOptions = true)
    int importStep(
            @Parameters(paramLabel = "STEP", description = "${COMPLETION-CANDIDATES}, in any case.") ImportStep step,
            @Parameters(paramLabel = "IMPORT", description = "Number of the import.") long id,
            @Option(
                            names = "--scan",
                            paramLabel = "HASH",
                            defaultValue = "",
                            description =
                                    "For submit: the signed copy for drafts that have none, as 'orders scan' told it.")
                    String scan,
            @Mixin Centre centre) {
        String path = "/api/imports/" + id + "/" + step.name().toLowerCase(Locale.ROOT);
        return centre.tell(
                centre.post(path, Centre.body().put("scan", scan)),
                done -> Stream.of(done.path("done").asText() + " orders done, "
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
