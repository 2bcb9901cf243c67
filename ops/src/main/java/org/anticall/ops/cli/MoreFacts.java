package org.anticall.ops.cli;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Options of {@code explain} for facts that few calls have. Names and values are those of {@code tests} in rule files. */
final class MoreFacts {

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

    /** The facts that were given, by name. */
    Map<String, String> given() {
        Map<String, String> given = new LinkedHashMap<>();
        put(given, "second-pai", secondAsserted == null ? null : WireNumber.userOf(secondAsserted));
        put(given, "remote-party", remoteParty == null ? null : WireNumber.userOf(remoteParty));
        put(given, "at", at);
        put(given, "origins", joined(origins));
        put(given, "hub", hub ? "yes" : null);
        put(given, "trombone", trombone ? "yes" : null);
        put(given, "returning", returning ? "yes" : null);
        put(given, "verstat", verstat);
        put(given, "attestation", attestation);
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

    private static @Nullable String joined(@Nullable List<String> items) {
        return items == null ? null : String.join(",", items);
    }
}
