package org.anticall.gateway;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.anticall.gateway.config.ConfigFile;
import org.anticall.gateway.config.ConfigOutcome;
import org.anticall.gateway.config.GatewayConfig;

/** The file of a gateway on free ports in a directory of its own. */
public final class TrialConfig {

    private TrialConfig() {}

    /** Writes {@code gateway.yaml} and a rule file {@code rules.yaml} beside it. */
    static Path write(Path directory) throws IOException {
        Files.writeString(directory.resolve("rules.yaml"), rules(3));
        return Files.writeString(
                directory.resolve("gateway.yaml"),
                """
                node: gw-1
                home: KZ
                listen: ["sip:127.0.0.1:0"]
                admin: 127.0.0.1:0
                trunks:
                  - {name: transit-a, class: international, peers: [127.0.0.0/8], route: core}
                hops:
                  core: ["sip:127.0.0.1:9"]
                  desk: ["sip:127.0.0.1:9"]
                rules: file:rules.yaml
                state: state
                journal: {segment: 64KiB, keep-free: 0KiB}
                """);
    }

    /** The text of a rule file with that revision. */
    public static String rules(int revision) {
        return """
                home: KZ
                revision: %d
                legal-basis: {type: prosecutor-order, document: "17/2026", date: 2026-11-01, office: Prosecutor of Astana}
                rules:
                  - id: D10
                    stage: deterministic
                    priority: 10
                    title: {en: Home landline from abroad}
                    when: {trunk: international, caller: {kind: e164}}
                    then: reject
                    reason: {en: A landline of the home country cannot call from abroad.}
                """
                .formatted(revision);
    }

    static GatewayConfig read(Path file, Map<String, String> environment) {
        ConfigOutcome outcome = ConfigFile.read(file, environment);
        if (outcome instanceof ConfigOutcome.Valid valid) {
            return valid.config();
        }
        throw new AssertionError(outcome);
    }
}
