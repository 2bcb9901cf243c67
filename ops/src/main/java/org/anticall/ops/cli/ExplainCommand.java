package org.anticall.ops.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.anticall.rules.GivenCall;
import org.anticall.rules.RuleBook;
import org.anticall.rules.call.CallFacts;
import org.anticall.rules.call.RoamingAnswer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code anticall explain}: what would happen to a call, with every rule that was tried. */
@Command(
        name = "explain",
        description = "Tells what would happen to a call and why: every rule that is tried, hit or miss.",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        footer = {
            "",
            "Numbers are written as on the wire: +77172700000, 8 7172 700000, tel:+7..., sip:+7...@host, anonymous.",
            "Example: anticall explain --from +77172700000 --to +77011234567"
        })
final class ExplainCommand implements Callable<Integer> {

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before it runs the command
    private CommandSpec spec;

    @Option(
            names = "--home",
            paramLabel = "KZ|BY",
            description = "Home country (default: the one the rule file names, else KZ).")
    private @Nullable String home;

    @Option(
            names = "--rules",
            paramLabel = "FILE",
            description = "Rule file; without it the home country's reference policy.")
    private @Nullable Path rules;

    @Option(
            names = "--roaming",
            paramLabel = "STATE",
            defaultValue = "unknown",
            converter = RoamingOption.class,
            description = "What the home network says of whichever number the rules ask for: home, roaming, roaming:CC,"
                    + " roaming:CC:s8hr, unallocated, unknown or timeout (default: ${DEFAULT-VALUE}).")
    @SuppressWarnings("NullAway.Init")
    private RoamingAnswer roaming;

    @Option(
            names = "--diversion-roaming",
            paramLabel = "STATE",
            converter = RoamingOption.class,
            description = "The same for who forwarded the call, where it is not the same.")
    private @Nullable RoamingAnswer diversionRoaming;

    @Mixin
    private final CallOptions options = new CallOptions();

    @Mixin
    private final OutputOption output = new OutputOption();

    @Override
    public Integer call() {
        RuleBook book = RuleBooks.active(home, rules);
        CallFacts facts = facts(book);
        TimedExplanation explained =
                TimedExplanation.of(book, facts, roaming, diversionRoaming == null ? roaming : diversionRoaming);
        PrintWriter out = spec.commandLine().getOut();
        if (output.isJson()) {
            out.println(Json.line(ExplainText.fields(explained)));
        } else {
            ExplainText.print(explained, out);
        }
        out.flush();
        return ExitStatus.WELL;
    }

    private CallFacts facts(RuleBook book) {
        Map<String, String> given = new LinkedHashMap<>();
        given.put("at", OffsetDateTime.now(ZoneOffset.UTC).toString());
        try {
            given.putAll(options.given());
            return new GivenCall(given).facts(book.numbers());
        } catch (IllegalArgumentException wrong) {
            throw new ParameterException(spec.commandLine(), String.valueOf(wrong.getMessage()), wrong);
        }
    }
}
