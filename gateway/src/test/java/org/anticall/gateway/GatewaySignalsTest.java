package org.anticall.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A gateway in a process of its own, calls through it, and the signals people send it. */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class GatewaySignalsTest {

    private static final Pattern SIP = Pattern.compile("127\\.0\\.0\\.1:(\\d+)/udp");

    @TempDir
    Path directory;

    private final CallLoad calls = new CallLoad();
    private final LinkedBlockingQueue<String> log = new LinkedBlockingQueue<>();
    private Path file;
    private Process gateway;

    @BeforeEach
    void writeConfig() throws IOException {
        file = TrialConfig.write(directory);
        Files.writeString(file, Files.readString(file).replace("core: [\"sip:127.0.0.1:9\"]", hops()));
        Files.writeString(
                directory.resolve("rules.yaml"),
                TrialConfig.rules(3).replace("caller: {kind: e164}", "caller: {number: [\"+7*\"]}"));
    }

    private String hops(String... more) {
        List<String> all = new ArrayList<>(List.of(calls.coreUri()));
        all.addAll(List.of(more));
        return "core: [\"" + String.join("\", \"", all) + "\"]";
    }

    @AfterEach
    void end() throws InterruptedException {
        calls.close();
        gateway.destroyForcibly().waitFor();
    }

    @Test
    void terminationEndsAnIdleGatewayWell() throws Exception {
        startAndAwaitReady();
        signal("TERM");
        assertEquals(0, gateway.waitFor());
    }

    @Test
    void itEndsWellWithItsParent() throws Exception {
        startAndAwaitReady("--exit-with-parent");
        gateway.getOutputStream().close();
        assertEquals(0, gateway.waitFor());
    }

    @Test
    void terminationRefusesNewCallsAndLetsThoseThereLiveOn() throws Exception {
        startAndAwaitReady();
        calls.hangsUp(false);
        calls.ask("before");
        calls.call("talks");
        CallLoad.until("the call is answered", () -> "200 OK".equals(calls.latest("talks", "1 INVITE")));
        assertEquals("200 OK", calls.latest("before", "1 OPTIONS"));

        signal("TERM");
        CallLoad.until("the gateway says that it drains", () -> {
            calls.ask("after");
            return "503 Service Unavailable".equals(calls.latest("after", "1 OPTIONS"));
        });
        calls.call("late");
        CallLoad.until(
                "a new call is refused", () -> "503 Service Unavailable".equals(calls.latest("late", "1 INVITE")));
        assertTrue(gateway.isAlive());
        calls.hangUp("talks");
        CallLoad.until("the call there was ends well", () -> "200 OK".equals(calls.latest("talks", "2 BYE")));
        assertEquals(0, gateway.waitFor());
    }

    @Test
    void drainingHasItsLimit() throws Exception {
        Files.writeString(file, Files.readString(file) + "drain-for: 300ms\n");
        startAndAwaitReady();
        calls.hangsUp(false);
        calls.call("talks");
        CallLoad.until("the call is answered", () -> "200 OK".equals(calls.latest("talks", "1 INVITE")));
        signal("TERM");
        assertEquals(0, gateway.waitFor());
    }

    @Test
    void aSecondTerminationEndsItAtOnce() throws Exception {
        startAndAwaitReady();
        calls.hangsUp(false);
        calls.call("talks");
        CallLoad.until("the call is answered", () -> "200 OK".equals(calls.latest("talks", "1 INVITE")));
        signal("TERM");
        CallLoad.until("the gateway says that it drains", () -> {
            calls.ask("after");
            return "503 Service Unavailable".equals(calls.latest("after", "1 OPTIONS"));
        });
        signal("TERM");
        assertTrue(gateway.waitFor(20, TimeUnit.SECONDS), "the first alone would take 30 s");
        assertEquals(0, gateway.exitValue());
    }

    @Test
    void hangupReloadsTheRules() throws Exception {
        startAndAwaitReady();
        Files.writeString(directory.resolve("rules.yaml"), TrialConfig.rules(4));
        signal("HUP");
        String line = awaitLog("rule set is live");
        assertTrue(line.contains("revision=\"4\""), line);
        assertTrue(gateway.isAlive());
    }

    @Test
    void twentyReloadsUnderCallsLoseNone() throws Exception {
        startAndAwaitReady();
        String one = Files.readString(file);
        String two = one.replace(hops(), hops("sip:127.0.0.1:9"))
                .replace("hops:", "  - {name: transit-b, class: national, peers: [\"127.0.0.9\"], route: core}\nhops:");
        int started = 0;
        for (int reload = 0; reload < 20; reload++) {
            Files.writeString(file, reload % 2 == 0 ? two : one);
            signal("HUP");
            for (int i = 0; i < 40; i++) {
                calls.call("c" + started++);
                LockSupport.parkNanos(500_000);
            }
            String line = awaitLog("configuration reloaded");
            assertTrue(line.contains("trunks, hops"), line);
        }
        int all = started;
        CallLoad.until(all + " calls ended well", () -> calls.completed() == all);
        assertEquals(800, all);
    }

    @Test
    void aBrokenFileChangesNothingAndIsSaid() throws Exception {
        startAndAwaitReady();
        Files.writeString(file, Files.readString(file).replace("route: core", "route: kernel"));
        signal("HUP");
        String line = awaitLog("configuration is not usable");
        assertTrue(line.contains("trunks[0].route: 'kernel': expected one of the groups"), line);
        calls.call("c1");
        CallLoad.until("calls go on", () -> calls.completed() == 1);
    }

    private void startAndAwaitReady(String... options) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Gateway.class.getName(),
                "gateway",
                "--config",
                file.toString()));
        command.addAll(List.of(options));
        gateway = new ProcessBuilder(command).start();
        Thread reader = new Thread(this::readLog);
        reader.setDaemon(true);
        reader.start();
        String ready = gateway.inputReader(StandardCharsets.UTF_8).readLine();
        assertTrue(ready != null && ready.startsWith("gw-1 listens on"), ready);
        Matcher sip = SIP.matcher(ready);
        assertTrue(sip.find(), ready);
        calls.through(new InetSocketAddress(InetAddress.getLoopbackAddress(), Integer.parseInt(sip.group(1))));
    }

    private void readLog() {
        try (BufferedReader lines = gateway.errorReader(StandardCharsets.UTF_8)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                log.add(line);
            }
        } catch (IOException ended) {
            log.add(ended.toString());
        }
    }

    private String awaitLog(String part) throws InterruptedException {
        while (true) {
            String line = log.poll(20, TimeUnit.SECONDS);
            assertTrue(line != null, "no line with " + part);
            if (line.contains(part)) {
                return line;
            }
        }
    }

    private void signal(String name) throws Exception {
        new ProcessBuilder("kill", "-" + name, Long.toString(gateway.pid()))
                .start()
                .waitFor();
    }
}
