package org.anticall.ops.http;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.AriaRole;
import java.io.IOException;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;
import org.anticall.ops.TestRecords;
import org.anticall.ops.desk.DeskCall;
import org.anticall.ops.desk.DeskCall.State;
import org.junit.jupiter.api.Test;

/** Journeys through the console in a real browser. */
class ConsoleBrowserTest extends BrowserTest {

    @Override
    String firstPage() {
        return "/#calls"; // an operator's own first page is the seat
    }

    @Test
    void aWrongPasswordIsToldWithTheTriesThatAreLeft() {
        signIn("operator", "not the password");

        assertThat(page.getByRole(AriaRole.ALERT)).containsText("Name or password is wrong. 4 tries are left");
        assertThat(page.locator("#password")).isFocused();
        assertThat(page.locator("#password")).hasValue("");
    }

    @Test
    void anEmptyListSaysWhatItMeans() {
        signIn("supervisor");

        assertThat(page.locator(".empty")).containsText("No call is at the desk");
        assertThat(page.locator("#link")).containsText("link");
    }

    @Test
    void aDivertedCallAppearsMaskedAndTheReasonFollowsItsRecord() throws IOException, InterruptedException {
        signIn("operator");
        assertThat(page.locator(".empty")).isVisible();
        Instant now = Instant.now();
        DeskCall call = TestRecords.offered("7Q4K21M8R0ABCDEFGHJK", "+77172700000", "+77172345641", "D10", now);

        centre.server().board().changed(call);

        assertThat(row()).containsText("+7 717 270 00 00");
        assertThat(row()).containsText("Kazakhstan");
        assertThat(row()).containsText("+7 717 2•• •• 41");
        assertThat(row()).containsText("rule D10");
        assertThat(row()).containsText("The reason has not come from the gateway yet");

        centre.deliver(TestRecords.diverted(
                call.recordId(), 77172700000L, 77172345641L, "D10", TestRecords.LANDLINE_FROM_ABROAD, now));
        centre.server().board().changed(TestRecords.moved(call, State.RINGING, "101", now));

        assertThat(row()).containsText("A Kazakh landline number calls from abroad");
        assertThat(row().locator(".v")).hasText("Ringing");
        assertThat(row()).containsText("seat 101");
        assertFalse(page.content().contains("77172345641"), "the callee's number must not reach the page");
        assertFalse(page.content().contains("345 64"), "the callee's number must not reach the page");
    }

    @Test
    void theReceiptShowsTheGroundAndTheNumberOnlyOnDemand() throws IOException, InterruptedException {
        signIn("operator");
        divert("7Q4K21M8R0ABCDEFGHJK");
        assertThat(row()).isVisible();

        page.keyboard().press("ArrowDown");
        page.keyboard().press("Enter");

        assertThat(page.locator("#receipt-reason")).containsText("A Kazakh landline number calls from abroad");
        assertThat(page.locator("acc-receipt")).containsText("revision 7");
        assertThat(page.locator("#callee")).hasText("+7 717 2•• •• 41");
        assertThat(page.locator("acc-receipt footer")).containsText("1 look in the access log");

        page.keyboard().press("v");

        assertThat(page.locator("#callee")).hasText("+7 717 234 56 41");
    }

    @Test
    void theReaderChoosesLanguageAndTheme() throws IOException, InterruptedException {
        signIn("prosecutor");
        divert("7Q4K21M8R0ABCDEFGHJK");
        assertThat(row()).isVisible();

        page.locator("#language").selectOption("ru");

        assertThat(page.locator("h1")).hasText("Вызовы у операторов");
        assertThat(row()).containsText("С городского номера Казахстана звонят из-за рубежа");
        assertThat(page.locator("html")).hasAttribute("lang", "ru");
        page.getByLabel("Тёмная или светлая тема").click();
        assertThat(page.locator("html")).hasAttribute("data-theme", "light");

        page.reload();

        assertThat(page.locator("h1")).hasText("Вызовы у операторов");
        assertThat(page.locator("html")).hasAttribute("data-theme", "light");
    }

    @Test
    void aChangeAtTheDeskIsOnTheScreenWithinAFifthOfASecond() {
        signIn("operator");
        assertThat(page.locator(".empty")).isVisible();
        page.evaluate(
                """
                () => {
                  window.seen = {};
                  new MutationObserver(() => {
                    for (const row of document.querySelectorAll("tr[data-id]")) window.seen[row.dataset.id] ??= Date.now();
                  }).observe(document.body, {childList: true, subtree: true});
                }""");

        long fastest = Long.MAX_VALUE;
        for (int i = 0; i < 20 && fastest >= 200; i++) { // a busy machine may be late, but not each time
            String id = "7Q4K21M8R0ABCDEFGHJ" + (char) ('A' + i);
            long told = System.currentTimeMillis();
            centre.server().board().changed(TestRecords.offered(id, "+442079460018", "112", "D20", Instant.now()));
            page.waitForFunction("id => window.seen[id] > 0", id);
            fastest = Math.min(fastest, ((Number) page.evaluate("id => window.seen[id]", id)).longValue() - told);
        }
        assertTrue(fastest < 200, "the fastest change took " + fastest + " ms to the screen");
    }

    @Test
    void aGapInTheNumbersOfTheChangesBringsANewSnapshot() {
        AtomicInteger asked = new AtomicInteger();
        page.route("**/api/live", route -> {
            if (asked.getAndIncrement() > 0) {
                route.resume();
                return;
            }
            String nothing = "\"calls\":[],\"seats\":[]}\n\n";
            route.fulfill(new Route.FulfillOptions()
                    .setContentType("text/event-stream")
                    .setBody("event: snapshot\ndata: {\"seq\":5," + nothing + "event: change\ndata: {\"seq\":7,"
                            + nothing));
        });
        centre.server()
                .board()
                .changed(TestRecords.offered("7Q4K21M8R0ABCDEFGHJK", "+442079460018", "112", "D20", Instant.now()));

        signIn("prosecutor");

        assertThat(row()).containsText("+44 20 7946 0018");
        assertTrue(asked.get() > 1, "the page asked " + asked + " times");
    }

    @Test
    void slashGoesToTheSearchAndTheSearchNarrowsTheList() throws IOException, InterruptedException {
        signIn("operator");
        divert("7Q4K21M8R0ABCDEFGHJK");
        assertThat(row()).isVisible();

        page.keyboard().press("/");
        page.keyboard().type("44 20");

        assertThat(page.locator("#filter")).isFocused();
        assertThat(page.locator(".empty")).containsText("No calls found");
        page.locator("#filter").fill("717 270");
        assertThat(row()).isVisible();
    }

    @Test
    void aSessionThatEndsLeadsBackToTheSignIn() throws IOException, InterruptedException {
        signIn("operator");
        assertThat(page.locator(".empty")).isVisible();

        page.getByText("Sign out").click();

        assertThat(page.locator("h1")).hasText("Sign in");
        assertTrue(context.cookies().stream()
                .filter(cookie -> cookie.name.equals(Gate.COOKIE))
                .allMatch(cookie -> cookie.value.isEmpty()));
    }

    private Locator row() {
        return page.locator("tr[data-id]");
    }

    private void divert(String id) throws IOException, InterruptedException {
        Instant now = Instant.now();
        centre.deliver(
                TestRecords.diverted(id, 77172700000L, 77172345641L, "D10", TestRecords.LANDLINE_FROM_ABROAD, now));
        centre.server().board().changed(TestRecords.offered(id, "+77172700000", "+77172345641", "D10", now));
    }
}
