package org.anticall.ops.http;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.concurrent.locks.LockSupport;
import org.anticall.ops.RunningCentre;
import org.anticall.ops.TestRecords;
import org.anticall.ops.desk.DeskCall;
import org.anticall.ops.desk.DeskCall.State;
import org.anticall.ops.desk.SeatStatus;
import org.anticall.ops.evidence.CallBoard;

/**
 * Whether the supervisor's page lags: 100 seats, 1,000 calls that wait, 50 changes a second for ten seconds, in a real
 * browser. Prints how long its frames took and how late a change was on the screen.
 *
 * <pre>
 * mvn -q -Dquick -pl ops -am test-compile dependency:build-classpath -Dmdep.outputFile=target/classpath
 * java -cp ops/target/test-classes:ops/target/classes:$(cat ops/target/classpath) org.anticall.ops.http.ConsoleBench
 * </pre>
 */
final class ConsoleBench {

    private static final int SEATS = 100;
    private static final int WAITING = 1_000;
    private static final int CHANGES = 500;
    private static final long APART_NANOS = 20_000_000;

    /** Frames are timed by the browser; a change by the call that talks longest, the page's first row. */
    private static final String WATCH =
            """
            () => {
              window.frames_ = [];
              window.late = [];
              let last = performance.now();
              const frame = (now) => { window.frames_.push(now - last); last = now; requestAnimationFrame(frame); };
              requestAnimationFrame(frame);
              const seen = new Set();
              new MutationObserver(() => {
                const id = document.querySelector("tr[data-id^=TIME]")?.dataset.id;
                if (id && !seen.has(id)) { seen.add(id); window.late.push(Date.now() - Number(id.slice(4))); }
              }).observe(document.body, { childList: true, subtree: true, attributes: true });
            }
            """;

    private static final String TELL =
            """
            () => {
              const at = (all, part) => all.sort((a, b) => a - b)[Math.min(all.length - 1, Math.floor(all.length * part))];
              const of = (all) => `p50 ${at(all, 0.5).toFixed(1)}, p99 ${at(all, 0.99).toFixed(1)}, max ${at(all, 1).toFixed(1)} (${all.length})`;
              return `frames, ms: ${of(window.frames_)}; change to screen, ms: ${of(window.late)}`;
            }
            """;

    private ConsoleBench() {}

    public static void main(String[] arguments) throws Exception {
        Path state = Files.createTempDirectory("console-bench");
        try (RunningCentre centre = new RunningCentre(state);
                Chromium chromium = Chromium.start();
                BrowserContext context = chromium.context("en-GB", 1920, 1080)) {
            CallBoard board = centre.server().board();
            Instant start = Instant.now();
            for (int i = 0; i < SEATS; i++) {
                board.changed(seat(i, SeatStatus.State.READY));
            }
            for (int i = 0; i < WAITING; i++) {
                board.changed(TestRecords.moved(
                        TestRecords.offered("W" + i, "+447700900123", "+77172345641", "D10", start.plusMillis(i)),
                        State.QUEUED,
                        null,
                        start));
            }
            Page page = context.newPage();
            page.navigate(centre.uri("/").toString());
            page.locator("#name").fill("supervisor");
            page.locator("#password").fill(centre.passwordOf("supervisor"));
            page.keyboard().press("Enter");
            page.locator("tr[data-id=W99]").waitFor();
            page.evaluate(WATCH);
            String talks = null;
            for (int i = 0; i < CHANGES; i++) {
                Instant now = Instant.now();
                if (i % 10 == 0) { // a call that has come before all others begins to be talked on
                    if (talks != null) {
                        board.changed(TestRecords.over(
                                TestRecords.offered(talks, "+447700900123", "+77172345641", "D10", start),
                                State.ENDED,
                                DeskCall.Outcome.CALLER_HUNG_UP,
                                now));
                    }
                    talks = "TIME" + System.currentTimeMillis();
                    board.changed(TestRecords.moved(
                            TestRecords.offered(talks, "+447700900123", "+77172345641", "D10", start),
                            State.ANSWERED,
                            "seat-1",
                            now));
                } else {
                    board.changed(seat(i % SEATS, i % 2 == 0 ? SeatStatus.State.READY : SeatStatus.State.WRAP_UP));
                }
                LockSupport.parkNanos(APART_NANOS);
            }
            System.out.println(
                    SEATS + " seats, " + WAITING + " waiting, " + CHANGES + " changes; " + page.evaluate(TELL));
        }
        System.exit(0);
    }

    private static SeatStatus seat(int number, SeatStatus.State state) {
        return new SeatStatus("seat-" + number, state, Instant.now(), null, 0, null, null, false);
    }
}
