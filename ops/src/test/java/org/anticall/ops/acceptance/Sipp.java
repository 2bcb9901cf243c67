package org.anticall.ops.acceptance;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** One run of SIPp with a scenario of this product's test resources. */
final class Sipp implements AutoCloseable {

    private static final Path PROGRAM = Needs.program("sipp", "sip-tester");

    private final Process process;
    private final Path log;
    private final Path errors;

    private Sipp(Process process, Path log, Path errors) {
        this.process = process;
        this.log = log;
        this.errors = errors;
    }

    /**
     * A carrier that places one call per line ({@code caller;callee}).
     *
     * @param gateway address and port the calls go to
     */
    static Sipp carrier(Path work, String scenario, int port, String gateway, int ratePerSecond, List<String> calls)
            throws IOException {
        Path file = Files.createTempFile(work, "calls", ".csv");
        Files.writeString(file, "SEQUENTIAL\n" + String.join("\n", calls) + "\n");
        return start(
                work,
                scenario,
                port,
                Map.of("gateway", gateway),
                List.of(
                        gateway,
                        "-inf",
                        file.toString(),
                        "-m",
                        "" + calls.size(),
                        "-r",
                        "" + ratePerSecond,
                        "-l",
                        "1000",
                        "-recv_timeout",
                        "20000"));
    }

    /** A callee that takes {@code calls} calls and checks each of them against {@code expected}. */
    static Sipp callee(Path work, int port, int calls, Map<String, String> expected) throws IOException {
        return start(
                work, "callee.xml", port, expected, List.of("127.0.0.1", "-m", "" + calls, "-recv_timeout", "60000"));
    }

    private static Sipp start(Path work, String scenario, int port, Map<String, String> values, List<String> arguments)
            throws IOException {
        Path file = Files.createTempFile(work, "scenario", ".xml");
        Files.writeString(file, filled(scenario, values));
        Path errors = Files.createTempFile(work, "sipp", ".errors");
        Path log = Files.createTempFile(work, "sipp", ".log");
        List<String> command = new ArrayList<>(List.of(
                PROGRAM.toString(),
                "-sf",
                file.toString(),
                "-i",
                "127.0.0.1",
                "-p",
                "" + port,
                "-nostdin",
                "-trace_err",
                "-error_file",
                errors.toString(),
                "-cp",
                "" + Ports.free()));
        command.addAll(arguments);
        Process process = new ProcessBuilder(command)
                .directory(work.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        return new Sipp(process, log, errors);
    }

    private static String filled(String scenario, Map<String, String> values) throws IOException {
        try (InputStream in = Sipp.class.getResourceAsStream("/sipp/" + scenario)) {
            String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            for (Map.Entry<String, String> value : values.entrySet()) {
                text = text.replace("@" + value.getKey() + "@", value.getValue());
            }
            return text;
        }
    }

    /** Waits for the end of the run; every call must have gone as the scenario says. */
    void mustSucceed() throws Exception {
        if (!process.waitFor(90, TimeUnit.SECONDS)) {
            close();
            throw new AssertionError("SIPp did not end within 90 s\n" + report());
        }
        assertEquals(0, process.exitValue(), this::report);
    }

    /** For the report of another run that failed because of this one. */
    String report() {
        try {
            return Files.readString(errors) + "\n" + Files.readString(log);
        } catch (IOException unreadable) {
            return "no report: " + unreadable;
        }
    }

    @Override
    public void close() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }
}
