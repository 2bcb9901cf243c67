package org.anticall.ops.media;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.anticall.ops.acceptance.Fork;
import org.anticall.ops.acceptance.Needs;
import org.anticall.ops.acceptance.Ports;

/** A real rtpengine in userspace on loopback, with a range of ports of its own. */
public final class Rtpengine implements AutoCloseable {

    /** Of all daemons of tests that one virtual machine runs. */
    private static final int PORTS_OF_A_FORK = 3_000;

    private final InetSocketAddress address;
    private final int number;
    private Process process;

    /** @param number tells the daemons of one test apart */
    public Rtpengine(int number) throws IOException {
        Needs.program("rtpengine", "rtpengine-daemon");
        address = new InetSocketAddress(InetAddress.getLoopbackAddress(), Ports.free());
        this.number = number;
    }

    public InetSocketAddress address() {
        return address;
    }

    /** @param recordings where it keeps a folder of its own: two that make the same one at a time end each other */
    public Rtpengine start(Path recordings) throws IOException {
        return start(recordings, List.of());
    }

    /** @param more of its options */
    public Rtpengine start(Path recordings, List<String> more) throws IOException {
        int firstPort = 40_000 + PORTS_OF_A_FORK * Fork.index() + 200 * number;
        Path own = Files.createDirectories(recordings.resolve("relay-" + number));
        List<String> command = new ArrayList<>(List.of(
                Needs.program("rtpengine", "rtpengine-daemon").toString(),
                "--config-file=none",
                "--foreground",
                "--log-stderr",
                "--log-level=4",
                "--table=-1",
                "--interface=127.0.0.1",
                "--listen-ng=127.0.0.1:" + address.getPort(),
                "--port-min=" + firstPort,
                "--port-max=" + (firstPort + 199),
                "--recording-dir=" + own,
                "--recording-method=pcap",
                "--recording-format=eth"));
        command.addAll(more);
        process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        return this;
    }

    /** Ends it as a power cut would. */
    public void kill() throws InterruptedException {
        process.destroyForcibly();
        process.waitFor(10, TimeUnit.SECONDS);
    }

    @Override
    public void close() throws InterruptedException {
        if (process != null) {
            kill();
        }
    }
}
