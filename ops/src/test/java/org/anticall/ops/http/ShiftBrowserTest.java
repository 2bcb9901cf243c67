package org.anticall.ops.http;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.anticall.ops.RunningCentre;
import org.anticall.ops.StartFailure;
import org.anticall.ops.TestRecords;
import org.anticall.ops.config.OpsConfig;
import org.anticall.ops.desk.DeskCall;
import org.anticall.ops.desk.DeskCall.Outcome;
import org.anticall.ops.desk.DeskCall.State;
import org.junit.jupiter.api.Test;

/** Journeys of a supervisor who runs a shift. */
class ShiftBrowserTest extends BrowserTest {

    private static final byte[] KEY = "0123456789abcdef0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

    @Override
    RunningCentre centre() throws StartFailure {
        InetSocketAddress nobody = new InetSocketAddress(InetAddress.getLoopbackAddress(), 9);
        try {
            Path key = Files.write(state.resolve("recordings.key"), KEY);
            Path spool = Files.createDirectories(state.resolve("spool"));
            return RunningCentre.recording(state, new OpsConfig.Media(List.of(nobody), true, spool, key));
        } catch (UnknownHostException loopbackHasAName) {
            throw new AssertionError(loopbackHasAName);
        } catch (IOException noRoom) {
            throw new UncheckedIOException(noRoom);
        }
    }

    @Test
    void aSeatIsForcedWithAReasonAndACampaignStandsOnTheShift() throws IOException {
        Visitor operator = Visitor.signedIn(centre, "operator");
        operator.post("/api/seat/ready", Map.of("page", "page-1"));
        for (String call : List.of("CALL-1", "CALL-2")) {
            ended(call, "+4477009001" + call.charAt(5) + "3");
            operator.post("/api/papers/" + call + "/disposition", fraud());
        }
        signIn("supervisor");
        Locator seat = page.locator("[data-seat=operator]");
        assertThat(seat).containsText("ready");
        assertThat(page.locator("acc-campaigns")).containsText("bank-+44770090");

        seat.locator(".name").click();
        page.locator("[data-force=sign-out]").click();
        assertThat(seat).containsText("ready"); // nobody does that without saying why
        page.locator("#force-why").fill("went home without signing out");
        page.locator("[data-force=sign-out]").click();

        assertThat(seat.locator("[data-act=pause]")).hasCount(0);
        examine("shift");
    }

    @Test
    void whatCallsDependOnIsToldInTheBarAtTheTop() {
        signIn("supervisor");

        assertThat(page.locator("#health-relays")).containsText("no relay");
    }

    private void ended(String id, String caller) {
        Instant now = Instant.now();
        DeskCall offered = TestRecords.offered(id, caller, "+77172345641", "D10", now);
        DeskCall talking = TestRecords.moved(offered, State.ANSWERED, "operator", now);
        centre.desk(offered);
        centre.desk(talking);
        centre.desk(new DeskCall(
                id, caller, "+77172345641", "D10", State.ENDED, "operator", now, now, Outcome.OPERATOR_HUNG_UP));
    }

    private static Map<String, Object> fraud() {
        return Map.of(
                "outcome",
                "fraud-talked",
                "fraud",
                "bank",
                "said",
                List.of("sms-code"),
                "organisation",
                "",
                "saved",
                0);
    }
}
