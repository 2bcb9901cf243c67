package org.anticall.ops;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;
import javax.security.auth.x500.X500Principal;
import org.anticall.ops.acceptance.Await;
import org.anticall.ops.config.OpsConfig;
import org.anticall.ops.trust.ServerKeys;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** HTTPS of the console with certificate and key files that somebody else has made. */
class ConsoleCertificateTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    Path directory;

    @ParameterizedTest
    @ValueSource(strings = {"EC", "RSA", "Ed25519"})
    void itIsShownToBrowsers(String algorithm) throws Exception {
        supply("first", keys(algorithm), Duration.ofDays(1));
        try (OpsServer centre = start()) {
            assertEquals("CN=first", shown(centre));
        }
    }

    /** Moved there with the times of long ago, and one after the other: in between the former one is shown. */
    @Test
    void filesThatAreReplacedAreShownWithoutARestart() throws Exception {
        supply("first", keys("EC"), Duration.ofDays(1));
        try (OpsServer centre = start();
                SSLSocket before = connected(centre)) {
            KeyPair next = keys("EC");
            replace(
                    "console.pem",
                    pem(
                            "CERTIFICATE",
                            certificate("second", next, Duration.ofDays(1)).getEncoded()));
            assertEquals("CN=first", shown(centre), "a certificate without its key is of no use");
            replace("console.key", pem("PRIVATE KEY", next.getPrivate().getEncoded()));

            Await.until("the new one is shown", PATIENCE, () -> shown(centre).equals("CN=second"));
            before.getOutputStream().write("GET /healthz HTTP/1.0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            String answer = new String(before.getInputStream().readNBytes(12), StandardCharsets.US_ASCII);
            assertEquals("HTTP/1.1 200", answer, "connections that are open go on");
        }
    }

    private void replace(String name, String text) throws IOException {
        write(name + ".new", text);
        Files.setLastModifiedTime(file(name + ".new"), FileTime.from(Instant.EPOCH));
        Files.move(file(name + ".new"), file(name), StandardCopyOption.REPLACE_EXISTING);
    }

    @ParameterizedTest
    @CsvSource({"-1, false", "0, false", "1, true"})
    void itIsGoodUpToItsLastSecond(int secondsAfterItsEnd, boolean isOver) throws Exception {
        supply("first", keys("EC"), Duration.ofDays(1));
        ServerKeys keys = ServerKeys.ofFiles(file("console.pem"), file("console.key"));
        Instant end = ((X509Certificate) keys.shown().getCertificate("server"))
                .getNotAfter()
                .toInstant();

        Optional<String> why = keys.untimelyAt(end.plusSeconds(secondsAfterItsEnd));

        assertEquals(isOver ? Optional.of("expired at " + end) : Optional.empty(), why);
        assertTrue(keys.untimelyAt(Instant.EPOCH).orElseThrow().startsWith("is not good before "));
    }

    /** Browsers stay out, but the phones, the calls and the records of a centre do not. */
    @Test
    void oneThatHasExpiredKeepsNoCentreFromStarting() throws Exception {
        supply("old", keys("EC"), Duration.ofDays(-1));
        try (OpsServer centre = start()) {
            assertEquals("CN=old", shown(centre));
        }
    }

    @Test
    void filesThatCannotBeUsedAreNamedInASentence() throws Exception {
        KeyPair keys = keys("EC");
        supply("first", keys, Duration.ofDays(1));
        Path certificate = file("console.pem");
        Path key = file("console.key");

        write("console.key", pem("PRIVATE KEY", keys("EC").getPrivate().getEncoded()));
        refused(key + " is not the key of the first certificate in " + certificate);
        write("console.key", pem("PRIVATE KEY", keys("RSA").getPrivate().getEncoded()));
        refused(key + " is not the key of the first certificate in " + certificate);
        write("console.key", pem("EC PRIVATE KEY", new byte[] {1, 2, 3}));
        refused(key + ": expected a private key in PEM (PKCS #8, without a password), as"
                + " `openssl pkcs8 -topk8 -nodes` makes it of others");
        Files.delete(key);
        refused(key + " cannot be read: there is no such file");
        Files.createDirectory(key);
        refused(key + " cannot be read: Is a directory");
        Files.delete(key);
        write("console.key", pem("PRIVATE KEY", keys.getPrivate().getEncoded()));
        write("console.pem", "nothing");
        refused(certificate + ": expected certificates in PEM");
        Files.delete(certificate);
        refused(certificate + " cannot be read: there is no such file");
    }

    private void refused(String sentence) {
        assertEquals(
                "tls: " + sentence,
                assertThrows(StartFailure.class, this::start).getMessage());
    }

    private OpsServer start() throws StartFailure {
        OpsConfig.ConsoleTls tls = new OpsConfig.ConsoleTls(file("console.pem"), file("console.key"), List.of());
        return OpsServer.start(RunningCentre.config(directory.resolve("state"), tls));
    }

    private void supply(String name, KeyPair keys, Duration left) throws Exception {
        write("console.pem", pem("CERTIFICATE", certificate(name, keys, left).getEncoded()));
        write("console.key", pem("PRIVATE KEY", keys.getPrivate().getEncoded()));
    }

    private static KeyPair keys(String algorithm) throws Exception {
        return KeyPairGenerator.getInstance(algorithm).generateKeyPair();
    }

    private static X509Certificate certificate(String name, KeyPair keys, Duration left) throws Exception {
        X500Principal subject = new X500Principal("CN=" + name);
        Instant end = Instant.now().plus(left);
        var builder = new JcaX509v3CertificateBuilder(
                subject,
                BigInteger.ONE,
                Date.from(end.minus(Duration.ofDays(10))),
                Date.from(end),
                subject,
                keys.getPublic());
        String algorithm = keys.getPrivate().getAlgorithm();
        String signature =
                algorithm.equals("EC") ? "SHA256withECDSA" : algorithm.equals("RSA") ? "SHA256withRSA" : "Ed25519";
        return new JcaX509CertificateConverter()
                .getCertificate(builder.build(new JcaContentSignerBuilder(signature).build(keys.getPrivate())));
    }

    private static String pem(String label, byte[] der) {
        return "-----BEGIN " + label + "-----\n" + Base64.getMimeEncoder().encodeToString(der) + "\n-----END " + label
                + "-----\n";
    }

    private Path file(String name) {
        return directory.resolve(name);
    }

    private void write(String name, String text) throws IOException {
        Files.writeString(file(name), text);
    }

    private static String shown(OpsServer centre) throws Exception {
        try (SSLSocket socket = connected(centre)) {
            SSLSession session = socket.getSession();
            return ((X509Certificate) session.getPeerCertificates()[0])
                    .getSubjectX500Principal()
                    .getName();
        }
    }

    private static SSLSocket connected(OpsServer centre) throws Exception {
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, new TrustManager[] {new Believer()}, null);
        SSLSocket socket = (SSLSocket) context.getSocketFactory()
                .createSocket("127.0.0.1", centre.httpAddress().getPort());
        socket.setSoTimeout((int) PATIENCE.toMillis());
        socket.startHandshake();
        return socket;
    }

    /** Looks at whatever is shown. */
    private static final class Believer implements X509TrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String kind) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String kind) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
