package org.anticall.ops.containers;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** SIPp in containers: the carrier that calls, the citizen who is called, the operator's phone. */
final class SippParts {

    private static final String SIP_PORT = "5080";

    private final String image;
    private final Path work;
    private final Subnet network;

    SippParts(String image, Path work, Subnet network) {
        this.image = image;
        this.work = work;
        this.network = network;
    }

    /** Answers every call, as often as it comes, at {@code address}, port 5080. */
    Part callee(String address) throws IOException {
        Part part = part("callee", address, Map.of("callee.xml", Map.of("from", ".", "identity", ".")));
        part.withCommand(
                "-sf",
                "/scenarios/callee.xml",
                "-i",
                address,
                "-p",
                SIP_PORT,
                "-nostdin",
                "-trace_err",
                "-error_file",
                "/dev/stderr");
        part.start();
        return part;
    }

    /**
     * Places one call per line ({@code caller;callee}), once it is started.
     *
     * @param answer regular expression of what the 200 must hold after {@code Record-Route:}
     */
    Part carrier(String scenario, String gateway, String answer, int ratePerSecond, List<String> calls)
            throws IOException {
        String address = network.address();
        Part part = part("carrier", address, Map.of(scenario, Map.of("gateway", answer)));
        Files.writeString(work.resolve(address).resolve("calls.csv"), "SEQUENTIAL\n" + String.join("\n", calls) + "\n");
        part.withCommand(Stream.of(
                        List.of(gateway + ":5060", "-sf", "/scenarios/" + scenario, "-inf", "/scenarios/calls.csv"),
                        List.of("-i", address, "-p", SIP_PORT, "-m", "" + calls.size(), "-r", "" + ratePerSecond),
                        List.of("-l", "1000", "-recv_timeout", "30000", "-nostdin"),
                        List.of("-trace_err", "-error_file", "/dev/stderr", "-trace_logs", "-log_file", "/dev/stderr"))
                .flatMap(List::stream)
                .toArray(String[]::new));
        return part;
    }

    /** Signs in at the desk as {@code user} and answers whatever rings. */
    Part phone(String desk, String user, String password) throws IOException {
        String address = network.address();
        Map<String, String> account = Map.of("user", user, "password", password);
        Part part = part("phone", address, Map.of("phone-registers.xml", account, "phone.xml", Map.of()));
        String sipp = "sipp -i " + address + " -p " + SIP_PORT + " -nostdin -sf /scenarios/";
        part.withCreateContainerCmdModifier(command -> command.withEntrypoint("sh", "-c")
                .withCmd(sipp + "phone-registers.xml " + desk
                        + ":5090 -m 1 -recv_timeout 20000 && echo REGISTERED && exec " + sipp + "phone.xml"));
        part.start();
        return part;
    }

    private Part part(String name, String address, Map<String, Map<String, String>> scenarios) throws IOException {
        Path directory = Files.createDirectory(work.resolve(address));
        for (Map.Entry<String, Map<String, String>> each : scenarios.entrySet()) {
            Files.writeString(directory.resolve(each.getKey()), filled(each.getKey(), each.getValue()));
        }
        return new Part(name, image, network, address).reading(directory, "/scenarios");
    }

    private static String filled(String scenario, Map<String, String> values) throws IOException {
        try (InputStream in = SippParts.class.getResourceAsStream("/sipp/" + scenario)) {
            String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            // A machine that stalls may lose an ACK, and BYE comes first then (RFC 3261 section 15).
            text = text.replace("<recv request=\"ACK\"/>", "<recv request=\"ACK\" optional=\"true\"/>");
            for (Map.Entry<String, String> value : values.entrySet()) {
                text = text.replace("@" + value.getKey() + "@", value.getValue());
            }
            return text;
        }
    }
}
