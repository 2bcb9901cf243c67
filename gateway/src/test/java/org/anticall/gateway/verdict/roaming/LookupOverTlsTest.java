package org.anticall.gateway.verdict.roaming;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.anticall.gateway.config.RoamingLookup;
import org.anticall.rules.call.RoamingAnswer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class LookupOverTlsTest {

    private static final String PASSWORD = "changeit";

    @TempDir
    Path directory;

    @Test
    void onlyACertificateThatIsTrustedIsAsked() throws Exception {
        Path store = directory.resolve("lookup.p12");
        Path pem = directory.resolve("lookup.pem");
        String[] key = {"-alias", "lookup", "-keystore", store.toString(), "-storepass", PASSWORD};
        keytool(key, List.of("-genkeypair", "-keyalg", "EC", "-dname", "CN=localhost", "-ext", "SAN=ip:127.0.0.1"));
        keytool(key, List.of("-exportcert", "-rfc", "-file", pem.toString()));
        var socket =
                context(store).getServerSocketFactory().createServerSocket(0, 50, InetAddress.getLoopbackAddress());
        try (LookupServer server = new LookupServer(socket)) {
            server.behaviour = LookupServer.json(200, "{\"roaming\":false}");
            URI url = URI.create(server.url().toString().replace("http:", "https:"));
            assertEquals(RoamingAnswer.HOME, ask(url, pem));
            assertEquals(1, server.questions.size());
            assertEquals(RoamingAnswer.UNKNOWN, ask(url, null));
            assertEquals(1, server.questions.size(), "nobody told it a number");
        }
    }

    @Test
    void aFileWithoutCertificatesIsNamed() throws IOException {
        Path empty = Files.writeString(directory.resolve("none.pem"), "");
        IOException problem = assertThrows(IOException.class, () -> TrustedCertificates.context(empty));
        assertTrue(problem.getMessage().contains("none.pem: expected at least one certificate"), problem.getMessage());
    }

    private static RoamingAnswer ask(URI url, @Nullable Path trust) throws Exception {
        RoamingLookup settings =
                new RoamingLookup(url, null, trust, 10, Duration.ofSeconds(10), 5, Duration.ofSeconds(5));
        try (CarrierLookup lookup = new CarrierLookup(settings, new RoamingCounters(), System::nanoTime)) {
            CompletableFuture<RoamingAnswer> answer = new CompletableFuture<>();
            lookup.query(77011234567L, answer::complete);
            return answer.get(20, TimeUnit.SECONDS);
        }
    }

    private static SSLContext context(Path store) throws Exception {
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(store)) {
            keys.load(in, PASSWORD.toCharArray());
        }
        KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(keys, PASSWORD.toCharArray());
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(managers.getKeyManagers(), null, null);
        return context;
    }

    private static void keytool(String[] key, List<String> arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString()));
        command.addAll(arguments);
        command.addAll(List.of(key));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, process.waitFor(), output);
    }
}
