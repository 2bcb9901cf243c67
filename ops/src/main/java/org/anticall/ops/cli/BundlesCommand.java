package org.anticall.ops.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code anticall bundles}: revisions of a running centre. */
@Command(
        name = "bundles",
        description = "Revisions of a running centre.",
        mixinStandardHelpOptions = true,
        subcommands = NextKeyCommand.class)
final class BundlesCommand extends CentreGroup {

    @Command(name = "list", description = "The newest revisions.", mixinStandardHelpOptions = true)
    int list(@Mixin Centre centre) {
        return centre.tell(centre.get("/api/revisions"), answer -> Centre.each(answer.path("revisions"))
                .map(BundlesCommand::line));
    }

    @Command(
            name = "next",
            description = "What the next revision would be; exit status 1 if it is not well.",
            mixinStandardHelpOptions = true)
    int next(@Mixin Centre centre) {
        JsonNode next = centre.get("/api/revisions/next");
        centre.tell(next, BundlesCommand::plan);
        return next.path("problems").isEmpty() ? ExitStatus.WELL : ExitStatus.NOT_WELL;
    }

    private static Stream<String> plan(JsonNode next) {
        String head = "revision " + next.path("revision").asText() + ": "
                + next.path("rules").asText() + " rules, "
                + next.path("unchanged").asText() + " orders as before";
        return Stream.of(
                        Stream.of(head),
                        Centre.each(next.path("added")).map(each -> "+ " + each.asText()),
                        Centre.each(next.path("removed")).map(each -> "- " + each.asText()),
                        Centre.each(next.path("problems")).map(each -> "! " + each.asText()))
                .flatMap(each -> each);
    }

    @Command(
            name = "diff",
            description = "What one revision says otherwise than another.",
            mixinStandardHelpOptions = true)
    int diff(
            @Parameters(paramLabel = "BEFORE", description = "Number of a revision.") long before,
            @Parameters(paramLabel = "AFTER", description = "Number of a revision.") long after,
            @Mixin Centre centre) {
        return centre.tell(
                centre.get("/api/revisions/diff?before=" + before + "&after=" + after), BundlesCommand::lines);
    }

    private static Stream<String> lines(JsonNode diff) {
        return Stream.of(
                        Centre.each(diff.path("added")).map(each -> "+ " + rule(each)),
                        Centre.each(diff.path("removed")).map(each -> "- " + rule(each)),
                        Centre.each(diff.path("changed")).flatMap(rule -> Centre.each(rule.path("changes"))
                                .map(each -> "~ " + rule.path("rule").asText() + " "
                                        + each.path("key").asText() + ": "
                                        + each.path("before").asText() + " -> "
                                        + each.path("after").asText())),
                        Centre.each(diff.path("lists"))
                                .map(each -> "~ list " + each.path("list").asText() + ": +"
                                        + each.path("added").asText() + " -"
                                        + each.path("removed").asText() + " ~"
                                        + each.path("changed").asText()))
                .flatMap(each -> each);
    }

    private static String rule(JsonNode rule) {
        return rule.path("rule").asText() + "  " + rule.path("title").path("en").asText();
    }

    @Command(name = "publish", description = "Publishes the next revision.", mixinStandardHelpOptions = true)
    int publish(
            @Option(names = "--why", paramLabel = "REASON", defaultValue = "", description = "For the trail.")
                    String why,
            @Mixin Centre centre) {
        ObjectNode body = Centre.body();
        body.put("revision", centre.get("/api/revisions/next").path("revision").asLong());
        body.put("why", why);
        return centre.tell(centre.post("/api/revisions", body), revision -> Stream.of(line(revision)));
    }

    @Command(
            name = "rollback",
            description = "Publishes the next revision with the content of an older one.",
            mixinStandardHelpOptions = true)
    int rollback(
            @Option(names = "--to", required = true, paramLabel = "REVISION", description = "The older one.") long to,
            @Option(names = "--why", required = true, paramLabel = "REASON", description = "For the trail.") String why,
            @Mixin Centre centre) {
        ObjectNode body = Centre.body();
        body.put("to", to);
        body.put("why", why);
        return centre.tell(centre.post("/api/revisions/rollback", body), revision -> Stream.of(line(revision)));
    }

    private static String line(JsonNode each) {
        String content =
                each.path("contentOf").asLong() == each.path("revision").asLong()
                        ? ""
                        : ", content of " + each.path("contentOf").asText();
        return String.format(
                "%-5s %s  %s rules%s, enforced on %s, by %s  %s",
                each.path("revision").asText(),
                each.path("at").asText(),
                each.path("rules").asText(),
                content,
                each.path("enforced").asText(),
                each.path("account").asText(),
                each.path("why").asText());
    }
}
