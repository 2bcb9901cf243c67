package org.anticall.ops.trust;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.List;

/** Keys and certificates as text (RFC 7468). */
final class Pem {

    private static final Base64.Encoder LINES = Base64.getMimeEncoder(64, new byte[] {'\n'});

    private Pem() {}

    static String certificate(X509Certificate certificate) throws GeneralSecurityException {
        return block("CERTIFICATE", certificate.getEncoded());
    }

    static String key(PrivateKey key) {
        return block("PRIVATE KEY", key.getEncoded());
    }

    private static String block(String label, byte[] der) {
        return "-----BEGIN " + label + "-----\n" + LINES.encodeToString(der) + "\n-----END " + label + "-----\n";
    }

    /**
     * All certificates of a file, in their order.
     *
     * @throws IOException if there is none, or the file cannot be read
     */
    static List<X509Certificate> certificates(Path file) throws IOException {
        try {
            List<X509Certificate> found =
                    CertificateFactory.getInstance("X.509")
                            .generateCertificates(new ByteArrayInputStream(bytes(file)))
                            .stream()
                            .map(X509Certificate.class::cast)
                            .toList();
            if (found.isEmpty()) {
                throw new IOException(file + ": expected certificates in PEM");
            }
            return found;
        } catch (GeneralSecurityException unfit) {
            throw new IOException(file + ": expected certificates in PEM", unfit);
        }
    }

    /**
     * A private key, PKCS #8, elliptic or RSA.
     *
     * @throws IOException if the file holds none
     */
    static PrivateKey privateKey(Path file) throws IOException {
        String text = new String(bytes(file), StandardCharsets.US_ASCII);
        String body = text.replaceAll("-----(?:BEGIN|END) PRIVATE KEY-----", "").replaceAll("\\s", "");
        for (String algorithm : List.of("EC", "RSA", "Ed25519")) {
            try {
                return KeyFactory.getInstance(algorithm)
                        .generatePrivate(
                                new PKCS8EncodedKeySpec(Base64.getDecoder().decode(body)));
            } catch (GeneralSecurityException | IllegalArgumentException another) {
                // The next algorithm may be the key's.
            }
        }
        throw new IOException(file + ": expected a private key in PEM (PKCS #8, without a password), as"
                + " `openssl pkcs8 -topk8 -nodes` makes it of others");
    }

    /** @throws IOException with a sentence that names the file, if it cannot be read */
    static byte[] bytes(Path file) throws IOException {
        try {
            return Files.readAllBytes(file);
        } catch (NoSuchFileException missing) {
            throw new IOException(file + " cannot be read: there is no such file", missing);
        } catch (AccessDeniedException denied) {
            throw new IOException(file + " cannot be read: it may not be read by this user", denied);
        } catch (IOException failed) {
            throw new IOException(file + " cannot be read: " + failed.getMessage(), failed);
        }
    }
}
