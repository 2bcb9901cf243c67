package org.anticall.ops.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import org.anticall.rules.GivenCall;
import org.anticall.rules.RuleBook;
import org.anticall.rules.call.CallFacts;
import org.anticall.rules.call.RoamingAnswer;
import org.anticall.rules.call.TrunkClass;
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

    /** Values of a Privacy header that ask to withhold the caller's identity (RFC 3323 §4.2, RFC 3325 §9.3). */
    private static final Set<String> WITHHOLDING = Set.of("id", "user", "header");

    /** Values that ask for something else. */
    private static final Set<String> OTHER = Set.of("none", "session", "critical", "history");

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before it runs the command
    private CommandSpec spec;

    @Option(
            names = "--home",
            paramLabel = "KZ|BY",
            defaultValue = "KZ",
            description = "Home country (default: ${DEFAULT-VALUE}).")
    @SuppressWarnings("NullAway.Init")
    private String home;

    @Option(
            names = "--rules",
            paramLabel = "FILE",
            description = "Rule file; without it the home country's reference policy.")
    private @Nullable Path rules;

    @Option(
            names = "--trunk-class",
            paramLabel = "CLASS",
            defaultValue = "international",
            description = "international, national or outbound (default: ${DEFAULT-VALUE}).")
    @SuppressWarnings("NullAway.Init")
    private TrunkClass trunkClass;

    @Option(
            names = "--trunk",
            paramLabel = "NAME",
            defaultValue = "explain",
            description = "Name of the trunk (default: ${DEFAULT-VALUE}).")
    @SuppressWarnings("NullAway.Init")
    private String trunk;

    @Option(names = "--from", required = true, paramLabel = "N", description = "Caller as presented: From.")
    @SuppressWarnings("NullAway.Init")
    private String from;

    @Option(names = "--to", required = true, paramLabel = "N", description = "Callee: Request-URI.")
    @SuppressWarnings("NullAway.Init")
    private String to;

    @Option(names = "--pai", paramLabel = "N", description = "Caller as the network says: P-Asserted-Identity.")
    private @Nullable String asserted;

    @Option(
            names = "--diversion",
            paramLabel = "N",
            description = "Who forwarded the call last: History-Info or Diversion.")
    private @Nullable String diversion;

    @Option(names = "--privacy", paramLabel = "id", description = "Value of the Privacy header.")
    private @Nullable String privacy;

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
    private final MoreFacts more = new MoreFacts();

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
        given.putAll(more.given());
        given.put("trunk", trunk);
        given.put("trunk-class", trunkClass.name());
        given.put("from", WireNumber.userOf(from));
        given.put("to", WireNumber.userOf(to));
        given.put("pai", asserted == null ? "" : WireNumber.userOf(asserted));
        given.put("diversion", diversion == null ? "" : WireNumber.userOf(diversion));
        given.put("privacy", asksPrivacy() ? "yes" : "no");
        try {
            return new GivenCall(given).facts(book.numbers());
        } catch (IllegalArgumentException wrong) {
            throw new ParameterException(spec.commandLine(), String.valueOf(wrong.getMessage()), wrong);
        }
    }

    private boolean asksPrivacy() {
        if (privacy == null) {
            return false;
        }
        boolean withhold = false;
        for (String value : privacy.toLowerCase(Locale.ROOT).split("[;,\\s]+", -1)) {
            if (!WITHHOLDING.contains(value) && !OTHER.contains(value)) {
                throw new ParameterException(
                        spec.commandLine(),
                        "'" + value + "' is no privacy value, expected id, user, header, session, history, critical or"
                                + " none");
            }
            withhold |= WITHHOLDING.contains(value);
        }
        return withhold;
    }
}
