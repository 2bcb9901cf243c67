package org.anticall.ops.cli;

import java.io.IOException;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.time.Duration;
import org.anticall.ops.trust.Believed;
import picocli.CommandLine.Option;

/** Whom a command believes that it talks to the centre: the machine's authorities, or those of a file. */
final class TrustOption {

    @Option(
            names = "--trust",
            paramLabel = "FILE",
            defaultValue = "${ANTICALL_CENTRE_TRUST:-}",
            description = "Certificates (PEM) of whoever signs the centre's, such as keys/transport-ca.pem of its state"
                    + " directory (default: the variable ANTICALL_CENTRE_TRUST, else the machine's authorities).")
    private String file = "";

    /** A client that gives up connecting after this time. */
    HttpClient client(Duration within) {
        HttpClient.Builder client = HttpClient.newBuilder().connectTimeout(within);
        if (!file.isEmpty()) {
            try {
                client.sslContext(Believed.only(Path.of(file)));
            } catch (IOException unfit) {
                throw CommandFailure.usage("--trust: " + unfit.getMessage());
            }
        }
        return client.build();
    }
}
