package org.anticall.ops.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Locale;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code anticall appeals}: appeals of people whose calls were kept away. */
@Command(name = "appeals", description = "Appeals at a running centre.", mixinStandardHelpOptions = true)
final class AppealsCommand extends CentreGroup {

    /** Who appeals. */
    private enum Appellant {
        CALLER,
        CITIZEN
    }

    /** What is decided. */
    private enum Decision {
        UPHOLD,
        REFUSE
    }

    @Command(
            name = "list",
            description = "Appeals, newest first; exit status 1 if one waits longer than allowed.",
            mixinStandardHelpOptions = true)
    int list(
            @Option(
                            names = "--state",
                            paramLabel = "STATE",
                            defaultValue = "",
                            description = "open, answered, upheld, refused or withdrawn.")
                    String state,
            @Mixin Centre centre) {
        JsonNode answer = centre.get("/api/appeals?most=200&state=" + Centre.encoded(state));
        centre.tell(answer, all -> Centre.each(all.path("appeals")).map(AppealsCommand::line));
        return Centre.each(answer.path("appeals"))
                        .anyMatch(each -> each.path("answerLate").asBoolean()
                                || each.path("decisionLate").asBoolean())
                ? ExitStatus.NOT_WELL
                : ExitStatus.WELL;
    }

    @Command(name = "show", description = "One appeal; the look is in the trail.", mixinStandardHelpOptions = true)
    int show(@Parameters(paramLabel = "APPEAL", description = "Number of the appeal.") long id, @Mixin Centre centre) {
        return centre.tell(centre.get("/api/appeals/" + id), AppealsCommand::whole);
    }

    @Command(name = "take", description = "Takes an appeal; its clocks begin.", mixinStandardHelpOptions = true)
    int take(
            @Option(names = "--appellant", required = true, description = "${COMPLETION-CANDIDATES}, in any case.")
                    Appellant appellant,
            @Option(names = "--name", required = true, description = "What the person is called.") String name,
            @Option(names = "--contact", required = true, description = "Where the answer goes.") String contact,
            @Option(names = "--number", required = true, description = "The caller's number.") String number,
            @Option(names = "--text", required = true, description = "What happened, in the person's words.")
                    String text,
            @Mixin Centre centre) {
        ObjectNode body = Centre.body();
        body.put("appellant", appellant.name().toLowerCase(Locale.ROOT));
        body.put("name", name).put("contact", contact).put("number", number).put("text", text);
        return centre.tell(centre.post("/api/appeals", body), AppealsCommand::whole);
    }

    @Command(name = "answer", description = "Writes down the first answer.", mixinStandardHelpOptions = true)
    int answer(
            @Parameters(paramLabel = "APPEAL", description = "Number of the appeal.") long id,
            @Option(names = "--why", required = true, paramLabel = "TEXT", description = "What was answered.")
                    String why,
            @Mixin Centre centre) {
        return centre.tell(centre.post("/api/appeals/" + id + "/answer", step(centre, id, why)), AppealsCommand::whole);
    }

    @Command(name = "withdraw", description = "The person does not want it any more.", mixinStandardHelpOptions = true)
    int withdraw(
            @Parameters(paramLabel = "APPEAL", description = "Number of the appeal.") long id,
            @Option(names = "--why", required = true, paramLabel = "TEXT", description = "What the person said.")
                    String why,
            @Mixin Centre centre) {
        return centre.tell(
                centre.post("/api/appeals/" + id + "/withdraw", step(centre, id, why)), AppealsCommand::whole);
    }

    @Command(
            name = "decide",
            description = "Decides an appeal; upheld, the number passes on every gateway at once.",
            mixinStandardHelpOptions = true)
    int decide(
            @Parameters(paramLabel = "DECISION", description = "${COMPLETION-CANDIDATES}, in any case.")
                    Decision decision,
            @Parameters(paramLabel = "APPEAL", description = "Number of the appeal.") long id,
            @Option(
                            names = "--why",
                            required = true,
                            paramLabel = "REASON",
                            description = "For the person and the trail.")
                    String why,
            @Mixin Centre centre) {
        ObjectNode body = step(centre, id, why).put("uphold", decision == Decision.UPHOLD);
        return centre.tell(centre.post("/api/appeals/" + id + "/decide", body), AppealsCommand::whole);
    }

    private static ObjectNode step(Centre centre, long id, String why) {
        return centre.bodyFor("/api/appeals/" + id).put("why", why);
    }

    private static Stream<String> whole(JsonNode appeal) {
        return Stream.of(
                        Stream.of(line(appeal.path("line"))),
                        Stream.of("  " + appeal.path("name").asText() + ", "
                                + appeal.path("contact").asText() + ": "
                                + appeal.path("text").asText()),
                        Centre.each(appeal.path("concerned"))
                                .map(each -> "  record " + each.path("id").asText() + "  "
                                        + each.path("at").asText() + "  "
                                        + each.path("verdict").asText() + "  "
                                        + each.path("rule").asText("")),
                        Centre.each(appeal.path("alsoHit")).flatMap(rule -> Centre.each(rule.path("others"))
                                .map(each -> "  rule " + rule.path("rule").asText() + " also hit "
                                        + each.path("number").asText() + ", "
                                        + each.path("calls").asText() + " calls")),
                        appeal.path("revision").asLong() == 0
                                ? Stream.<String>of()
                                : Stream.of("  freed with revision "
                                        + appeal.path("revision").asText()))
                .flatMap(each -> each);
    }

    private static String line(JsonNode each) {
        return String.format(
                "%-5s %-9s %-20s %-8s answer until %s%s, decision until %s%s",
                each.path("id").asText(),
                each.path("state").asText(),
                each.path("number").asText(),
                each.path("appellant").asText(),
                each.path("answerDue").asText(),
                each.path("answerLate").asBoolean() ? " (late)" : "",
                each.path("decisionDue").asText(),
                each.path("decisionLate").asBoolean() ? " (late)" : "");
    }
}
