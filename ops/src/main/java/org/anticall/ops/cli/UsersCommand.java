package org.anticall.ops.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code anticall users}: persons of a running centre and their accounts. */
@Command(
        name = "users",
        description = "Persons of a running centre and their accounts.",
        mixinStandardHelpOptions = true)
final class UsersCommand implements Callable<Integer> {

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before it runs the command
    private CommandSpec spec;

    @Mixin
    private final CentreClient centre = new CentreClient();

    @Mixin
    private final OutputOption output = new OutputOption();

    @Override
    public Integer call() {
        JsonNode answer = centre.get("/api/people");
        PrintWriter out = spec.commandLine().getOut();
        if (output.isJson()) {
            out.println(answer);
        } else {
            for (JsonNode person : answer.path("people")) {
                out.println(person.path("name").asText() + " ("
                        + person.path("staffNumber").asText() + ")");
                person.path("accounts")
                        .forEach(each -> out.println("  " + each.path("name").asText() + "  "
                                + each.path("role").asText()
                                + (each.path("active").asBoolean() ? "" : "  closed")
                                + (each.path("locked").asBoolean() ? "  locked" : "")));
            }
        }
        out.flush();
        return ExitStatus.WELL;
    }
}
