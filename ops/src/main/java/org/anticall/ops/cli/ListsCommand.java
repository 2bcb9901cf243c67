package org.anticall.ops.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Locale;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code anticall lists}: lists of the revision in force, and numbers that are to pass. */
@Command(name = "lists", description = "Number lists of a running centre.", mixinStandardHelpOptions = true)
final class ListsCommand extends CentreGroup {

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
    int find(@Parameters(paramLabel = "NUMBER", description = "In full.") String number, @Mixin Centre centre) {
        JsonNode answer = centre.get("/api/lists/find?number=" + Centre.encoded(number));
        centre.tell(answer, found -> Centre.each(found.path("entries"))
                .map(each -> String.format(
                        "%-24s %s  %s  %s",
                        each.path("list").asText(),
                        each.path("entry").asText(),
                        each.path("until").asText(),
                        each.path("note").asText())));
        return answer.path("entries").isEmpty() ? ExitStatus.NOT_WELL : ExitStatus.WELL;
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
        ObjectNode body = Centre.body();
        body.put("version", centre.get("/api/allow/" + id).path("version").asLong());
        body.put("why", why);
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
