package org.anticall.gateway.trust;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;

/**
 * How a gateway becomes known to the centre: it makes a key, shows a one-time token, and gets a certificate, the centre's
 * authority, the key bundles are signed with, and the token for records. The one-time token holds the authority's
 * fingerprint, so that the gateway believes the right centre from the first word on. The private key never leaves the machine.
 */
public final class Enrolment {

    private static final Duration ANSWER_WITHIN = Duration.ofSeconds(20);
    private static final ObjectMapper JSON = new ObjectMapper();

    private final TrustFiles files;

    /** @param trust directory the files go to; made if it is not there */
    public Enrolment(Path trust) {
        this.files = new TrustFiles(trust);
    }

    /**
     * Enrols at a centre.
     *
     * @param centre address of the gateways' door, {@code https://ops.example:8444}
     * @param token as the centre has printed it
     * @throws IOException with one sentence, if anything is not as it should be; nothing is written then
     */
    public void enrol(URI centre, String node, String token) throws IOException, InterruptedException {
        int dot = token.indexOf('.');
        if (dot < 0) {
            throw new IOException("that is no enrolment token: expected two parts with a dot between them");
        }
        try {
            X509Certificate authority = PinnedServer.authority(centre, token.substring(dot + 1));
            HttpClient http = HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .sslContext(TrustFiles.context(null, authority))
                    .build();
            KeyPair keys = newKeys();
            JsonNode answer = post(
                    http,
                    centre.resolve("/enrol"),
                    Map.of("token", token.substring(0, dot), "node", node, "publicKey", text(keys)));
            if (!Files.isDirectory(files.directory())) {
                Files.createDirectories(
                        files.directory(),
                        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            }
            TrustFiles.write(files.authority(), answer.path("authority").asText());
            TrustFiles.write(files.bundleKey(), answer.path("bundleKey").asText());
            TrustFiles.write(files.recordsToken(), answer.path("recordsToken").asText() + "\n");
            files.writeGateway(keys.getPrivate(), answer.path("certificate").asText());
            files.context();
        } catch (GeneralSecurityException failed) {
            throw new IOException("no key can be made: " + failed.getMessage(), failed);
        }
    }

    /** Whether two thirds of the certificate's time are over. */
    public boolean isDue(Instant now) throws IOException {
        X509Certificate own = files.certificate();
        Instant begin = own.getNotBefore().toInstant();
        Duration lives = Duration.between(begin, own.getNotAfter().toInstant());
        return now.isAfter(begin.plus(lives.multipliedBy(2).dividedBy(3)));
    }

    /**
     * Gets the next key and certificate by showing the present one.
     *
     * @throws IOException with one sentence; the present ones stay then
     */
    public void renew(URI centre) throws IOException, InterruptedException {
        try {
            HttpClient http = HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .sslContext(files.context())
                    .build();
            KeyPair keys = newKeys();
            JsonNode answer = post(http, centre.resolve("/enrol/renewal"), Map.of("publicKey", text(keys)));
            files.writeGateway(keys.getPrivate(), answer.path("certificate").asText());
        } catch (GeneralSecurityException failed) {
            throw new IOException("no key can be made: " + failed.getMessage(), failed);
        }
    }

    private static KeyPair newKeys() throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"));
        return generator.generateKeyPair();
    }

    private static String text(KeyPair keys) {
        return Base64.getEncoder().encodeToString(keys.getPublic().getEncoded());
    }

    private static JsonNode post(HttpClient http, URI address, Map<String, String> body)
            throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(address)
                .timeout(ANSWER_WITHIN)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofByteArray(JSON.writeValueAsBytes(body)))
                .build();
        HttpResponse<byte[]> response = http.send(request, HttpResponse.BodyHandlers.ofByteArray());
        if (response.statusCode() != 200) {
            String why = JSON.readTree(response.body()).path("message").asText("");
            throw new IOException(address + " answered " + response.statusCode() + (why.isEmpty() ? "" : ": " + why));
        }
        JsonNode answer = JSON.readTree(response.body());
        TrustFiles.certificate(answer.path("certificate").asText(), address.toString());
        return answer;
    }

    /** SHA-256 in base 64 for addresses, without padding. */
    static String fingerprint(X509Certificate certificate) throws GeneralSecurityException {
        byte[] hash = MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded());
        return Base64.getUrlEncoder().withoutPadding().encodeToString(hash);
    }
}
