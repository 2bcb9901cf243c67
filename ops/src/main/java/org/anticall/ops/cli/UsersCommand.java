package org.anticall.ops.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.TypeConversionException;

/** {@code anticall users}: persons and their accounts; alone it lists them. */
@Command(
        name = "users",
        description = "Persons of a running centre and their accounts; alone it lists them.",
        mixinStandardHelpOptions = true)
final class UsersCommand implements Callable<Integer> {

    /** What is done to an account, as it is typed. */
    private enum Step {
        CLOSE,
        OPEN,
        UNLOCK,
        PASSWORD,
        REMOVE_SECOND_FACTOR;

        private String text() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    @Mixin
    private final Centre centre = new Centre();

    @Override
    public Integer call() {
        return centre.tell(centre.get("/api/people"), answer -> Centre.each(answer.path("people"))
                .flatMap(UsersCommand::lines));
    }

    @Command(name = "add-person", description = "Adds a person.", mixinStandardHelpOptions = true)
    int addPerson(
            @Parameters(paramLabel = "STAFF-NUMBER", description = "Nobody else has it.") String staffNumber,
            @Parameters(paramLabel = "NAME", description = "In full.") String name,
            @Option(names = "--unit", required = true, paramLabel = "NAME", description = "Department.") String unit,
            @Mixin Centre with) {
        ObjectNode body =
                Centre.body().put("staffNumber", staffNumber).put("name", name).put("unit", unit);
        return with.tell(
                with.post("/api/people", body),
                person -> Stream.of("person " + person.path("id").asText() + ": "
                        + person.path("name").asText()));
    }

    @Command(
            name = "add-account",
            description = "Adds an account; its password is shown once.",
            mixinStandardHelpOptions = true)
    int addAccount(
            @Parameters(paramLabel = "NAME", description = "Small Latin letters, digits, '.', '_' and '-'.")
                    String name,
            @Parameters(paramLabel = "ROLE", description = "operator, supervisor, prosecutor, approver, auditor, …")
                    String role,
            @Option(names = "--person", required = true, paramLabel = "NUMBER", description = "Whose it is.")
                    long person,
            @Mixin Centre with) {
        ObjectNode body = Centre.body().put("name", name).put("role", role).put("person", person);
        return with.tell(with.post("/api/accounts", body), UsersCommand::password);
    }

    @Command(
            name = "step",
            description = "Closes, opens or unlocks an account, gives it a new password, takes its second factor away.",
            mixinStandardHelpOptions = true)
    int step(
            @Parameters(
                            paramLabel = "STEP",
                            converter = StepReader.class,
                            description = "close, open, unlock, password, remove-second-factor.")
                    Step step,
            @Parameters(paramLabel = "NAME", description = "Name of the account.") String name,
            @Mixin Centre with) {
        String path = "/api/accounts/" + Centre.encoded(name) + "/";
        JsonNode answer =
                switch (step) {
                    case CLOSE -> with.put(path + "active", Centre.body().put("active", false));
                    case OPEN -> with.put(path + "active", Centre.body().put("active", true));
                    case UNLOCK -> with.post(path + "unlock", Centre.body());
                    case PASSWORD -> with.post(path + "password", Centre.body());
                    case REMOVE_SECOND_FACTOR -> with.delete(path + "second-factor");
                };
        return with.tell(
                answer, said -> said.has("password") ? password(said) : Stream.of(name + ": " + step.text() + " done"));
    }

    /** Steps are typed as the interface has them, with hyphens. */
    private static final class StepReader implements ITypeConverter<Step> {
        @Override
        public Step convert(String text) {
            return Stream.of(Step.values())
                    .filter(each -> each.text().equals(text.toLowerCase(Locale.ROOT)))
                    .findFirst()
                    .orElseThrow(() -> new TypeConversionException(
                            "expected close, open, unlock, password or remove-second-factor, found '" + text + "'"));
        }
    }

    private static Stream<String> password(JsonNode answer) {
        return Stream.of(
                answer.path("name").asText() + ": " + answer.path("password").asText() + " (shown this once)");
    }

    private static Stream<String> lines(JsonNode person) {
        return Stream.concat(
                Stream.of(
                        person.path("id").asText() + "  " + person.path("name").asText() + " ("
                                + person.path("staffNumber").asText() + ")"),
                Centre.each(person.path("accounts"))
                        .map(each -> "  " + each.path("name").asText() + "  "
                                + each.path("role").asText()
                                + (each.path("active").asBoolean() ? "" : "  closed")
                                + (each.path("locked").asBoolean() ? "  locked" : "")));
    }
}
