package org.anticall.ops;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.anticall.ops.config.OpsConfig;
import org.anticall.ops.config.Secret;
import org.anticall.ops.http.FirstAccounts.NewAccount;
import org.anticall.rules.record.DecisionRecord;

/** A centre without a desk on a free port, with what a test needs to talk to it. */
public final class RunningCentre implements AutoCloseable {

    public static final String TOKEN = "token-of-the-gateways";

    private final OpsServer server;
    private final HttpClient client = HttpClient.newHttpClient();

    public RunningCentre(Path state) throws StartFailure {
        server = OpsServer.start(config(state, 0));
    }

    public static OpsConfig config(Path state, int port) {
        InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
        return new OpsConfig(address, state, null, new Secret(TOKEN), null);
    }

    public OpsServer server() {
        return server;
    }

    public URI uri(String path) {
        return URI.create("http://127.0.0.1:" + server.httpAddress().getPort() + path);
    }

    public String passwordOf(String account) {
        return server.newAccounts().stream()
                .filter(each -> each.name().equals(account))
                .map(NewAccount::password)
                .findFirst()
                .orElseThrow();
    }

    /** Delivers records as a gateway does. */
    public HttpResponse<String> deliver(DecisionRecord... records) throws IOException, InterruptedException {
        return deliver(Arrays.stream(records).map(TestRecords::line).collect(Collectors.joining("\n")), TOKEN);
    }

    public HttpResponse<String> deliver(String batch, String token) throws IOException, InterruptedException {
        return send(HttpRequest.newBuilder(uri("/records"))
                .header("Content-Type", "application/x-ndjson")
                .header("Authorization", "Bearer " + token)
                .POST(HttpRequest.BodyPublishers.ofString(batch)));
    }

    public HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    @Override
    public void close() {
        server.close();
    }
}
