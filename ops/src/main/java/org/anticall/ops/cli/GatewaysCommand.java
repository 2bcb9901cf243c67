package org.anticall.ops.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code anticall gateways}: what each gateway enforces; exit status 1 if one is behind or silent. */
@Command(
        name = "gateways",
        description = "What each gateway enforces; exit status 1 if one is behind or silent.",
        mixinStandardHelpOptions = true,
        subcommands = InviteCommand.class)
final class GatewaysCommand implements Callable<Integer> {

    @Mixin
    private final Centre centre = new Centre();

    @Override
    public Integer call() {
        JsonNode answer = centre.get("/api/gateways");
        String newest = answer.path("newest").asText();
        centre.tell(answer, all -> Centre.each(all.path("gateways")).map(each -> line(each, newest)));
        return Centre.each(answer.path("gateways")).allMatch(GatewaysCommand::isWell)
                ? ExitStatus.WELL
                : ExitStatus.NOT_WELL;
    }

    private static boolean isWell(JsonNode gateway) {
        return gateway.path("upToDate").asBoolean() && !gateway.path("silent").asBoolean();
    }

    private static String line(JsonNode gateway, String newest) {
        return String.format(
                "%-16s revision %s%s, after %s ms, last heard %s%s",
                gateway.path("node").asText(),
                gateway.path("revision").asText(),
                gateway.path("upToDate").asBoolean() ? "" : " of " + newest,
                gateway.path("afterMillis").asText("?"),
                gateway.path("lastContact").asText(),
                gateway.path("silent").asBoolean() ? ", silent" : "");
    }
}
