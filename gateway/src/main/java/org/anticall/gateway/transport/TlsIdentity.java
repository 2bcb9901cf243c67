package org.anticall.gateway.transport;

import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.OpenSsl;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslProvider;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import org.anticall.gateway.config.TlsSettings;
import org.jspecify.annotations.Nullable;

/**
 * What the gateway is in TLS: its certificate, whom it believes. TLS 1.2 and 1.3, through BoringSSL where that can be
 * loaded, else through Java. Peers are asked for a certificate and may come without one: a trunk that names its peers by
 * certificate admits nobody else. Files can be read anew; connections there are keep what they were made with. Thread-safe.
 */
public final class TlsIdentity {

    private static final String[] PROTOCOLS = {"TLSv1.3", "TLSv1.2"};
    private static final long HANDSHAKE_MILLIS = 5_000;

    private final TlsSettings settings;
    private volatile Contexts contexts;

    private record Contexts(SslContext server, @Nullable SslContext client) {}

    private TlsIdentity(TlsSettings settings) throws IOException {
        this.settings = settings;
        this.contexts = read(settings);
    }

    /**
     * Reads the files of {@code settings}.
     *
     * @throws IOException if one cannot be used; the message names it
     */
    public static TlsIdentity of(TlsSettings settings) throws IOException {
        return new TlsIdentity(settings);
    }

    /**
     * Reads the files anew.
     *
     * @return what takes them live, for connections made from then on; it cannot fail
     * @throws IOException if one cannot be used
     */
    public Runnable prepare() throws IOException {
        Contexts read = read(settings);
        return () -> contexts = read;
    }

    private static Contexts read(TlsSettings settings) throws IOException {
        Path ca = settings.ca();
        for (Path file : ca == null
                ? new Path[] {settings.certificate(), settings.key()}
                : new Path[] {settings.certificate(), settings.key(), ca}) {
            if (!Files.isReadable(file)) {
                throw new IOException("TLS: " + file + " cannot be read");
            }
        }
        try {
            SslProvider provider = OpenSsl.isAvailable() ? SslProvider.OPENSSL : SslProvider.JDK;
            SslContextBuilder server = SslContextBuilder.forServer(
                            settings.certificate().toFile(), settings.key().toFile())
                    .sslProvider(provider)
                    .protocols(PROTOCOLS);
            if (ca == null) {
                return new Contexts(server.build(), null);
            }
            server.trustManager(ca.toFile()).clientAuth(ClientAuth.OPTIONAL);
            SslContext client = SslContextBuilder.forClient()
                    .keyManager(settings.certificate().toFile(), settings.key().toFile())
                    .trustManager(ca.toFile())
                    .endpointIdentificationAlgorithm(null) // by our own rules, see isHop
                    .sslProvider(provider)
                    .protocols(PROTOCOLS)
                    .build();
            return new Contexts(server.build(), client);
        } catch (IllegalArgumentException | IOException unusable) {
            throw new IOException(
                    "TLS: " + settings.certificate() + ", " + settings.key() + (ca == null ? "" : ", " + ca)
                            + " cannot be used: " + unusable.getMessage(),
                    unusable);
        }
    }

    /** For a connection a peer has made. */
    SslHandler server(ByteBufAllocator allocator) {
        return patient(contexts.server.newHandler(allocator));
    }

    /**
     * For a connection to a hop.
     *
     * @throws IllegalStateException if nothing says whose certificates are believed
     */
    SslHandler client(ByteBufAllocator allocator, InetSocketAddress to) {
        SslContext client = contexts.client;
        if (client == null) {
            throw new IllegalStateException("tls.ca is missing: no certificate of " + to + " is believed");
        }
        return patient(client.newHandler(allocator, to.getAddress().getHostAddress(), to.getPort()));
    }

    private static SslHandler patient(SslHandler handler) {
        handler.setHandshakeTimeoutMillis(HANDSHAKE_MILLIS);
        return handler;
    }

    /** Whether a certificate is that of a hop at {@code address}: by that address, or by one of the configured names. */
    boolean isHop(CertificateNames names, InetAddress address) {
        return names.isAddress(address) || settings.hopNames().stream().anyMatch(names.names()::contains);
    }
}
