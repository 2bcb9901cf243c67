package org.anticall.gateway.config;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One reading of a gateway's configuration: takes the keys one after another, then looks at how they fit together. */
final class GatewayReading {

    private static final int DEFAULT_PASS_SAMPLE = 100;
    private static final InetSocketAddress DEFAULT_ADMIN =
            new InetSocketAddress(InetAddress.getLoopbackAddress(), 9100);

    /** They come with the product; whoever has it can use them. */
    private static final Set<String> EXAMPLE_SECRETS = Set.of("change-me", "replace-this-key-with-32-random-bytes");

    private static final int LONGER_THAN_THOSE = 100;

    private final Section root;
    private final Environment environment;
    private final Path directory;
    private final List<ConfigProblem> problems;
    private final List<ConfigProblem> warnings = new ArrayList<>();

    /**
     * @param directory absolute; what relative paths are relative to
     * @param problems where {@code root} reports too
     */
    GatewayReading(Section root, Environment environment, Path directory, List<ConfigProblem> problems) {
        this.root = root;
        this.environment = environment;
        this.directory = directory;
        this.problems = problems;
    }

    ConfigOutcome outcome() {
        String node = root.required("node", Forms.NAME);
        String home = root.required("home", Forms.HOME);
        List<Listen> listen = root.list("listen", Forms.LISTEN);
        InetSocketAddress admin = root.optional("admin", Forms.ENDPOINT, DEFAULT_ADMIN);
        HopReading hopReading = new HopReading(root, warnings);
        Map<String, HopGroup> hops = hopReading.groups();
        HopCare care = hopReading.care(hops.keySet());
        List<Trunk> trunks = new TrunkReading(root, hops.keySet()).trunks();
        Path trust = root.optional("trust", path("a directory that `gateway enrol` has filled", true));
        RulesLocation rules = new RulesReading(root, this::resolve, trust).location();
        Path state = root.required("state", path("a directory", false));
        Roaming roaming = roaming();
        OpsLink ops = ops(trust);
        int passSample = root.optional("pass-sample", Forms.number(0, 999_999), DEFAULT_PASS_SAMPLE);
        Timers timers = timers();
        JournalSettings journal = journal();
        OverloadSettings overload = overload();
        WireReading reading = new WireReading(root, path("the path of a file that exists", true));
        WireSettings wire = reading.settings();
        Operation operation = new OperationReading(root, state, this::resolve).operation();
        DeskCalls deskCalls = deskCalls(hops.keySet());
        root.close();
        if (problems.isEmpty()) {
            reading.check(listen, hops.values(), trunks, wire.tls());
        }
        environment.unused().forEach(this::warnOfVariable);
        if (!problems.isEmpty() || node == null || home == null || rules == null || state == null) {
            return new ConfigOutcome.Invalid(problems);
        }
        return new ConfigOutcome.Valid(
                new GatewayConfig(
                        node,
                        home,
                        listen,
                        admin,
                        trunks,
                        hops,
                        rules,
                        state,
                        roaming,
                        ops,
                        passSample,
                        timers,
                        journal,
                        wire,
                        operation,
                        care,
                        deskCalls,
                        overload),
                warnings);
    }

    private @Nullable Roaming roaming() {
        Section section = root.section("roaming");
        if (section == null) {
            return null;
        }
        Roaming roaming = new RoamingReading(section, path("the path of a file that exists", true)).roaming();
        if (roaming != null && roaming.source() instanceof RoamingSource.Simulator) {
            warnings.add(new ConfigProblem(
                    "roaming.simulator", root.line("roaming"), "", "roaming answers are made up: for trials only"));
        }
        return roaming;
    }

    private @Nullable OpsLink ops(@Nullable Path trust) {
        Section section = root.section("ops");
        if (section == null) {
            return null;
        }
        URI records = section.required("records", Forms.HTTP);
        Path tokenFile = section.optional("token-file", path("the path of a file that exists", true));
        warnOfKnownSecret("ops.token-file", section.line("token-file"), tokenFile);
        section.close();
        return records == null ? null : new OpsLink(records, tokenFile, trust);
    }

