package org.anticall.ops.trust;

import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** Whose certificates a client takes in the place of the machine's authorities. */
public final class Believed {

    private Believed() {}

    /**
     * Takes what these have signed, and nothing else.
     *
     * @param authorities certificates, PEM
     * @throws IOException if they cannot be read
     */
    public static SSLContext only(Path authorities) throws IOException {
        List<X509Certificate> certificates = Pem.certificates(authorities);
        try {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            for (int i = 0; i < certificates.size(); i++) {
                store.setCertificateEntry("authority-" + i, certificates.get(i));
            }
            TrustManagerFactory managers = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            managers.init(store);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, managers.getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException unfit) {
            throw new IOException(authorities + ": these certificates cannot be used", unfit);
        }
    }
}
