package org.anticall.ops.simulate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.anticall.ops.acceptance.Await;
import org.anticall.rules.call.Verdict;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The demo as a user starts it: through the launcher, with a real gateway process. */
@Timeout(180)
class DemoIT {

    private static final Duration PATIENCE = Duration.ofSeconds(90);

    @TempDir
    private Path directory;

    private Installation installation;
    private DemoPorts ports;
    private Path out;
    private Path err;

    @BeforeEach
    void install() throws Exception {
        installation = Installation.in(directory);
        ports = FreePorts.forDemo();
        out = directory.resolve("out");
        err = directory.resolve("err");
    }

    @AfterEach
    void endWhatATestLeft() {
        if (installation != null) {
            installation.processes().forEach(ProcessHandle::destroyForcibly);
        }
    }

    @Test
    void everyCallOfAHeadlessDemoComesToItsRightEnd() throws Exception {
        Process demo = start("--headless", "--calls", "200", "--rate", "20");

        assertTrue(demo.waitFor(150, TimeUnit.SECONDS), "the demo does not end");

        String said = Files.readString(err);
        assertEquals(0, demo.exitValue(), said);
        List<String> lines = Files.readAllLines(out);
        JsonNode summary = new ObjectMapper().readTree(lines.get(lines.size() - 1));
        assertEquals(200, summary.get("offered").asInt());
        assertEquals(0, summary.get("wrong").asInt(), said);
        assertEquals(0, summary.get("lost").asInt(), said);
        assertEquals(expected(Verdict.Kind.DIVERT), count(summary, "diverted"));
        assertEquals(expected(Verdict.Kind.REJECT), count(summary, "rejected"));
        assertEquals(expected(Verdict.Kind.PASS), count(summary, "passed"));
        assertEquals(count(summary, "diverted"), count(summary, "answered") + count(summary, "laddered"));
        assertTrue(count(summary, "answered") > 0, summary.toString());
        assertTrue(summary.get("decision_us").get("p50").asDouble() > 0, summary.toString());
        assertTrue(summary.get("decision_us").get("p99").asDouble() > 0, summary.toString());
        assertNothingIsLeft();
    }

    @Test
    void aTakenPortIsOneSentence() throws Exception {
        try (DatagramSocket taken =
                new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), ports.core()))) {
            Process demo = start("--headless");

            assertUnavailable(demo, ports.core() + "/udp", "--core-port");
            assertTrue(taken.isBound());
        }
    }

    @Test
    void aBrokenRuleFileIsOneSentenceWithThePlace() throws Exception {
        Path rules = Files.writeString(directory.resolve("broken.yaml"), "home: KZ\nrulez: []\n");

        Process demo = start("--headless", "--rules", rules.toString());

        assertUnavailable(demo, rules + ":2", "rulez");
    }

    @Test
    void aStateDirectoryThatCannotBeMadeIsOneSentence() throws Exception {
        Path file = Files.createFile(directory.resolve("file"));

        Process demo = start("--headless", "--state", file.resolve("state").toString());

        assertUnavailable(demo, file.toString(), "--state");
    }

    @Test
    void theGatewayEndsWhenTheDemoIsKilled() throws Exception {
        Process demo = start("--rate", "5");
        Await.until("the gateway's start", PATIENCE, () -> demo.descendants().count() > 0 && isUp());
        List<ProcessHandle> children = demo.descendants().toList();

        demo.destroyForcibly();

        Await.until("the gateway's end", PATIENCE, () -> children.stream().noneMatch(ProcessHandle::isAlive));
        assertEquals(List.of(), installation.processes());
    }

    @Test
    void theThreadOfTheCallsComesBeforeWhatNoCallWaitsFor() throws Exception {
        Process demo = start("--rate", "5");
        Await.until("the gateway's start", PATIENCE, () -> demo.descendants().count() > 0 && isUp());

        int calls = niceness(demo, "path-\\d+-\\d+");
        int counters = niceness(demo, "behaviour-keepe");

        assertTrue(calls < counters, "niceness of the calls' thread " + calls + ", of the counters' " + counters);
        demo.destroy();
        assertTrue(demo.waitFor(60, TimeUnit.SECONDS), "the demo does not end");
    }

    @Test
    void aDemoThatIsAskedToEndLeavesNothing() throws Exception {
        Process demo = start("--rate", "5");
        Await.until("the gateway's start", PATIENCE, () -> demo.descendants().count() > 0 && isUp());

        demo.destroy();

        assertTrue(demo.waitFor(60, TimeUnit.SECONDS), "the demo does not end");
        assertNothingIsLeft();
    }

    private Process start(String... arguments) throws Exception {
        List<String> all = new ArrayList<>(List.of("demo"));
        all.addAll(List.of(arguments));
        all.addAll(List.of("--sip-port", "" + ports.sip(), "--desk-port", "" + ports.desk()));
        all.addAll(List.of("--core-port", "" + ports.core(), "--carrier-port", "" + ports.carrier()));
        all.addAll(List.of("--http-port", "" + ports.http(), "--admin-port", "" + ports.admin()));
        return installation.start(out, err, all);
    }

    private void assertUnavailable(Process demo, String... words) throws Exception {
        assertTrue(demo.waitFor(60, TimeUnit.SECONDS), "the demo does not end");
        String said = Files.readString(err);
        assertEquals(2, demo.exitValue(), said);
        for (String word : words) {
            assertTrue(said.contains(word), said);
        }
        assertEquals(
                1, said.lines().filter(line -> line.startsWith("anticall: ")).count(), said);
        assertFalse(said.lines().anyMatch(line -> line.strip().startsWith("at ")), said);
        assertEquals("", Files.readString(out));
        assertNothingIsLeft();
    }

    private void assertNothingIsLeft() throws Exception {
        Await.until("the end of all processes", PATIENCE, () -> installation
                .processes()
                .isEmpty());
        try (Stream<Path> left = Files.list(installation.temporary())) {
            assertEquals(
                    List.of(),
                    left.filter(path -> path.getFileName().toString().startsWith("anticall"))
                            .toList());
        }
    }

    /** The traffic has begun: its first progress is told. */
    private boolean isUp() {
        try {
            return Files.readString(err).contains(" calls, ");
        } catch (IOException e) {
            return false;
        }
    }

    /** Of a thread so named (proc(5), the 19th field of stat): 19 comes last, -20 first. */
    private static int niceness(Process demo, String name) throws IOException {
        for (ProcessHandle child : demo.descendants().toList()) {
            try (Stream<Path> threads = Files.list(Path.of("/proc/" + child.pid() + "/task"))) {
                for (Path thread : threads.toList()) {
                    String stat = Files.readString(thread.resolve("stat"));
                    if (stat.substring(stat.indexOf('(') + 1, stat.lastIndexOf(')'))
                            .matches(name)) {
                        return Integer.parseInt(
                                stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1)[16]);
                    }
                }
            }
        }
        throw new AssertionError("no thread " + name);
    }

    /** Of the 200 calls of one deck. */
    private static int expected(Verdict.Kind verdict) {
        return Stream.of(Recipe.values())
                .filter(recipe -> recipe.expected() == verdict)
                .mapToInt(Recipe::share)
                .sum();
    }

    private static int count(JsonNode summary, String field) {
        return summary.get(field).asInt();
    }
}
