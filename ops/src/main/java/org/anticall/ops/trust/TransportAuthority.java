package org.anticall.ops.trust;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.CertIOException;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/**
 * The centre's own certificate authority. It signs for two kinds only: the door gateways come to, and the gateways. Its key
 * lies in {@code transport-ca.key} beside {@code transport-ca.pem}, for its owner only, and signs no bundle. Thread-safe.
 */
public final class TransportAuthority {

    private static final Duration ROOT_LIVES = Duration.ofDays(3_650);

    /** How long a certificate of door or gateway is good; gateways ask for the next one when two thirds are over. */
    static final Duration LEAF_LIVES = Duration.ofDays(90);

    /** Clocks of two machines may differ. */
    private static final Duration BACKDATED = Duration.ofMinutes(10);

    private final PrivateKey key;
    private final X509Certificate certificate;
    private final Clock clock;
    private final SecureRandom random = new SecureRandom();

    private TransportAuthority(PrivateKey key, X509Certificate certificate, Clock clock) {
        this.key = key;
        this.certificate = certificate;
        this.clock = clock;
    }

    /**
     * The authority of a directory; made if there is none.
     *
     * @throws IOException if its files cannot be read or written
     */
    public static TransportAuthority openOrMake(Path directory, Clock clock) throws IOException {
        Path keyFile = directory.resolve("transport-ca.key");
        Path certificateFile = directory.resolve("transport-ca.pem");
        try {
            if (!Files.exists(keyFile)) {
                PrivateFile.directory(directory);
                KeyPair keys = newKeys();
                X500Principal name = new X500Principal("CN=Anti Call-Centre transport");
                X509Certificate root = signed(
                        builder(name, name, keys.getPublic(), clock.instant(), ROOT_LIVES, new SecureRandom())
                                .addExtension(Extension.basicConstraints, true, new BasicConstraints(0))
                                .addExtension(
                                        Extension.keyUsage,
                                        true,
                                        new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign)),
                        keys.getPrivate());
                PrivateFile.write(certificateFile, Pem.certificate(root));
                PrivateFile.write(keyFile, Pem.key(keys.getPrivate()));
            }
            return new TransportAuthority(
                    Pem.privateKey(keyFile), Pem.certificates(certificateFile).get(0), clock);
        } catch (GeneralSecurityException | CertIOException failed) {
            throw new IOException(directory + ": the transport's certificate authority cannot be made", failed);
        }
    }

    /** Keys for a certificate: elliptic, P-256. */
    static KeyPair newKeys() throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"));
        return generator.generateKeyPair();
    }

    public X509Certificate certificate() {
        return certificate;
    }

    /** What a gateway compares before it believes the certificate: SHA-256 in base 64 for addresses, 43 characters. */
    public String fingerprint() throws GeneralSecurityException {
        byte[] hash = MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded());
        return Base64.getUrlEncoder().withoutPadding().encodeToString(hash);
    }

    /**
     * A certificate for the door.
     *
     * @param names DNS names and IP addresses gateways know it by; not empty
     */
    X509Certificate forDoor(List<String> names, PublicKey holder) throws GeneralSecurityException {
        GeneralName[] alternatives = names.stream()
                .map(name -> new GeneralName(
                        name.matches("[0-9.]+|.*:.*") ? GeneralName.iPAddress : GeneralName.dNSName, name))
                .toArray(GeneralName[]::new);
        return leaf(
                new X500Principal("CN=centre"), holder, KeyPurposeId.id_kp_serverAuth, new GeneralNames(alternatives));
    }

    /** A certificate for a gateway; {@code node} is what it is called in the roster, {@code [A-Za-z0-9._-]}. */
    public X509Certificate forGateway(String node, PublicKey holder) throws GeneralSecurityException {
        if (!node.matches(EnrolmentTokens.NODE)) {
            throw new IllegalArgumentException("not a name of a gateway: " + node);
        }
        return leaf(
                new X500Principal("CN=" + node),
                holder,
                KeyPurposeId.id_kp_clientAuth,
                new GeneralNames(new GeneralName(GeneralName.dNSName, node)));
    }

    private X509Certificate leaf(X500Principal subject, PublicKey holder, KeyPurposeId purpose, GeneralNames names)
            throws GeneralSecurityException {
        try {
            return signed(
                    builder(certificate.getSubjectX500Principal(), subject, holder, clock.instant(), LEAF_LIVES, random)
                            .addExtension(Extension.basicConstraints, true, new BasicConstraints(false))
                            .addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature))
                            .addExtension(Extension.extendedKeyUsage, false, new ExtendedKeyUsage(purpose))
                            .addExtension(Extension.subjectAlternativeName, false, names),
                    key);
        } catch (CertIOException failed) {
            throw new GeneralSecurityException(failed);
        }
    }

    private static JcaX509v3CertificateBuilder builder(
            X500Principal issuer,
            X500Principal subject,
            PublicKey holder,
            Instant now,
            Duration lives,
            SecureRandom random) {
        return new JcaX509v3CertificateBuilder(
                issuer,
                new BigInteger(127, random).add(BigInteger.ONE),
                Date.from(now.minus(BACKDATED)),
                Date.from(now.plus(lives)),
                subject,
                holder);
    }

    private static X509Certificate signed(org.bouncycastle.cert.X509v3CertificateBuilder builder, PrivateKey key)
            throws GeneralSecurityException {
        try {
            return new JcaX509CertificateConverter()
                    .getCertificate(builder.build(new JcaContentSignerBuilder("SHA256withECDSA").build(key)));
        } catch (OperatorCreationException failed) {
            throw new GeneralSecurityException(failed);
        }
    }
}
