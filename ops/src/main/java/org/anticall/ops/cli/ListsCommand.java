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

/** {@code anticall lists}: lists of the revision in force, lists that orders name, and numbers that are to pass. */
@Command(name = "lists", description = "Number lists of a running centre.", mixinStandardHelpOptions = true)
final class ListsCommand extends CentreGroup {

    /** Steps of an import, as they are typed. */
    private enum ImportStep {
        APPROVE,
        WITHDRAW,
        UNDO
    }

    /** Steps of an allow entry, as they are typed. */
    private enum Step {
        APPROVE,
        DECLINE,
        END
    }

    @Command(name = "list", description = "The lists of the revision in force.", mixinStandardHelpOptions = true)
    int list(@Mixin Centre centre) {
        return centre.tell(centre.get("/api/lists"), answer -> Centre.each(answer.path("lists"))
                .map(each -> String.format(
                        "%-24s %s entries",
                        each.path("list").asText(), each.path("entries").asText())));
    }

    @Command(
            name = "find",
            description = "The entries that mean a number; exit status 1 if there are none.",
            mixinStandardHelpOptions = true)
    int find(
            @Parameters(paramLabel = "NUMBER", description = "In full.") String number,
            @Mixin WhyOption why,
            @Mixin Centre centre) {
        JsonNode answer = centre.get(why.on("/api/lists/find?number=" + Centre.encoded(number)));
        centre.tell(answer, found -> Centre.each(found.path("entries"))
                .map(each -> String.format(
                        "%-24s %s  %s  %s",
                        each.path("list").asText(),
                        each.path("entry").asText(),
                        each.path("until").asText(),
                        each.path("note").asText())));
        return answer.path("entries").isEmpty() ? ExitStatus.NOT_WELL : ExitStatus.WELL;
    }

    @Command(name = "managed", description = "The lists that orders name.", mixinStandardHelpOptions = true)
    int managed(@Mixin Centre centre) {
        return centre.tell(centre.get("/api/managed-lists"), answer -> Centre.each(answer.path("lists"))
                .map(each -> String.format(
                        "%-24s %,d numbers, %d imports, %d waiting  %s",
                        each.path("name").asText(),
                        each.path("numbers").asLong(),
                        each.path("holding").asLong(),
                        each.path("waiting").asLong(),
                        each.path("purpose").asText())));
    }

    @Command(name = "make", description = "Makes a list that orders can name.", mixinStandardHelpOptions = true)
    int make(
            @Parameters(paramLabel = "NAME", description = "Such as fraud-2026.") String name,
            @Option(names = "--purpose", required = true, paramLabel = "WORDS", description = "What it is for.")
                    String purpose,
            @Mixin Centre centre) {
        ObjectNode body = Centre.body().put("name", name).put("purpose", purpose);
        return centre.tell(
                centre.post("/api/managed-lists", body),
                made -> Stream.of(made.path("name").asText() + " made"));
    }

    @Command(
            name = "import",
            description = "Brings the numbers of a file into a list; another person approves.",
            mixinStandardHelpOptions = true)
    int bring(
            @Parameters(paramLabel = "LIST", description = "Name of the list.") String list,
            @Parameters(paramLabel = "FILE", description = "A number or prefix* a line.") Path file,
            @Option(
                            names = "--document",
                            paramLabel = "NUMBER",
                            defaultValue = "",
                            description = "Document the numbers stand in.")
                    String document,
            @Option(names = "--office", paramLabel = "NAME", defaultValue = "", description = "Who issued it.")
                    String office,
            @Option(names = "--dry-run", description = "Only checks every line.") boolean dry,
            @Mixin Centre centre) {
        String path = "/api/managed-lists/" + Centre.encoded(list) + "/imports?dry=" + dry + "&document="
                + Centre.encoded(document) + "&office=" + Centre.encoded(office) + "&file="
                + Centre.encoded(String.valueOf(file.getFileName()));
        JsonNode answer = centre.upload(path, file, "text/csv");
        centre.tell(answer, report -> {
            String head = String.format(
                    "%,d lines, %,d numbers, %,d doubles, %,d problems%s",
                    report.path("lines").asLong(),
                    report.path("numbers").asLong(),
                    report.path("doubles").asLong(),
                    report.path("problemCount").asLong(),
                    report.has("import") ? ", import " + report.at("/import/id").asText() + " waits for approval" : "");
            return ImportReport.lines(head, report);
        });
        return ImportReport.status(answer);
    }

