package org.anticall.ops;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.anticall.ops.acceptance.Ports;
import org.anticall.ops.config.AddressBlock;
import org.anticall.ops.config.OpsConfig;
import org.anticall.ops.config.Secret;
import org.anticall.ops.desk.DeskCall;
import org.anticall.ops.http.FirstAccounts.NewAccount;
import org.anticall.ops.oidc.OidcSettings;
import org.anticall.ops.people.Role;
import org.anticall.rules.record.DecisionRecord;
import org.jspecify.annotations.Nullable;

/** A centre on free ports, with what a test needs to talk to it. */
public final class RunningCentre implements AutoCloseable {

    public static final String TOKEN = "token-of-the-gateways";

    private static final OpsConfig.Authority KZ =
            new OpsConfig.Authority("KZ", null, Set.of(), OpsConfig.Keeping.USUAL);

    private final OpsServer server;
    private final HttpClient client = HttpClient.newHttpClient();

    /** Without a desk. */
    public RunningCentre(Path state) throws StartFailure {
        this(config(state, 0));
    }

    private RunningCentre(OpsConfig config) throws StartFailure {
        server = OpsServer.start(config);
    }

    /** With a desk whose sound these relays carry; {@code bypassKey} may be null. */
    public static RunningCentre withRelays(Path state, List<InetSocketAddress> relays, @Nullable Path bypassKey)
            throws StartFailure, UnknownHostException {
        return new RunningCentre(desk(state, new OpsConfig.Media(relays, false), bypassKey));
    }

    /**
     * With a desk of two seats, 101 and 102, whose passwords are {@code secret-101} and {@code secret-102}; the account
     * {@code operator} sits at 102.
     */
    public static RunningCentre withDesk(Path state) throws StartFailure, UnknownHostException {
        return new RunningCentre(desk(state, null, null));
    }

    /** With a desk of two seats as {@link #withDesk}, and a database of its own. */
    public static RunningCentre withDatabase(Path state, String url) throws StartFailure, UnknownHostException {
        OpsConfig plain = desk(state, null, null);
        return new RunningCentre(new OpsConfig(
                plain.http(),
                state,
                new OpsConfig.DatabaseAddress(url, null, null),
                plain.recordsToken(),
                plain.people(),
                plain.authority(),
                plain.desk()));
    }

    /** With a desk that records, sealed with that key; {@code media} may name relays that are not there. */
    public static RunningCentre recording(Path state, OpsConfig.Media media) throws StartFailure, UnknownHostException {
        return new RunningCentre(desk(state, media, null));
    }

    private static OpsConfig desk(Path state, OpsConfig.@Nullable Media media, @Nullable Path bypassKey)
            throws UnknownHostException {
        InetSocketAddress anyPort = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        List<AddressBlock> local = List.of(new AddressBlock(InetAddress.getByName("127.0.0.0"), 8));
        OpsConfig.Desk desk = new OpsConfig.Desk(
                anyPort,
                local,
                local,
                "anticall",
                Duration.ofSeconds(15),
                Duration.ofSeconds(1),
                true,
                media,
                bypassKey,
                List.of(
                        new OpsConfig.Phone("101", new Secret("secret-101")),
                        new OpsConfig.Phone("102", new Secret("secret-102"), "operator")));
        return new OpsConfig(anyPort, state, null, new Secret(TOKEN), new OpsConfig.People(Set.of(), null), KZ, desk);
    }

    /** Whose people in {@code roles} have to set up a second factor first. */
    public static RunningCentre withSecondFactorFor(Path state, Set<Role> roles) throws StartFailure {
        OpsConfig plain = config(state, 0);
        return new RunningCentre(new OpsConfig(
                plain.http(), state, null, plain.recordsToken(), new OpsConfig.People(roles, null), KZ, null));
    }

    /** Whose people may sign in at a provider. */
    public static RunningCentre withProvider(Path state, Function<URI, OidcSettings> settings)
            throws StartFailure, IOException {
        int port = Ports.free();
        OpsConfig plain = config(state, port);
        OidcSettings oidc = settings.apply(URI.create("http://127.0.0.1:" + port + "/api/oidc/callback"));
        return new RunningCentre(new OpsConfig(
                plain.http(), state, null, plain.recordsToken(), new OpsConfig.People(Set.of(), oidc), KZ, null));
    }

    public static OpsConfig config(Path state, int port) {
        InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
        return new OpsConfig(address, state, null, new Secret(TOKEN), new OpsConfig.People(Set.of(), null), KZ, null);
    }

    /** The same with HTTPS. */
    public static OpsConfig config(Path state, OpsConfig.ConsoleTls tls) {
        OpsConfig plain = config(state, 0);
        return new OpsConfig(
                plain.http(),
                plain.state(),
                null,
                plain.recordsToken(),
                plain.people(),
                plain.authority(),
                null,
                new OpsConfig.Exposure(null, tls, null));
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

    /** Tells everybody who listens what the desk would tell of a call. */
    public void desk(DeskCall call) {
        server.deskListener().changed(call);
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
