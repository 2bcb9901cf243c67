package org.anticall.ops.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.anticall.ops.RunningCentre;
import org.anticall.ops.audit.Actor;
import org.anticall.ops.audit.AuditEntry;
import org.anticall.ops.config.Secret;
import org.anticall.ops.oidc.OidcSettings;
import org.anticall.ops.people.Lockout;
import org.anticall.ops.store.Database;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Signing in at a provider, over HTTP on both sides. */
class OidcTest {

    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    @TempDir
    Path state;

    private LittleProvider provider;
    private RunningCentre centre;

    @BeforeEach
    void start() throws Exception {
        provider = new LittleProvider();
        centre = RunningCentre.withProvider(
                state,
                redirect -> new OidcSettings(
                        URI.create(provider.issuer()),
                        LittleProvider.CLIENT,
                        new Secret(LittleProvider.SECRET),
                        redirect,
                        "preferred_username"));
    }

    @AfterEach
    void stop() {
        centre.close();
        provider.close();
    }

    @Test
    void whoIsKnownThereAndHereIsSignedIn() throws IOException, InterruptedException {
        HttpResponse<String> back = signIn();

        assertEquals(302, back.statusCode(), back.body());
        assertEquals(
                "/",
                URI.create(back.headers().firstValue("Location").orElseThrow()).getPath());
        String cookie = back.headers().allValues("Set-Cookie").stream()
                .filter(each -> each.startsWith(Gate.COOKIE))
                .findFirst()
                .orElseThrow();
        JsonNode session = new ObjectMapper()
                .readTree(
                        get(centre.uri("/api/session"), cookie.split(";", 2)[0]).body());
        assertEquals("prosecutor", session.get("account").asText());
        assertEquals("prosecutor", session.get("role").asText(), "the role is the centre's own");
        assertTrue(cookie.contains("SameSite=Strict"), cookie);
    }

    @Test
    void whoHasNoAccountHereStaysOut() throws IOException, InterruptedException {
        provider.person = "somebody";

        assertEquals("provider-account", error(signIn()));
    }

    @Test
    void anIdTokenThatIsNotGoodSignsNobodyIn() throws IOException, InterruptedException {
        for (Map<String, Object> wrong : List.<Map<String, Object>>of(
                Map.of("iss", "https://elsewhere.example"),
                Map.of("aud", "another-client"),
                Map.of("nonce", "replayed"),
                Map.of("exp", 1_000_000_000L),
                Map.of("preferred_username", ""))) {
            provider.changed = wrong;
            assertEquals("provider-refused", error(signIn()), wrong.toString());
        }
        provider.changed = Map.of();
        provider.otherKey = true;
        assertEquals("provider-refused", error(signIn()));
        provider.otherKey = false;
        assertEquals(302, signIn().statusCode());
    }

    @Test
    void anIdTokenThatIsNotSignedByTheProvidersKeySignsNobodyIn() throws IOException, InterruptedException {
        for (String algorithm : List.of("none", "HS256 of the public key", "HS256 of the secret")) {
            provider.algorithm = algorithm;
            assertEquals("provider-refused", error(signIn()), algorithm);
        }
    }

    @Test
    void aProviderThatChangesItsKeysIsFollowedAtOnce() throws Exception {
        assertEquals(302, signIn().statusCode());

        provider.rotate();

        assertEquals(302, signIn().statusCode());
    }

    @Test
    void aCodeThatWasGivenToAnotherSignInIsWorthNothing() throws IOException, InterruptedException {
        HttpResponse<String> theirs = get(centre.uri("/api/oidc/start"), "");
        String stolen = get(URI.create(theirs.headers().firstValue("Location").orElseThrow()), "")
                .headers()
                .firstValue("Location")
                .orElseThrow()
                .replaceAll(".*code=([^&]+).*", "$1");
        HttpResponse<String> mine = get(centre.uri("/api/oidc/start"), "");
        String cookie = mine.headers().firstValue("Set-Cookie").orElseThrow().split(";", 2)[0];
        String state = cookie.split("=", 2)[1];

        URI back = centre.uri("/api/oidc/callback?code=" + stolen + "&state=" + state);

        assertEquals("provider-refused", error(get(back, cookie)), "it belongs to another verifier (RFC 7636)");
    }

    @Test
    void aLockThatStrangersBroughtAboutIsNoneForWhoComesFromTheProvider() throws IOException, InterruptedException {
        try (Database beside = Database.open(state, null)) {
            AuditEntry entry = AuditEntry.of(Instant.now(), Actor.CENTRE, "account.locked", "");
            for (int i = 0; i < Lockout.MOST_FAILURES; i++) {
                beside.accounts().failed("prosecutor", Instant.now(), entry);
            }
        }

        assertEquals(302, signIn().statusCode());
    }

    @Test
    void aSignInThatWasNotBegunInThisBrowserIsRefusedAndEachStateIsGoodOnce() throws IOException, InterruptedException {
        HttpResponse<String> departed = get(centre.uri("/api/oidc/start"), "");
        String cookie =
                departed.headers().firstValue("Set-Cookie").orElseThrow().split(";", 2)[0];
        URI back = URI.create(
                get(URI.create(departed.headers().firstValue("Location").orElseThrow()), "")
                        .headers()
                        .firstValue("Location")
                        .orElseThrow());

        assertEquals("provider-state", error(get(back, "")));
        assertEquals("provider-state", error(get(back, "anticall_oidc=guessed")));
        assertEquals(302, get(back, cookie).statusCode());
        assertEquals("provider-refused", error(get(back, cookie)));
    }

    /** From the centre to the provider and back, as a browser goes; the answer to the last step. */
    private HttpResponse<String> signIn() throws IOException, InterruptedException {
        HttpResponse<String> departed = get(centre.uri("/api/oidc/start"), "");
        String cookie =
                departed.headers().firstValue("Set-Cookie").orElseThrow().split(";", 2)[0];
        HttpResponse<String> there =
                get(URI.create(departed.headers().firstValue("Location").orElseThrow()), "");
        return get(URI.create(there.headers().firstValue("Location").orElseThrow()), cookie);
    }

    private static HttpResponse<String> get(URI uri, String cookie) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri);
        if (!cookie.isEmpty()) {
            request.header("Cookie", cookie);
        }
        return CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private static String error(HttpResponse<String> answer) throws IOException {
        return new ObjectMapper().readTree(answer.body()).path("error").asText();
    }
}