    @Command(name = "imports", description = "Imports of a list, newest first.", mixinStandardHelpOptions = true)
    int imports(@Parameters(paramLabel = "LIST", description = "Name of the list.") String list, @Mixin Centre centre) {
        return centre.tell(
                centre.get("/api/managed-lists/" + Centre.encoded(list) + "/imports"),
                answer -> Centre.each(answer.path("imports")).map(ListsCommand::importLine));
    }

    @Command(name = "import-step", description = "Takes an import one step on.", mixinStandardHelpOptions = true)
    int importStep(
            @Parameters(paramLabel = "STEP", description = "${COMPLETION-CANDIDATES}, in any case.") ImportStep step,
            @Parameters(paramLabel = "LIST", description = "Name of the list.") String list,
            @Parameters(paramLabel = "IMPORT", description = "Number of the import.") long id,
            @Option(names = "--why", paramLabel = "REASON", defaultValue = "", description = "For withdraw and undo.")
                    String why,
            @Mixin Centre centre) {
        JsonNode imports = centre.get("/api/managed-lists/" + Centre.encoded(list) + "/imports");
        long version = Centre.each(imports.path("imports"))
                .filter(each -> each.path("id").asLong() == id)
                .mapToLong(each -> each.path("version").asLong())
                .findFirst()
                .orElseThrow(() -> CommandFailure.usage("list " + list + " has no import " + id));
        ObjectNode body = Centre.body().put("version", version).put("why", why);
        String path = "/api/list-imports/" + id + "/" + step.name().toLowerCase(Locale.ROOT);
        return centre.tell(centre.post(path, body), kept -> Stream.of(importLine(kept)));
    }

    private static String importLine(JsonNode each) {
        return String.format(
                "%-5s %-8s %,d numbers  %s  %s, %s",
                each.path("id").asText(),
                each.path("state").asText(),
                each.path("numbers").asLong(),
                each.path("document").asText(),
                each.path("file").asText(),
                each.at("/author/name").asText());
    }

    @Command(name = "allowed", description = "Allow entries, newest first.", mixinStandardHelpOptions = true)
    int allowed(
            @Option(
                            names = "--state",
                            paramLabel = "STATE",
                            defaultValue = "",
                            description = "proposed, allowed, declined or ended.")
                    String state,
            @Mixin Centre centre) {
        return centre.tell(
                centre.get("/api/allow?most=200&state=" + Centre.encoded(state)),
                answer -> Centre.each(answer.path("entries")).map(ListsCommand::line));
    }

    @Command(
            name = "allow",
            description = "Proposes that a number passes; another person approves.",
            mixinStandardHelpOptions = true)
    int allow(
            @Parameters(paramLabel = "NUMBER", description = "In full.") String number,
            @Option(names = "--why", required = true, paramLabel = "REASON", description = "Why it passes.") String why,
            @Mixin Centre centre) {
        ObjectNode body = Centre.body().put("number", number).put("reason", why);
        return centre.tell(centre.post("/api/allow", body), entry -> Stream.of(line(entry)));
    }

    @Command(name = "step", description = "Takes an allow entry one step on.", mixinStandardHelpOptions = true)
    int step(
            @Parameters(paramLabel = "STEP", description = "${COMPLETION-CANDIDATES}, in any case.") Step step,
            @Parameters(paramLabel = "ENTRY", description = "Number of the entry.") long id,
            @Option(names = "--why", paramLabel = "REASON", defaultValue = "", description = "For decline and end.")
                    String why,
            @Mixin Centre centre) {
        ObjectNode body = centre.bodyFor("/api/allow/" + id).put("why", why);
        String path = "/api/allow/" + id + "/" + step.name().toLowerCase(Locale.ROOT);
        return centre.tell(centre.post(path, body), entry -> Stream.of(line(entry)));
    }

    private static String line(JsonNode entry) {
        return String.format(
                "%-5s %-9s %-17s until %s  %s%s",
                entry.path("id").asText(),
                entry.path("state").asText(),
                entry.path("number").asText(),
                entry.path("until").asText(),
                entry.path("reason").asText(),
                entry.path("revision").asLong() == 0
                        ? ""
                        : ", in revision " + entry.path("revision").asText());
    }
}
