package org.anticall.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.epoll.EpollDomainDatagramChannel;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.unix.DomainDatagramPacket;
import io.netty.channel.unix.DomainSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a service manager with a real datagram socket is told. */
@Timeout(90)
class ServiceNotifierTest {

    @TempDir
    Path directory;

    private final MultiThreadIoEventLoopGroup loop = new MultiThreadIoEventLoopGroup(1, EpollIoHandler.newFactory());
    private final LinkedBlockingQueue<String> told = new LinkedBlockingQueue<>();
    private Path socket;
    private Channel manager;

    @BeforeEach
    void listen() {
        socket = directory.resolve("notify");
        manager = bind(socket.toString());
    }

    private Channel bind(String name) {
        return new Bootstrap()
                .group(loop)
                .channel(EpollDomainDatagramChannel.class)
                .handler(new SimpleChannelInboundHandler<DomainDatagramPacket>() {
                    @Override
                    protected void channelRead0(ChannelHandlerContext context, DomainDatagramPacket packet) {
                        told.add(packet.content().toString(StandardCharsets.UTF_8));
                    }
                })
                .bind(new DomainSocketAddress(name))
                .syncUninterruptibly()
                .channel();
    }

    @AfterEach
    void end() {
        manager.close().syncUninterruptibly();
        loop.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
    }

    @Test
    void everyStateIsToldInTheManagersWords() throws Exception {
        try (ServiceNotifier notifier = ServiceNotifier.of(Map.of("NOTIFY_SOCKET", socket.toString()))) {
            notifier.ready("gw-1 listens");
            assertEquals("READY=1\nSTATUS=gw-1 listens", next());
            notifier.reloading();
            assertTrue(next().matches("RELOADING=1\nMONOTONIC_USEC=[0-9]+"));
            notifier.stopping(Duration.ofSeconds(30));
            assertEquals("STOPPING=1\nSTATUS=new calls are refused\nEXTEND_TIMEOUT_USEC=45000000", next());
        }
    }

    @Test
    void aSocketInTheAbstractNamespaceIsFound() throws Exception {
        String name = "anticall-test-" + ProcessHandle.current().pid();
        Channel hidden = bind("\0" + name);
        try (ServiceNotifier notifier = ServiceNotifier.of(Map.of("NOTIFY_SOCKET", "@" + name))) {
            notifier.ready("here");
            assertEquals("READY=1\nSTATUS=here", next());
        } finally {
            hidden.close().syncUninterruptibly();
        }
    }

    @Test
    void theWatchdogHearsNothingFromAGatewayThatHangs() throws Exception {
        AtomicBoolean alive = new AtomicBoolean(true);
        AtomicBoolean askedAfter = new AtomicBoolean();
        Map<String, String> environment = Map.of(
                "NOTIFY_SOCKET", socket.toString(),
                "WATCHDOG_USEC", "20000",
                "WATCHDOG_PID", Long.toString(ProcessHandle.current().pid()));
        try (ServiceNotifier notifier = ServiceNotifier.of(environment)) {
            LinkedBlockingQueue<Boolean> asked = new LinkedBlockingQueue<>();
            notifier.watch(() -> {
                asked.add(true);
                askedAfter.compareAndSet(false, !alive.get());
                return alive.get();
            });
            assertEquals("WATCHDOG=1", next());
            assertEquals("WATCHDOG=1", next());
            alive.set(false);
            while (!askedAfter.get()) {
                assertTrue(asked.poll(20, TimeUnit.SECONDS));
            }
            notifier.ready("behind what was on its way");
            while (!next().endsWith("behind what was on its way")) {
                // Said while it was alive.
            }
            asked.clear();
            assertTrue(asked.poll(20, TimeUnit.SECONDS));
            assertTrue(asked.poll(20, TimeUnit.SECONDS));
            notifier.ready("nothing before this");
            assertEquals("READY=1\nSTATUS=nothing before this", next());
        }
    }

    @Test
    void aGatewayTellsWhenItIsReadyReloadsAndStops() throws Exception {
        Path file = TrialConfig.write(directory);
        ProcessBuilder builder = new ProcessBuilder(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Gateway.class.getName(),
                "gateway",
                "--config",
                file.toString()));
        builder.environment().put("NOTIFY_SOCKET", socket.toString());
        builder.environment().put("WATCHDOG_USEC", "200000");
        builder.redirectErrorStream(true)
                .redirectOutput(directory.resolve("log").toFile());
        Process gateway = builder.start();
        try {
            awaitTold("READY=1\nSTATUS=gw-1 listens on");
            awaitTold("WATCHDOG=1");
            kill(gateway, "HUP");
            awaitTold("RELOADING=1\nMONOTONIC_USEC=");
            awaitTold("READY=1\nSTATUS=gw-1 listens on");
            kill(gateway, "TERM");
            awaitTold("STOPPING=1");
            assertEquals(0, gateway.waitFor());
        } finally {
            gateway.destroyForcibly().waitFor();
        }
    }

    @Test
    void withoutAManagerNothingIsSaid() {
        try (ServiceNotifier notifier = ServiceNotifier.of(Map.of())) {
            notifier.ready("nobody hears this");
            assertNull(told.poll());
        }
    }

    @Test
    void theUnitFileIsOneThatSystemdTakes() throws Exception {
        Path unit = Path.of("src/main/systemd/anticall-gateway.service");
        List<String> lines = Files.readAllLines(unit);
        assertTrue(lines.contains("Type=notify") && lines.contains("ExecReload=/bin/kill -HUP $MAINPID"));
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/systemd-analyze")), "systemd-analyze is not installed");
        Path copy = directory.resolve("anticall-gateway.service");
        Files.writeString(copy, Files.readString(unit).replace("/opt/anticall/anticall", "/bin/true"));
        Process verify = new ProcessBuilder("systemd-analyze", "verify", copy.toString())
                .redirectErrorStream(true)
                .start();
        assertEquals("", new String(verify.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
        assertEquals(0, verify.waitFor());
    }

    private static void kill(Process process, String signal) throws Exception {
        new ProcessBuilder("kill", "-" + signal, Long.toString(process.pid()))
                .start()
                .waitFor();
    }

    private String next() throws InterruptedException {
        String message = told.poll(20, TimeUnit.SECONDS);
        assertTrue(message != null, "nothing was told");
        return message;
    }

    private void awaitTold(String start) throws InterruptedException {
        String message = next();
        while (!message.startsWith(start)) {
            message = next();
        }
    }
}
