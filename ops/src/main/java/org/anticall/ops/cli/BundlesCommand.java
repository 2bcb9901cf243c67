package org.anticall.ops.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintWriter;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code anticall bundles}: revisions of a running centre. */
@Command(name = "bundles", description = "Revisions of a running centre.", mixinStandardHelpOptions = true)
final class BundlesCommand implements Runnable {

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before it runs the command
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(
                spec.commandLine(), "What to do with the bundles is missing: list, next, publish or rollback");
    }

    @Command(name = "list", description = "The newest revisions.", mixinStandardHelpOptions = true)
    int list(@Mixin CentreClient centre, @Mixin OutputOption output) {
        JsonNode answer = centre.get("/api/revisions");
        PrintWriter out = spec.commandLine().getOut();
        if (output.isJson()) {
            out.println(answer);
        } else {
            answer.path("revisions").forEach(each -> out.println(line(each)));
        }
        out.flush();
        return ExitStatus.WELL;
    }

    @Command(
            name = "next",
            description = "What the next revision would be; exit status 1 if it is not well.",
            mixinStandardHelpOptions = true)
    int next(@Mixin CentreClient centre, @Mixin OutputOption output) {
        JsonNode next = centre.get("/api/revisions/next");
        PrintWriter out = spec.commandLine().getOut();
        if (output.isJson()) {
            out.println(next);
        } else {
            out.println("revision " + next.path("revision").asText() + ": "
                    + next.path("rules").asText() + " rules");
            next.path("added").forEach(each -> out.println("  + " + each.asText()));
            next.path("removed").forEach(each -> out.println("  - " + each.asText()));
            next.path("problems").forEach(each -> out.println("  ! " + each.asText()));
        }
        out.flush();
        return next.path("problems").isEmpty() ? ExitStatus.WELL : ExitStatus.NOT_WELL;
    }

    @Command(name = "publish", description = "Publishes the next revision.", mixinStandardHelpOptions = true)
    int publish(
            @Option(names = "--why", paramLabel = "REASON", defaultValue = "", description = "For the trail.")
                    String why,
            @Mixin CentreClient centre,
            @Mixin OutputOption output) {
        ObjectNode body = CentreClient.body();
        body.put("revision", centre.get("/api/revisions/next").path("revision").asLong());
        body.put("why", why);
        return told(centre.post("/api/revisions", body), output);
    }

    @Command(
            name = "rollback",
            description = "Publishes the next revision with the content of an older one.",
            mixinStandardHelpOptions = true)
    int rollback(
            @Option(names = "--to", required = true, paramLabel = "REVISION", description = "The older one.") long to,
            @Option(names = "--why", required = true, paramLabel = "REASON", description = "For the trail.") String why,
            @Mixin CentreClient centre,
            @Mixin OutputOption output) {
        ObjectNode body = CentreClient.body();
        body.put("to", to);
        body.put("why", why);
        return told(centre.post("/api/revisions/rollback", body), output);
    }

    private int told(JsonNode revision, OutputOption output) {
        PrintWriter out = spec.commandLine().getOut();
        out.println(output.isJson() ? revision.toString() : line(revision));
        out.flush();
        return ExitStatus.WELL;
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
