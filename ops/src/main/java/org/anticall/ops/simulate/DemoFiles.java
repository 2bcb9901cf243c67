package org.anticall.ops.simulate;

import java.nio.file.Files;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The configuration that the demo writes for its gateway and its centre: files like those of a real installation. */
final class DemoFiles {

    static final String GATEWAY = "gateway.yaml";
    static final String CENTRE = "ops.yaml";
    static final String ROAMERS = "roamers.csv";

    /** Where the relay captures what is said, until the centre has sealed it. */
    static final String SPOOL = "spool";

    private static final String TOKEN = "records.token";
    private static final String BYPASS = "bypass.key";
    private static final String RECORDING_KEY = "recordings.key";
    private static final int RECORDING_KEY_BYTES = 32;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final DemoPlan plan;
    private final DemoState state;

    DemoFiles(DemoPlan plan, DemoState state) {
        this.plan = plan;
        this.state = state;
    }

    /** A password or token nobody can guess. */
    static String secret() {
        return HexFormat.of().formatHex(random(12));
    }

    private static byte[] random(int count) {
        byte[] bytes = new byte[count];
        RANDOM.nextBytes(bytes);
        return bytes;
    }

    /**
     * Writes everything.
     *
     * @param phones the operators' phones, with passwords
     * @param roamers the out-roamer list
     * @param relay where the media relay is, null if there is none
     */
    void write(List<Phone> phones, Roamers roamers, @Nullable String relay) throws DemoUnavailable {
        state.write(TOKEN, List.of(secret()));
        state.write(BYPASS, List.of(secret()));
        if (!Files.exists(state.file(RECORDING_KEY))) {
            state.write(RECORDING_KEY, random(RECORDING_KEY_BYTES)); // what was recorded before can still be heard
        }
        state.write(ROAMERS, roamers.lines());
        state.write(GATEWAY, gateway());
        state.write(CENTRE, centre(phones, relay));
    }

    private List<String> gateway() {
        DemoPorts ports = plan.ports();
        String rules = plan.rules() == null
                ? "reference"
                : "\"file:" + plan.rules().toAbsolutePath().toString().replace("\"", "\\\"") + "\"";
        return List.of(
                "# The gateway of a demo.",
                "node: demo",
                "home: " + plan.home(),
                "listen:",
                "  - sip:127.0.0.1:" + ports.sip() + ";transport=udp",
                "admin: 127.0.0.1:" + ports.admin(),
                "trunks:",
                "  - name: transit-a",
                "    class: international",
                "    peers: [\"127.0.0.1:" + ports.carrier() + "\"]",
                "    route: core",
                "hops:",
                "  core: [\"sip:127.0.0.1:" + ports.core() + "\"]",
                "  desk: [\"sip:127.0.0.1:" + ports.desk() + "\"]",
                "desk-calls:",
                "  bypass-key: " + BYPASS,
                "  route: core",
                "rules: " + rules,
                "roaming:",
                "  out-roamers: file:" + ROAMERS,
                "ops:",
                "  records: http://127.0.0.1:" + ports.http() + "/records",
                "  token-file: " + TOKEN,
                "pass-sample: 20",
                "journal:",
                "  segment: 4MiB",
                "  keep-free: 16MiB",
                "state: gateway");
    }

    private List<String> centre(List<Phone> phones, @Nullable String relay) {
        DemoPorts ports = plan.ports();
        List<String> lines = new ArrayList<>(List.of(
                "# The centre of a demo.",
                "http: 127.0.0.1:" + ports.http(),
                "state: centre",
                "records:",
                "  token-file: " + TOKEN,
                "people:",
                "  second-factor-for: []", // a look around on one machine
                "authority:",
                "  home: " + plan.home(),
                "desk:",
                "  listen: \"sip:127.0.0.1:" + ports.desk() + ";transport=udp\"",
                "  gateways: [127.0.0.0/8]",
                "  realm: anticall",
                "  answer-within: " + plan.answerWithinSeconds() + "s",
                "  wrap-up: " + plan.wrapUpSeconds() + "s",
                "  bypass-key-file: " + BYPASS));
        if (relay != null) {
            lines.add("  media:");
            lines.add("    relays: [\"" + relay + "\"]");
            lines.add("    without-relay: direct"); // the simulated phones need none
            lines.add("    recording-spool: " + SPOOL);
            lines.add("    recording-key-file: " + RECORDING_KEY);
        }
        lines.add("  phones:");
        for (Phone phone : phones) {
            lines.add("    - {user: \"" + phone.user() + "\", password: \"" + phone.password() + "\"}");
        }
        return lines;
    }

    /** A phone that may register at the desk. */
    record Phone(String user, String password) {}
}
