package org.anticall.ops.http;

import io.javalin.Javalin;
import io.javalin.http.Context;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.security.cert.X509Certificate;
import java.util.List;
import org.anticall.ops.trust.EnrolmentTokens;
import org.anticall.ops.trust.ServerKeys;
import org.anticall.ops.trust.TransportAuthority;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.jspecify.annotations.Nullable;

/**
 * Where gateways come: {@code /records}, {@code /bundles} and {@code /enrol}, over mutual TLS. Whoever shows no certificate
 * of the centre's own authority gets no further than {@code /enrol}. Nothing else is served here, and where this door is
 * open the console's address serves none of these.
 */
public final class GatewayDoor implements AutoCloseable {

    private static final int MOST_THREADS = BundlesApi.MOST_WAITING + 16;
    private static final String CERTIFICATES = "jakarta.servlet.request.X509Certificate";

    private final InetSocketAddress address;
    private final Javalin server;
    private final HttpsConnector connector;
    private final TransportAuthority authority;
    private final List<String> names;

    /**
     * @param address where to listen, port 0 for any free one
     * @param names what gateways know it by
     * @throws IOException if no certificate can be made
     */
    public GatewayDoor(
            InetSocketAddress address,
            List<String> names,
            TransportAuthority authority,
            EnrolmentTokens tokens,
            CentreParts parts,
            String bundleKey)
            throws IOException {
        this.address = address;
        this.names = List.copyOf(names);
        this.authority = authority;
        this.connector = new HttpsConnector(ServerKeys.generated(authority, names), true);
        this.server = Javalin.create(config -> {
            CentreHttp.settings(config, new QueuedThreadPool(MOST_THREADS, 4));
            config.jetty.addConnector((jetty, http) -> connector.on(jetty, http, address));
            config.routes.before("/records", GatewayDoor::mustBeKnown);
            config.routes.before("/bundles", GatewayDoor::mustBeKnown);
            config.routes.before("/bundles/*", GatewayDoor::mustBeKnown);
            config.routes.before("/enrol/renewal", GatewayDoor::mustBeKnown);
            new IntakeApi(parts.intake(), parts.recordsToken()).addTo(config.routes);
            CentreParts.Publishing made = parts.publishing();
            new BundlesApi(made.shelf(), made.roster(), parts.recordsToken(), parts.clock()).addTo(config.routes);
            new EnrolApi(authority, tokens, parts, bundleKey).addTo(config.routes);
        });
    }

    private static void mustBeKnown(Context context) {
        if (node(context) == null) {
            throw new Refused(403, "certificate", "A certificate of this centre is needed; enrol first.");
        }
    }

    /** The gateway a request comes from, by its certificate; null if it shows none. */
    static @Nullable String node(Context context) {
        Object shown = context.req().getAttribute(CERTIFICATES);
        if (!(shown instanceof X509Certificate[] chain) || chain.length == 0) {
            return null;
        }
        String name = chain[0].getSubjectX500Principal().getName();
        return name.startsWith("CN=") ? name.substring(3) : null;
    }

    /**
     * Begins to listen.
     *
     * @throws IOException if the address is taken or is not this machine's
     */
    public void start() throws IOException {
        try {
            server.start();
        } catch (RuntimeException failed) {
            throw new IOException("Cannot listen for gateways on " + address + ": " + failed.getMessage(), failed);
        }
    }

    /** Shows a new certificate from now on. */
    public void renew() throws IOException {
        connector.exchange(ServerKeys.generated(authority, names));
    }

    /** The port it listens on. */
    public int port() {
        return server.port();
    }

    @Override
    public void close() {
        server.stop();
    }
}
