package org.anticall.gateway.trust;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;

/** Asks a server for the authority that has signed for it, and believes the one whose fingerprint is known. */
final class PinnedServer {

    private static final int WITHIN_MILLIS = 10_000;
    private static final int HTTPS = 443;

    private PinnedServer() {}

    /**
     * The authority with that fingerprint, out of the chain the server shows; whether it has really signed for the server is
     * checked by whoever uses it.
     *
     * @throws IOException if the server cannot be reached or shows no such authority
     */
    static X509Certificate authority(URI server, String fingerprint) throws IOException, GeneralSecurityException {
        AtomicReference<X509Certificate[]> shown = new AtomicReference<>(new X509Certificate[0]);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, new TrustManager[] {new Listening(shown)}, null);
        int port = server.getPort() < 0 ? HTTPS : server.getPort();
        try (SSLSocket socket = (SSLSocket) context.getSocketFactory().createSocket()) {
            socket.connect(new InetSocketAddress(server.getHost(), port), WITHIN_MILLIS);
            socket.setSoTimeout(WITHIN_MILLIS);
            socket.startHandshake();
        } catch (IOException refused) {
            if (chain(shown).length == 0) {
                throw new IOException("no TLS at " + server + ": " + refused.getMessage(), refused);
            }
        }
        for (X509Certificate each : chain(shown)) {
            if (Enrolment.fingerprint(each).equals(fingerprint)) {
                return each;
            }
        }
        throw new IOException(server + " is not the centre this token comes from");
    }

    private static X509Certificate[] chain(AtomicReference<X509Certificate[]> shown) {
        return Objects.requireNonNull(shown.get());
    }

    /** Remembers the chain and ends the handshake: nothing is said to a server that is not known yet. */
    private record Listening(AtomicReference<X509Certificate[]> shown) implements X509TrustManager {
        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) throws CertificateException {
            shown.set(chain.clone());
            throw new CertificateException("only asked who it is");
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) throws CertificateException {
            throw new CertificateException("not a server");
        }

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
