package org.anticall.ops.simulate;

import java.io.File;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * The media relay of a demo to look at: rtpengine, where it is installed, in userspace on loopback. With it calls can be
 * answered in the browser.
 */
final class DemoRelay implements AutoCloseable {

    private static final int FIRST_PORT = 36_000;
    private static final int LAST_PORT = 36_199;
    private static final List<String> MORE_PLACES = List.of("/usr/bin", "/usr/sbin", "/usr/local/bin");

    /**
     * Standard input ends with the demo, however that ends, and the relay with it. rtpengine 10.5 faults at its own end when a
     * call is still recorded; no dump of its memory is to be left. It is waited for, because the demo removes the spool.
     */
    private static final String WITH_THE_DEMO =
            "ulimit -c 0; \"$@\" </dev/null & relay=$!; trap 'kill $relay; wait $relay; exit' TERM;"
                    + " read -r end; kill $relay; wait $relay";

    private final Process process;
    private final int port;

    private DemoRelay(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    /**
     * Starts it; empty where it is not installed or does not start.
     *
     * @param log takes what it says
     * @param spool takes what it captures; made if it is not there
     */
    static Optional<DemoRelay> start(Path log, Path spool) {
        Optional<Path> program = program();
        if (program.isEmpty()) {
            return Optional.empty();
        }
        try {
            int port = freePort();
            return Optional.of(new DemoRelay(process(program.get(), port, log, Files.createDirectories(spool)), port));
        } catch (IOException notStarted) {
            return Optional.empty();
        }
    }

    /** Where it takes questions, {@code 127.0.0.1:PORT}. */
    String address() {
        return DemoPorts.HOST + ":" + port;
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(3, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

    private static Process process(Path program, int port, Path log, Path spool) throws IOException {
        return new ProcessBuilder(
                        "/bin/sh",
                        "-c",
                        WITH_THE_DEMO,
                        "relay",
                        program.toString(),
                        "--config-file=none",
                        "--foreground",
                        "--log-stderr",
                        "--log-level=4",
                        "--table=-1",
                        "--interface=" + DemoPorts.HOST,
                        "--listen-ng=" + DemoPorts.HOST + ":" + port,
                        "--port-min=" + FIRST_PORT,
                        "--port-max=" + LAST_PORT,
                        "--recording-dir=" + spool.toAbsolutePath(),
                        "--recording-method=pcap",
                        "--recording-format=eth")
                .directory(spool.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
    }

    private static int freePort() throws IOException {
        try (DatagramSocket probe = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            return probe.getLocalPort();
        }
    }

    private static Optional<Path> program() {
        String path = System.getenv().getOrDefault("PATH", "");
        return Stream.concat(Stream.of(path.split(File.pathSeparator, -1)), MORE_PLACES.stream())
                .filter(each -> !each.isEmpty())
                .map(each -> Path.of(each, "rtpengine"))
                .filter(Files::isExecutable)
                .findFirst();
    }
}
