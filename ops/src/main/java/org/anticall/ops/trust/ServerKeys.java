package org.anticall.ops.trust;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;

/** What a TLS server shows, and whom it believes: made of PEM files, or by the centre's own authority. */
public record ServerKeys(KeyStore shown, KeyStore believed) {

    /** Key stores live in memory only; the format wants a password all the same. */
    static final char[] IN_MEMORY = "in-memory".toCharArray();

    /**
     * Of files somebody else has made.
     *
     * @param certificate with those between it and its root
     * @param key PKCS #8
     * @throws IOException if they cannot be read or do not belong together
     */
    public static ServerKeys ofFiles(Path certificate, Path key) throws IOException {
        return of(Pem.privateKey(key), Pem.certificates(certificate), List.of());
    }

    /**
     * Signed by the centre's own authority, with a key that is never written down.
     *
     * @param names what clients know the server by
     * @throws IOException if that cannot be made
     */
    public static ServerKeys generated(TransportAuthority authority, List<String> names) throws IOException {
        try {
            KeyPair keys = TransportAuthority.newKeys();
            X509Certificate leaf = authority.forDoor(names, keys.getPublic());
            List<X509Certificate> chain = List.of(leaf, authority.certificate());
            return of(keys.getPrivate(), chain, List.of(authority.certificate()));
        } catch (GeneralSecurityException failed) {
            throw new IOException("no certificate can be made", failed);
        }
    }

    private static ServerKeys of(PrivateKey key, List<X509Certificate> chain, List<X509Certificate> believed)
            throws IOException {
        try {
            KeyStore shown = empty();
            shown.setKeyEntry("server", key, IN_MEMORY, chain.toArray(X509Certificate[]::new));
            KeyStore trusted = empty();
            for (int i = 0; i < believed.size(); i++) {
                trusted.setCertificateEntry("authority-" + i, believed.get(i));
            }
            return new ServerKeys(shown, trusted);
        } catch (GeneralSecurityException failed) {
            throw new IOException("key and certificate do not belong together", failed);
        }
    }

    private static KeyStore empty() throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        return store;
    }

    /** The password of both stores. */
    public String password() {
        return new String(IN_MEMORY);
    }

    /** When the first of these files was last written; changed files are read anew. */
    public static Instant changed(List<Path> files) throws IOException {
        Instant latest = Instant.EPOCH;
        for (Path file : files) {
            Instant written = Files.getLastModifiedTime(file).toInstant();
            latest = written.isAfter(latest) ? written : latest;
        }
        return latest;
    }
}
