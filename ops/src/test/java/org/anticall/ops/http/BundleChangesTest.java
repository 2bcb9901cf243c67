package org.anticall.ops.http;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.anticall.ops.RunningCentre;
import org.anticall.rules.bundle.BundleLimits;
import org.anticall.rules.bundle.BundleVerifier;
import org.anticall.rules.bundle.PinnedKeys;
import org.anticall.rules.bundle.SigningKeys;
import org.anticall.rules.bundle.Verification;
import org.anticall.rules.bundle.VerifiedBundle;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What a gateway gets that says which revision it holds: as little as has changed since, under the same signature. */
class BundleChangesTest extends OrdersOverHttp {

    @Test
    void whoHoldsAnEarlierRevisionGetsWhatChangedSince() throws Exception {
        byte[] first = bundle("");
        JsonNode order = approved(form("reject", scan()));
        approver.post("/api/revisions", Map.of("revision", 2));
        byte[] second = bundle("");
        step(order, "live", Map.of());
        approver.post("/api/revisions", Map.of("revision", 3));
        byte[] whole = bundle("");

        byte[] sinceFirst = bundle("1");
        byte[] sinceSecond = bundle("2");

        assertTrue(sinceFirst.length < whole.length / 4, () -> sinceFirst.length + " of " + whole.length);
        assertTrue(sinceSecond.length < whole.length / 4, () -> sinceSecond.length + " of " + whole.length);
        assertArrayEquals(whole, verified(sinceFirst, verified(first, null)).bytes());
        assertArrayEquals(whole, verified(sinceSecond, verified(second, null)).bytes());
    }

    @Test
    void whoHoldsNothingThatIsKnownHereGetsTheWhole() throws Exception {
        byte[] whole = bundle("");

        for (String held : List.of("0", "1", "2", "-1", "x", "999999999999999999999")) {
            assertArrayEquals(whole, bundle(held), held);
        }
    }

    @Test
    void whoIsFurtherBehindThanEightRevisionsGetsTheWhole() throws Exception {
        for (int revision = 2; revision <= 10; revision++) {
            approver.post("/api/revisions", Map.of("revision", revision));
        }
        byte[] whole = bundle("");

        assertTrue(bundle("9").length < whole.length / 4);
        assertTrue(bundle("2").length < whole.length / 4);
        assertArrayEquals(whole, bundle("1"));
    }

    /** The newest bundle as it goes to a gateway that says it holds that revision. */
    private byte[] bundle(String held) throws IOException, InterruptedException {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(centre.uri("/bundles")).header("Authorization", "Bearer " + RunningCentre.TOKEN);
        if (!held.isEmpty()) {
            request.header("X-Anticall-Base", held);
        }
        return HttpClient.newHttpClient()
                .send(request.build(), HttpResponse.BodyHandlers.ofByteArray())
                .body();
    }

    private VerifiedBundle verified(byte[] bundle, @Nullable VerifiedBundle base) throws IOException {
        PinnedKeys keys =
                PinnedKeys.of(List.of(SigningKeys.publicKey(Files.readString(state.resolve("keys/bundle.pem")))));
        Verification verification =
                new BundleVerifier(keys, "KZ", BundleLimits.DEFAULT).verify(bundle, 0, Instant.now(), base);
        return assertInstanceOf(Verification.Genuine.class, verification, verification::toString)
                .bundle();
    }
}
