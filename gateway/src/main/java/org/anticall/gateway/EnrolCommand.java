package org.anticall.gateway;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.anticall.gateway.trust.Enrolment;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code gateway enrol}: makes this gateway known to a centre, once. */
@Command(
        name = "enrol",
        description = "Makes a key for this gateway and has the centre sign for it. The token comes from"
                + " 'anticall gateways invite NODE' on the centre's machine; it is read from a file or standard input,"
                + " so that no list of processes shows it.",
        mixinStandardHelpOptions = true)
final class EnrolCommand implements Callable<Integer> {

    @Option(
            names = "--centre",
            required = true,
            paramLabel = "URL",
            description = "https address of the gateways' door")
    private URI centre = URI.create("");

    @Option(names = "--node", required = true, paramLabel = "NAME", description = "what this gateway is called")
    private String node = "";

    @Option(names = "--into", required = true, paramLabel = "DIR", description = "trust directory of the configuration")
    private Path into = Path.of("");

    @Option(names = "--token-file", paramLabel = "FILE", description = "left out: a line of standard input")
    private @Nullable Path tokenFile;

    @Override
    public Integer call() throws InterruptedException {
        try {
            if (!"https".equals(centre.getScheme()) || centre.getHost() == null) {
                throw new IOException("--centre: expected an address such as https://ops.example:8444");
            }
            new Enrolment(into).enrol(centre, node, token());
        } catch (IOException failed) {
            System.err.println("enrol: " + failed.getMessage());
            return 1;
        }
        System.out.println("enrolled as " + node + "; key and certificate are in " + into);
        return 0;
    }

    /** Standard input is read as it is, not by its name: under sudo it belongs to another user, who alone may open it. */
    private String token() throws IOException {
        if (tokenFile != null) {
            return Files.readString(tokenFile).strip();
        }
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.US_ASCII));
        String line = in.readLine();
        if (line == null) {
            throw new IOException("expected the token on standard input, found nothing");
        }
        return line.strip();
    }
}
