package org.anticall.ops.http;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ReducedMotion;
import java.io.IOException;
import java.time.Instant;
import org.anticall.ops.TestRecords;
import org.anticall.ops.desk.DeskCall.State;
import org.junit.jupiter.api.Test;

/** Journeys without a mouse. */
class KeyboardBrowserTest extends BrowserTest {

    @Test
    void everyPageOfASupervisorIsReachedByKeysAndKeepsNobodyOut() throws IOException {
        centre.server()
                .board()
                .changed(TestRecords.moved(
                        TestRecords.offered(
                                "7Q4K21M8R0ABCDEFGHJK", "+442079460018", "+77172345641", "D20", Instant.now()),
                        State.ANSWERED,
                        "101",
                        Instant.now()));
        signIn("supervisor");
        assertThat(page.locator("tr[data-id]")).isVisible();

        page.keyboard().press("ArrowDown");
        assertThat(page.locator("tr[data-id]")).isFocused();
        assertThat(page.locator("[data-act=takeover]")).isVisible();
        examine("shift-chosen");
        go("c", "Calls at the desk");
        examine("calls");
        go("l", "Recordings");
        assertThat(page.locator(".empty")).containsText("This centre does not record calls");
        examine("recordings");
        go("o", "Orders");
        go("r", "Redress");
        go("s", "Shift");
    }

    @Test
    void theHelpShowsTheKeysOfThePageAndIsLeftByOneKey() throws IOException {
        signIn("supervisor");
        assertThat(page.locator("#all-keys")).isVisible();

        page.keyboard().press("Shift+Slash");

        assertThat(page.locator("dialog")).isVisible();
        assertThat(page.locator("dialog")).containsText("Take over");
        assertThat(page.locator("dialog")).containsText("Everywhere");
        examine("keys");
        page.keyboard().press("Escape");
        assertThat(page.locator("dialog")).isHidden();
        page.locator("#all-keys").focus();
        page.keyboard().press("Enter");
        assertThat(page.locator("dialog")).isVisible();
        page.keyboard().press("Escape");
        assertThat(page.locator("#all-keys")).isFocused();
    }

    @Test
    void whoTurnsLettersOffIsNotSentAwayByOne() {
        signIn("supervisor");
        assertThat(page.locator("#all-keys")).isVisible();
        page.keyboard().press("Shift+Slash");
        page.locator("#letters").focus();
        page.keyboard().press("Space");
        page.keyboard().press("Escape");

        page.keyboard().press("g");
        page.keyboard().press("c");
        page.keyboard().press("Shift+Slash"); // answered after the letters

        assertThat(page.locator("dialog")).isVisible();
        assertThat(page.locator("acc-shift")).hasCount(1);
        assertThat(page.locator("acc-calls")).hasCount(0);
    }

    @Test
    void theFirstKeyLeadsPastTheBar() {
        signIn("auditor");
        assertThat(page.locator(".skip")).hasCount(1);

        page.keyboard().press("Tab");
        assertThat(page.locator(".skip")).isFocused();
        page.keyboard().press("Enter");

        assertThat(page.locator("main")).isFocused();
    }

    @Test
    void whoWantsNoMotionGetsNone() {
        page.emulateMedia(new Page.EmulateMediaOptions().setReducedMotion(ReducedMotion.REDUCE));

        assertEquals(
                "0s 0ms 0ms",
                page.evaluate("() => ['--ring-period', '--dur-1', '--dur-2'].map((name) =>"
                        + " getComputedStyle(document.documentElement).getPropertyValue(name).trim()).join(' ')"));
    }

    private void go(String letter, String title) {
        page.keyboard().press("g");
        page.keyboard().press(letter);
        assertThat(page.locator("h1")).hasText(title);
    }
}