    private @Nullable DeskCalls deskCalls(Set<String> groups) {
        Section section = root.section("desk-calls");
        if (section == null) {
            return null;
        }
        Path key = section.required("bypass-key", path("the path of a file that exists", true));
        warnOfKnownSecret("desk-calls.bypass-key", section.line("bypass-key"), key);
        String route = section.required(
                "route",
                new ValueForm<>(
                        "one of the groups under hops: " + String.join(", ", groups),
                        text -> groups.contains(text) ? text : null));
        section.close();
        return key == null || route == null ? null : new DeskCalls(key, route);
    }

    private Timers timers() {
        Section section = root.section("timers");
        Timers standard = Timers.DEFAULT;
        if (section == null) {
            return standard;
        }
        Timers timers = new Timers(
                section.optional("t1", Forms.duration(ofMillis(50), ofSeconds(5)), standard.t1()),
                section.optional("t2", Forms.duration(ofMillis(50), ofSeconds(60)), standard.t2()),
                section.optional("t4", Forms.duration(ofMillis(50), ofSeconds(60)), standard.t4()),
                section.optional("ringing", Forms.duration(ofSeconds(1), ofMinutes(10)), standard.ringing()),
                section.optional("hop-answer", Forms.duration(ofMillis(100), ofSeconds(32)), standard.hopAnswer()),
                section.optional("roaming-answer", Forms.duration(ofMillis(1), ofSeconds(2)), standard.roamingAnswer()),
                section.optional("screening", Forms.duration(ofMillis(10), ofSeconds(2)), standard.screening()));
        section.close();
        return timers;
    }

    private JournalSettings journal() {
        Section section = root.section("journal");
        JournalSettings standard = JournalSettings.DEFAULT;
        if (section == null) {
            return standard;
        }
        long segmentBytes = section.optional("segment", Forms.size(64 << 10, 1 << 30), (long) standard.segmentBytes());
        JournalSettings settings = new JournalSettings(
                (int) segmentBytes,
                section.optional("keep-free", Forms.size(0, 1L << 40), standard.keepFreeBytes()),
                section.optional("force-every", Forms.duration(ofMillis(1), ofSeconds(10)), standard.forceEvery()));
        section.close();
        return settings;
    }

    private OverloadSettings overload() {
        Section section = root.section("overload");
        OverloadSettings standard = OverloadSettings.DEFAULT;
        if (section == null) {
            return standard;
        }
        OverloadSettings settings = new OverloadSettings(
                section.optional("calls-in-setup", Forms.number(1, 200_000), standard.callsInSetup()),
                section.optional("peer-calls-in-setup", Forms.number(1, 200_000), standard.peerCallsInSetup()),
                section.optional("peer-messages", Forms.number(0, 999_999), standard.peerMessages()),
                section.optional("lag", Forms.duration(ofMillis(10), ofSeconds(10)), standard.lag()));
        section.close();
        return settings;
    }

    private void warnOfKnownSecret(String at, int line, @Nullable Path file) {
        if (file == null) {
            return;
        }
        try (InputStream in = Files.newInputStream(file)) {
            String secret = new String(in.readNBytes(LONGER_THAN_THOSE), ISO_8859_1).strip();
            if (EXAMPLE_SECRETS.contains(secret)) {
                warnings.add(new ConfigProblem(
                        at,
                        line,
                        file.toString(),
                        "everybody knows what is in it, it is the example's: write a secret of your own into it"));
            }
        } catch (IOException notReadable) {
            // Whoever needs it says so.
        }
    }

    private void warnOfVariable(String name) {
        warnings.add(new ConfigProblem(name, 0, "", "this environment variable overrides no key of a gateway"));
    }

    private ValueForm<Path> path(String expected, boolean exists) {
        return new ValueForm<>(expected, text -> {
            Path path = resolve(text);
            return path == null || (exists && !Files.isReadable(path)) ? null : path;
        });
    }

    private @Nullable Path resolve(String text) {
        try {
            return directory
                    .resolve(text.startsWith("file:") ? text.substring("file:".length()) : text)
                    .normalize();
        } catch (InvalidPathException notAPath) {
            return null;
        }
    }
}
