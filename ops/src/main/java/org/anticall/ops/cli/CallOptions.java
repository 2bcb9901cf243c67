package org.anticall.ops.cli;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.anticall.rules.call.Privacy;
import org.anticall.rules.call.TrunkClass;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of {@code explain} that describe a call. What they give has the names and values of {@code tests} in rule files. */
final class CallOptions {

    /** Values of a Privacy header (RFC 3323 §4.2, RFC 3325 §9.3) and how strong each is. */
    private static final Map<String, Privacy> PRIVACY = Map.of(
            "id", Privacy.ID,
            "user", Privacy.USER,
            "header", Privacy.HEADER,
            "session", Privacy.OTHER,
            "critical", Privacy.OTHER,
            "history", Privacy.OTHER,
            "none", Privacy.NONE);

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

    @Option(names = "--second-pai", paramLabel = "N", description = "A further P-Asserted-Identity.")
    private @Nullable String secondAsserted;

    @Option(names = "--remote-party", paramLabel = "N", description = "Remote-Party-ID.")
    private @Nullable String remoteParty;

    @Option(names = "--at", paramLabel = "INSTANT", description = "When the call comes (default: now).")
    private @Nullable String at;

    @Option(
            names = "--origins",
            paramLabel = "CC",
            split = ",",
            description = "Country codes the trunk's carrier may bring callers of, like 7,44.")
    private @Nullable List<String> origins;

    @Option(names = "--hub", description = "The trunk's carrier brings callers of all countries.")
    private boolean hub;

    @Option(names = "--trombone", description = "Calls routed through abroad may come back on the trunk.")
    private boolean trombone;

    @Option(names = "--returning", description = "The home network sent a call of this caller abroad just before.")
    private boolean returning;

    @Option(
            names = "--verstat",
            paramLabel = "CLAIM",
            description = "What a verstat parameter claims: passed, failed, no-validation or none.")
    private @Nullable String verstat;

    @Option(names = "--attestation", paramLabel = "A|B|C", description = "What an Identity header claims.")
    private @Nullable String attestation;

    @Option(
            names = "--passport",
            paramLabel = "FOUND",
            description = "What Identity headers are found to be: unverified, stale, bad-info, invalid or none.")
    private @Nullable String passport;

    @Option(names = "--fingerprint", paramLabel = "HEX", description = "Hash of how the INVITE is built.")
    private @Nullable String fingerprint;

    @Option(
            names = "--user-agent",
            paramLabel = "FAMILY",
            description = "Kind of program: scanner, sim-gateway, exchange, softphone, other or absent.")
    private @Nullable String userAgent;

    @Option(
            names = "--mark",
            paramLabel = "MARK",
            split = ",",
            description = "What was noticed in the INVITE, like vendor-header; may be repeated.")
    private @Nullable List<String> marks;

    @Option(
            names = "--reading",
            paramLabel = "GAUGE=N",
            split = ",",
            description = "What a counter says, like distinct-callees/600/0=25; may be repeated.")
    private @Nullable List<String> readings;

    /**
     * The facts that were given, by name.
     *
     * @throws IllegalArgumentException naming a value of a Privacy header that is none
     */
    Map<String, String> given() {
        Map<String, String> given = new LinkedHashMap<>();
        put(given, "trunk", trunk);
        put(given, "trunk-class", trunkClass.name());
        put(given, "from", user(from));
        put(given, "to", user(to));
        put(given, "pai", user(asserted));
        put(given, "diversion", user(diversion));
        put(given, "privacy", privacy().name());
        put(given, "second-pai", user(secondAsserted));
        put(given, "remote-party", user(remoteParty));
        put(given, "at", at);
        put(given, "origins", joined(origins));
        put(given, "hub", hub ? "yes" : null);
        put(given, "trombone", trombone ? "yes" : null);
        put(given, "returning", returning ? "yes" : null);
        put(given, "verstat", verstat);
        put(given, "attestation", attestation);
        put(given, "passport", passport);
        put(given, "fingerprint", fingerprint);
        put(given, "user-agent", userAgent);
        put(given, "marks", joined(marks));
        put(given, "readings", joined(readings));
        return given;
    }

    private static void put(Map<String, String> given, String name, @Nullable String value) {
        if (value != null && !value.isEmpty()) {
            given.put(name, value);
        }
    }

    private static @Nullable String user(@Nullable String address) {
        return address == null ? null : WireNumber.userOf(address);
    }

    private Privacy privacy() {
        Privacy strongest = Privacy.NONE;
        for (String value : privacy == null
                ? new String[0]
                : privacy.toLowerCase(Locale.ROOT).split("[;,\\s]+", -1)) {
            Privacy asked = PRIVACY.get(value);
            if (asked == null) {
                throw new IllegalArgumentException("'" + value
                        + "' is no privacy value, expected id, user, header, session, history, critical or none");
            }
            strongest = strongest.and(asked);
        }
        return strongest;
    }

    private static @Nullable String joined(@Nullable List<String> items) {
        return items == null ? null : String.join(",", items);
    }
}
