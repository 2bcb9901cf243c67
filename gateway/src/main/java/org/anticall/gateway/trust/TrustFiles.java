package org.anticall.gateway.trust;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/**
 * The directory {@code trust} of the configuration. Each file is for its owner only.
 *
 * <pre>
 *   gateway.pem     private key (PKCS #8) and certificate of this gateway, in one file so that both change at once
 *   authority.pem   whose certificates it believes
 *   centre.pem      whose bundles it believes: for rules-keys
 *   records.token   what it shows the centre: for token-file and rules-token-file
 * </pre>
 */
record TrustFiles(Path directory) {

    private static final char[] IN_MEMORY = "in-memory".toCharArray();

    Path gateway() {
        return directory.resolve("gateway.pem");
    }

    Path authority() {
        return directory.resolve("authority.pem");
    }

    Path bundleKey() {
        return directory.resolve("centre.pem");
    }

    Path recordsToken() {
        return directory.resolve("records.token");
    }

    /** When key and certificate were last exchanged. */
    FileTime changed() throws IOException {
        return Files.getLastModifiedTime(gateway());
    }

    /** Own certificate. */
    X509Certificate certificate() throws IOException {
        return certificate(gateway());
    }

    /** TLS with this key, believing this authority. */
    SSLContext context() throws IOException {
        try {
            KeyStore own = empty();
            X509Certificate authority = certificate(authority());
            own.setKeyEntry("gateway", key(), IN_MEMORY, new Certificate[] {certificate(), authority});
            KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            keys.init(own, IN_MEMORY);
            return context(keys, authority);
        } catch (GeneralSecurityException unfit) {
            throw new IOException(
                    directory + ": key, certificate and authority do not fit: " + unfit.getMessage(), unfit);
        }
    }

    /** TLS without a key, believing {@code authority}; {@code keys} is null then. */
    static SSLContext context(@org.jspecify.annotations.Nullable KeyManagerFactory keys, X509Certificate authority)
            throws IOException, GeneralSecurityException {
        KeyStore believed = empty();
        believed.setCertificateEntry("authority", authority);
        TrustManagerFactory managers = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        managers.init(believed);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys == null ? null : keys.getKeyManagers(), managers.getTrustManagers(), null);
        return context;
    }

    private static KeyStore empty() throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        return store;
    }

    private PrivateKey key() throws IOException, GeneralSecurityException {
        String text = Files.readString(gateway(), StandardCharsets.US_ASCII);
        int begin = text.indexOf("-----BEGIN PRIVATE KEY-----");
        int end = text.indexOf("-----END PRIVATE KEY-----");
        if (begin < 0 || end < begin) {
            throw new IOException(gateway() + ": expected a private key in PEM (PKCS #8)");
        }
        String body = text.substring(begin, end).replaceAll("-----BEGIN PRIVATE KEY-----|\\s", "");
        return KeyFactory.getInstance("EC")
                .generatePrivate(new PKCS8EncodedKeySpec(Base64.getDecoder().decode(body)));
    }

    private static X509Certificate certificate(Path file) throws IOException {
        return certificate(Files.readString(file, StandardCharsets.US_ASCII), file.toString());
    }

    /** The first certificate of a text. */
    static X509Certificate certificate(String text, String where) throws IOException {
        int begin = text.indexOf("-----BEGIN CERTIFICATE-----");
        try {
            byte[] pem = text.substring(Math.max(0, begin)).getBytes(StandardCharsets.US_ASCII);
            return (X509Certificate)
                    CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(pem));
        } catch (GeneralSecurityException unfit) {
            throw new IOException(where + ": expected a certificate in PEM", unfit);
        }
    }

    /** Key and certificate, exchanged at once. */
    void writeGateway(PrivateKey key, String certificate) throws IOException {
        Base64.Encoder lines = Base64.getMimeEncoder(64, new byte[] {'\n'});
        String text = "-----BEGIN PRIVATE KEY-----\n" + lines.encodeToString(key.getEncoded())
                + "\n-----END PRIVATE KEY-----\n" + certificate;
        write(gateway(), text);
    }

    static void write(Path file, String text) throws IOException {
        Path made = Files.createTempFile(
                file.toAbsolutePath().getParent(),
                file.getFileName().toString(),
                ".new",
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(made, text, StandardCharsets.US_ASCII);
        try {
            Files.move(made, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (AtomicMoveNotSupportedException plain) {
            Files.move(made, file, StandardCopyOption.REPLACE_EXISTING);
        }
    }
}
