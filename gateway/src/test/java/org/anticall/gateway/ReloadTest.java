package org.anticall.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.anticall.gateway.config.ConfigFile;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Another configuration goes live as a whole or not at all, whichever of its parts is broken. */
@Timeout(60)
class ReloadTest {

    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    @TempDir
    Path directory;

    private Path file;
    private GatewayProcess gateway;

    @BeforeEach
    void start() throws Exception {
        X509Bundle self = new CertificateBuilder()
                .subject("CN=gateway")
                .setIsCertificateAuthority(true)
                .buildSelfSigned();
        Files.writeString(directory.resolve("gw.pem"), self.getCertificatePEM());
        Files.writeString(directory.resolve("gw.key"), self.getPrivateKeyPEM());
        Files.writeString(directory.resolve("roamers.csv"), "+77011234567;TR\n");
        file = TrialConfig.write(directory);
        Files.writeString(
                file,
                Files.readString(file).replace("sip:127.0.0.1:0", "sip:127.0.0.1:0\", \"sips:127.0.0.1:0")
                        + "tls: {certificate: gw.pem, key: gw.key}\n"
                        + "roaming: {out-roamers: roamers.csv}\n");
        gateway = GatewayProcess.start(TrialConfig.read(file, Map.of()), () -> ConfigFile.read(file, Map.of()));
    }

    @AfterEach
    void stop() {
        gateway.closeSoon();
    }

    @Test
    void aBrokenPartChangesNothingOfTheOthersAndAllGoLiveTogether() throws Exception {
        String before = status();
        change();

        refuses("gateway.yaml", "trunks");
        refuses("rules-4.yaml", "rules-4.yaml:1:1");
        refuses("roamers.csv", "line 1");
        refuses("gw.pem", "TLS");
        refuses("gw.key", "TLS");
        assertEquals(before, status());

        HttpResponse<String> reloaded = reload();
        assertEquals(
                "revision 4\nchanged: rules: revision 3 to 4\nchanged: trunks\nchanged: hops\nchanged: rules\n",
                reloaded.body());
        assertTrue(status().contains("rules revision 4"), status());
        assertTrue(status().contains("127.0.0.1:19"), status());
        assertTrue(status().contains("transit-b"), status());
    }

    /** With that file broken and everything else changed, a reload changes nothing and says {@code why}. */
    private void refuses(String broken, String why) throws Exception {
        Path part = directory.resolve(broken);
        String before = status();
        String whole = Files.readString(part);
        Files.writeString(part, "trunks: nonsense\n");
        HttpResponse<String> refused = reload();
        Files.writeString(part, whole);
        assertEquals(422, refused.statusCode(), broken);
        assertTrue(refused.body().startsWith("nothing changed\n"), refused.body());
        assertTrue(refused.body().contains(why), refused.body());
        assertEquals(before, status(), broken);
    }

    /** Another rule set, another trunk, another hop. */
    private void change() throws IOException {
        Files.writeString(directory.resolve("rules-4.yaml"), TrialConfig.rules(4));
        Files.writeString(
                file,
                Files.readString(file)
                        .replace("127.0.0.1:9", "127.0.0.1:19")
                        .replace("transit-a", "transit-b")
                        .replace("rules.yaml", "rules-4.yaml"));
    }

    /** What a reload may change: revision of the rules, next hops, trunks. */
    private String status() throws Exception {
        String hops = get("/metrics")
                .body()
                .lines()
                .filter(line -> line.startsWith("anticall_hop_") || line.startsWith("anticall_bypass"))
                .sorted()
                .reduce("", (all, line) -> all + line + "\n");
        return gateway.readyLine() + "\n" + hops;
    }

    private HttpResponse<String> reload() throws Exception {
        return send(HttpRequest.newBuilder(uri("/reload")).POST(HttpRequest.BodyPublishers.noBody()));
    }

    private HttpResponse<String> get(String path) throws Exception {
        return send(HttpRequest.newBuilder(uri(path)));
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
        return CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private URI uri(String path) {
        return URI.create("http://127.0.0.1:" + gateway.adminAddress().getPort() + path);
    }
}
