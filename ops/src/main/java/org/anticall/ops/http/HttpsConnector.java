package org.anticall.ops.http;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import org.anticall.ops.trust.ServerKeys;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.SecureRequestCustomizer;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.util.ssl.SslContextFactory;

/** A listening address with TLS 1.2 and 1.3, whose keys can be exchanged while it listens. */
final class HttpsConnector {

    /** Silence after which a connection is closed; longer than a gateway's or a page's channel is ever silent. */
    private static final Duration IDLE = Duration.ofSeconds(60);

    /** Connections above it wait in the kernel until others end. */
    private static final int ACCEPT_QUEUE = 128;

    private final SslContextFactory.Server tls = new SslContextFactory.Server();

    /** @param asksForCertificate whether clients may show who they are */
    HttpsConnector(ServerKeys keys, boolean asksForCertificate) {
        apply(keys);
        tls.setIncludeProtocols("TLSv1.3", "TLSv1.2");
        tls.setWantClientAuth(asksForCertificate);
        tls.setRenegotiationAllowed(false);
        tls.setSniRequired(false);
        // Clients are known by the authority that signed for them, not by a host name.
        tls.setEndpointIdentificationAlgorithm(null);
    }

    private void apply(ServerKeys keys) {
        tls.setKeyStore(keys.shown());
        tls.setKeyStorePassword(keys.password());
        tls.setKeyManagerPassword(keys.password());
        tls.setTrustStore(keys.believed());
    }

    /** The connector of a server. */
    ServerConnector on(Server server, HttpConfiguration plain, InetSocketAddress address) {
        HttpConfiguration http = new HttpConfiguration(plain);
        http.addCustomizer(new SecureRequestCustomizer(false));
        ServerConnector connector =
                new ServerConnector(server, new SslConnectionFactory(tls, "http/1.1"), new HttpConnectionFactory(http));
        connector.setHost(address.getAddress().getHostAddress());
        connector.setPort(address.getPort());
        connector.setIdleTimeout(IDLE.toMillis());
        connector.setAcceptQueueSize(ACCEPT_QUEUE);
        return connector;
    }

    /** New connections are shown these keys from now on; open ones go on. */
    void exchange(ServerKeys keys) throws IOException {
        try {
            tls.reload(factory -> apply(keys));
        } catch (Exception failed) {
            throw new IOException("the new keys cannot be used", failed);
        }
    }
}
