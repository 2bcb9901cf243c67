package org.anticall.gateway;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.anticall.gateway.trust.Enrolment;
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

    @Option(names = "--token-file", paramLabel = "FILE", description = "left out: standard input")
    private Path tokenFile = Path.of("/dev/stdin");

    @Override
    public Integer call() throws InterruptedException {
        try {
            if (!"https".equals(centre.getScheme()) || centre.getHost() == null) {
                throw new IOException("--centre: expected an address such as https://ops.example:8444");
            }
            new Enrolment(into).enrol(centre, node, Files.readString(tokenFile).strip());
        } catch (IOException failed) {
            System.err.println("enrol: " + failed.getMessage());
            return 1;
        }
        System.out.println("enrolled as " + node + "; key and certificate are in " + into);
        return 0;
    }
}
