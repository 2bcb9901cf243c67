package org.anticall.ops.http;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.anticall.ops.RunningCentre;
import org.anticall.ops.StartFailure;
import org.anticall.ops.TestRecords;
import org.anticall.ops.acceptance.Await;
import org.anticall.ops.config.OpsConfig;
import org.anticall.ops.desk.DeskCall;
import org.anticall.ops.desk.DeskCall.Outcome;
import org.anticall.ops.desk.DeskCall.State;
import org.anticall.ops.media.SealedFile;
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

    @Override
    String matter() {
        return "";
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
        assertThat(page.locator("#shift-rules [data-rule=D10] td")).hasText(new String[] {"D10", "2", "2", "0", "0 %"});

        seat.locator(".name").click();
        page.locator("[data-force=sign-out]").click();
        assertThat(seat).containsText("ready"); // nobody does that without saying why
        page.locator("#force-why").fill("went home without signing out");
        page.locator("[data-force=sign-out]").click();

        assertThat(seat.locator("[data-act=pause]")).hasCount(0);
        examine("shift");
    }

    @Test
    void aRecordingIsHeardByWhoSaysWhyAndThatStandsBesideIt() throws Exception {
        ended("CALL-9", "+447700900193");
        SealedFile.write(state.resolve("recordings/CALL-9~000.acr"), KEY, secondOfSilence());
        signIn("supervisor");
        page.locator(".nav a[href='#recordings']").click();
        Locator row = page.locator("tr[data-id='CALL-9']");
        row.click();
        Locator hear = page.locator("acc-recording [data-part='0']");

        hear.click();
        assertThat(page.locator("acc-recording [role=alert]")).containsText("why");
        assertThat(page.locator("acc-recording audio")).hasCount(0);
        assertThat(page.locator("#looks li")).hasCount(0);
        page.locator("#hear-why").fill("complaint of the caller");
        hear.click();

        Await.until("it is heard", Duration.ofSeconds(20), () ->
                (boolean) page.evaluate("(document.querySelector('acc-recording audio')?.currentTime ?? 0) > 0"));
        Locator look = page.locator("#looks li");
        assertThat(look).hasCount(1);
        assertThat(look).containsText("supervisor");
        assertThat(look).containsText("complaint of the caller");
        assertThat(row.locator("td").last()).hasText("1");
        examine("recordings");
    }

    @Test
    void whatCallsDependOnIsToldInTheBarAtTheTop() {
        signIn("supervisor");

        assertThat(page.locator("#health-relays")).containsText("no relay");
        assertThat(page.locator("#health-recording")).hasAttribute("title", "recording");
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

    /** A WAV file as recordings are: stereo, 8,000 samples a second. */
    private static byte[] secondOfSilence() {
        int bytes = 4 * 8_000;
        ByteBuffer wav = ByteBuffer.allocate(44 + bytes).order(ByteOrder.LITTLE_ENDIAN);
        wav.put("RIFF".getBytes(StandardCharsets.US_ASCII)).putInt(36 + bytes);
        wav.put("WAVEfmt ".getBytes(StandardCharsets.US_ASCII)).putInt(16);
        wav.putShort((short) 1).putShort((short) 2).putInt(8_000).putInt(32_000);
        wav.putShort((short) 4).putShort((short) 16);
        wav.put("data".getBytes(StandardCharsets.US_ASCII)).putInt(bytes);
        return wav.array();
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
