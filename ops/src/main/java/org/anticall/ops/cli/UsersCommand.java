package org.anticall.ops.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code anticall users}: persons and their accounts. */
@Command(
        name = "users",
        description = "Persons of a running centre and their accounts.",
        mixinStandardHelpOptions = true)
final class UsersCommand implements Callable<Integer> {

    @Mixin
    private final Centre centre = new Centre();

    @Override
    public Integer call() {
        return centre.tell(centre.get("/api/people"), answer -> Centre.each(answer.path("people"))
                .flatMap(UsersCommand::lines));
    }

    private static Stream<String> lines(JsonNode person) {
        return Stream.concat(
                Stream.of(person.path("name").asText() + " ("
                        + person.path("staffNumber").asText() + ")"),
                Centre.each(person.path("accounts"))
                        .map(each -> "  " + each.path("name").asText() + "  "
                                + each.path("role").asText()
                                + (each.path("active").asBoolean() ? "" : "  closed")
                                + (each.path("locked").asBoolean() ? "  locked" : "")));
    }
}
