package org.anticall.ops.trust;

import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyStore;
import java.security.KeyStoreException;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/** What a TLS server shows, and whom it believes: made of PEM files, or by the centre's own authority. */
public record ServerKeys(KeyStore shown, KeyStore believed) {

    /** Key stores live in memory only; the format wants a password all the same. */
    static final char[] IN_MEMORY = "in-memory".toCharArray();

    private static final String ALIAS = "server";

    private static final byte TRIAL = 1;

    /**
     * Of files somebody else has made.
     *
     * @param certificate with those between it and its root
     * @param key PKCS #8
     * @throws IOException if they cannot be read or do not belong together; the message is a sentence that names the file
     */
    public static ServerKeys ofFiles(Path certificate, Path key) throws IOException {
        List<X509Certificate> chain = Pem.certificates(certificate);
        PrivateKey own = Pem.privateKey(key);
        if (!belongTogether(own, chain.get(0).getPublicKey())) {
            throw new IOException(key + " is not the key of the first certificate in " + certificate);
        }
        return of(own, chain, List.of());
    }

    /** Whether what the one signs is what the other verifies. */
    private static boolean belongTogether(PrivateKey key, PublicKey shown) {
        String kind = key.getAlgorithm();
        String algorithm = kind.equals("EC") ? "SHA256withECDSA" : kind.equals("RSA") ? "SHA256withRSA" : "Ed25519";
        try {
            Signature signing = Signature.getInstance(algorithm);
            signing.initSign(key);
            // Of no byte at all Java's Ed25519 makes a signature that it does not believe itself.
            signing.update(TRIAL);
            Signature verifying = Signature.getInstance(algorithm);
            verifying.initVerify(shown);
            verifying.update(TRIAL);
            return verifying.verify(signing.sign());
        } catch (GeneralSecurityException anotherKind) {
            return false;
        }
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
            shown.setKeyEntry(ALIAS, key, IN_MEMORY, chain.toArray(X509Certificate[]::new));
            KeyStore trusted = empty();
            for (int i = 0; i < believed.size(); i++) {
                trusted.setCertificateEntry("authority-" + i, believed.get(i));
            }
            return new ServerKeys(shown, trusted);
        } catch (GeneralSecurityException failed) {
            throw new IOException("key and certificate do not belong together", failed);
        }
    }

    /** Why clients refuse the certificate at an instant: {@code expired at ...}; empty if its time is not the reason. */
    public Optional<String> untimelyAt(Instant now) {
        try {
            X509Certificate leaf = (X509Certificate) shown.getCertificate(ALIAS);
            if (now.isAfter(leaf.getNotAfter().toInstant())) {
                return Optional.of("expired at " + leaf.getNotAfter().toInstant());
            }
            return now.isBefore(leaf.getNotBefore().toInstant())
                    ? Optional.of("is not good before " + leaf.getNotBefore().toInstant())
                    : Optional.empty();
        } catch (KeyStoreException notLoaded) {
            throw new IllegalStateException(notLoaded);
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

    /**
     * A fingerprint of what these files hold; where it is another one, they are to be read anew. Times of files are no sign: who
     * moves a file keeps them.
     */
    public static String stateOf(List<Path> files) throws IOException {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (Path file : files) {
                digest.update(Pem.bytes(file));
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException(missing);
        }
    }
}
