package org.anticall.gateway.path;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.anticall.gateway.Gateway;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A gateway in a process of its own that is killed under load and started again. */
@Timeout(120)
class RestartIT {

    private static final long T1_MILLIS = 50;
    private static final int CALLS = 300;

    @TempDir
    Path directory;

    @Test
    @SuppressWarnings("FutureReturnValueIgnored") // the load ends with its executor
    void aKilledGatewayLosesOnlySetUpsInFlight() throws Exception {
        int port;
        try (DatagramSocket socket = new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))) {
            port = socket.getLocalPort();
        }
        InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
        try (Callee callee = new Callee("callee", T1_MILLIS, null);
                Caller caller = new Caller(address, T1_MILLIS)) {
            Path config = config(port, callee.peer.port());
            Process first = start(config);
            for (int i = 0; i < 20; i++) {
                caller.call("before-" + i);
            }
            until(() -> callee.acknowledged.size() == 20);

            Set<String> placed = ConcurrentHashMap.newKeySet();
            AtomicInteger next = new AtomicInteger();
            ScheduledExecutorService load = Executors.newSingleThreadScheduledExecutor();
            load.scheduleAtFixedRate(
                    () -> {
                        if (next.get() < CALLS) {
                            String callId = "during-" + next.getAndIncrement();
                            placed.add(callId);
                            caller.call(callId);
                        }
                    },
                    0,
                    10,
                    TimeUnit.MILLISECONDS);
            until(() -> next.get() > CALLS / 3);
            first.destroyForcibly().waitFor();
            Set<String> beforeTheKill = new HashSet<>(placed);
            Process second = start(config);
            try {
                until(() -> next.get() == CALLS);
                load.shutdown();
                Set<String> lost = new HashSet<>();
                until(() -> {
                    lost.clear();
                    lost.addAll(placed);
                    lost.removeAll(caller.answered.keySet());
                    return beforeTheKill.containsAll(lost) && caller.progressing.containsAll(lost);
                });
                assertTrue(lost.size() < 20, () -> "set-ups in flight that were lost: " + lost);
                assertTrue(caller.failed.isEmpty(), () -> "refused: " + caller.failed);

                Set<String> talking = new HashSet<>(caller.answered.keySet());
                talking.forEach(caller::end);
                until(() -> caller.ended.containsAll(talking));
                assertTrue(callee.ended.containsAll(talking), "calls from before the kill end well, too");
                assertTrue(talking.size() > CALLS, talking.size() + " calls");
            } finally {
                load.shutdownNow();
                second.destroy();
                assertEquals(0, second.waitFor());
            }
        }
    }

    private Path config(int port, int corePort) throws IOException {
        return Files.writeString(
                directory.resolve("gateway.yaml"),
                """
                node: gw-1
                home: KZ
                listen: ["sip:127.0.0.1:%d"]
                admin: 127.0.0.1:0
                trunks:
                  - {name: transit-a, class: international, peers: [127.0.0.0/8], route: core}
                hops: {core: ["sip:127.0.0.1:%d"], desk: ["sip:127.0.0.1:9"]}
                rules: reference
                state: state
                journal: {segment: 64KiB, keep-free: 0KiB}
                """
                        .formatted(port, corePort));
    }

    private static Process start(Path config) throws IOException {
        Process gateway = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Gateway.class.getName(),
                        "gateway",
                        "--config",
                        config.toString())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        String ready = gateway.inputReader(StandardCharsets.UTF_8).readLine();
        assertTrue(ready != null && ready.startsWith("gw-1 listens on"), ready);
        return gateway;
    }

    private static void until(BooleanSupplier condition) throws InterruptedException {
        long deadline = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        while (!condition.getAsBoolean()) {
            assertTrue(System.nanoTime() < deadline, "not within thirty seconds");
            Thread.onSpinWait();
        }
    }
}
