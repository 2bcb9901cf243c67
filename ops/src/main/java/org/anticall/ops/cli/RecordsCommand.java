package org.anticall.ops.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code anticall records}: decision records that a centre keeps. Every look is in its trail. */
@Command(name = "records", description = "Decision records at a running centre.", mixinStandardHelpOptions = true)
final class RecordsCommand extends CentreGroup {

    @Command(name = "show", description = "The receipt of one call, masked.", mixinStandardHelpOptions = true)
    int show(
            @Parameters(paramLabel = "RECORD", description = "Its id.") String id,
            @Mixin WhyOption why,
            @Mixin Centre centre) {
        return centre.tell(
                centre.get(why.on(path(id, ""))),
                receipt -> Stream.of(receipt.path("id").asText(id)
                        + "  " + receipt.path("at").asText()
                        + "  " + receipt.path("verdict").asText()
                        + (receipt.path("held").asBoolean() ? "  held as evidence" : "")));
    }

    @Command(
            name = "numbers",
            description = "Callee and forwarder of one call in full.",
            mixinStandardHelpOptions = true)
    int numbers(
            @Parameters(paramLabel = "RECORD", description = "Its id.") String id,
            @Mixin WhyOption why,
            @Mixin Centre centre) {
        return centre.tell(centre.post(why.on(path(id, "/numbers")), Centre.body()), RecordsCommand::fields);
    }

    @Command(
            name = "hold",
            description = "Keeps a record as evidence beyond its time.",
            mixinStandardHelpOptions = true)
    int hold(
            @Parameters(paramLabel = "RECORD", description = "Its id.") String id,
            @Option(names = "--why", required = true, paramLabel = "REASON", description = "For the trail.") String why,
            @Mixin Centre centre) {
        return centre.tell(
                centre.post(path(id, "/hold"), Centre.body().put("why", why)), held -> Stream.of(id + " is held"));
    }

    @Command(
            name = "unhold",
            description = "Lets a record go; its time goes on from the call.",
            mixinStandardHelpOptions = true)
    int unhold(
            @Parameters(paramLabel = "RECORD", description = "Its id.") String id,
            @Option(names = "--why", required = true, paramLabel = "REASON", description = "For the trail.") String why,
            @Mixin Centre centre) {
        return centre.tell(
                centre.post(path(id, "/unhold"), Centre.body().put("why", why)),
                free -> Stream.of(id + " is not held any more"));
    }

    private static String path(String id, String act) {
        return "/api/records/" + Centre.encoded(id) + act;
    }

    private static Stream<String> fields(JsonNode numbers) {
        return numbers.properties().stream()
                .map(each -> each.getKey() + "  " + each.getValue().path("text").asText());
    }
}
