package org.anticall.ops.http;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.io.IOException;
import java.time.Instant;
import java.util.Map;
import org.anticall.ops.TestRecords;
import org.junit.jupiter.api.Test;

/** Appeals and allow entries in a real browser. */
class RedressBrowserTest extends BrowserTest {

    @Test
    void anAppealIsTakenAndUpheldByAnotherPerson() throws IOException, InterruptedException {
        for (int i = 0; i < 12; i++) {
            centre.deliver(TestRecords.diverted(
                    "R" + i,
                    i < 9 ? 77172700000L : 77172700000L + i,
                    77172345641L,
                    "D10",
                    TestRecords.LANDLINE_FROM_ABROAD,
                    Instant.now().minusSeconds(60 + i)));
        }
        Visitor operator = Visitor.signedIn(centre, "operator");
        for (int i = 0; i < 12; i++) {
            operator.post(
                    "/api/findings",
                    Map.of("record", "R" + i, "kind", i < 4 ? "legitimate" : "fraud", "note", "a bank calls back"));
        }
        open("supervisor");
        assertThat(page.locator(".empty").first()).containsText("No appeals");
        page.locator("#new-appeal").click();
        page.locator("#take").click();
        assertThat(page.locator("#appeal-form .err").first()).containsText("too short");
        page.locator("#name").fill("А. Омарова");
        page.locator("#contact").fill("omarova@example.kz");
        page.locator("#number").fill("+7 717 270 00 00");
        page.locator("#text").fill("Банк клиенттеріне қоңырау шала алмай отырмыз.");
        page.locator("#take").click();
        assertThat(page.locator("#concerned tr")).hasCount(9);
        assertThat(page.locator("[data-also=D10] tr")).hasCount(3);
        examine("appeal");
        page.locator("#tab-precision").click();
        assertThat(page.locator("#precision")).containsText("propose shadow");
        assertThat(page.locator("#precision")).containsText("67 %");
        examine("precision");
        page.getByText("Sign out").click();

        open("approver");
        page.locator("tr[data-id]").click();
        page.locator("#uphold").click();
        page.locator("#why").fill("The owner has shown the contract.");
        page.locator("#do").click();
        assertThat(page.getByRole(AriaRole.STATUS)).containsText("Sent to the gateways with revision 2");
        assertThat(page.locator("tr[data-id]")).containsText("Upheld");
        page.locator("#tab-allow").click();
        page.locator("tr[data-id]")
                .filter(new Locator.FilterOptions().setHasText("appeal"))
                .click();
        assertThat(page.locator("#detail")).containsText("The owner has shown the contract.");
        examine("allow");
        page.locator("#language").selectOption("ru");
        assertThat(page.locator("h1")).hasText("Обжалование и разрешения");
        page.locator("#tab-appeals").click();
        page.locator("tr[data-id]").click();
        assertThat(page.locator("#concerned tr")).hasCount(9);
        examine("appeal-ru");
        page.locator("#language").selectOption("kk");
        page.getByLabel("Қараңғы немесе жарық көрініс").click();
        examine("appeal-kk");
    }

    @Test
    void revisionsAreComparedAndWhatIsComingIsTriedOnTheLastDays() throws IOException {
        open("approver");
        Visitor approver = Visitor.signedIn(centre, "approver");
        approver.post("/api/revisions", Map.of("revision", 2, "why", "nothing new"));
        page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Publishing"))
                .click();
        page.locator("#backtest").click();
        assertThat(page.locator("#tested")).containsText("callers caught 0, freed 0");
        page.locator("#before").fill("1");
        page.locator("#after").fill("2");
        page.locator("#compare").click();
        assertThat(page.locator("#compared")).containsText("No difference");
        examine("compare");
    }

    @Test
    void aCallsPageTellsWhatWouldHappenNowAndKeepsItAsEvidence() throws IOException, InterruptedException {
        Instant now = Instant.now();
        centre.deliver(TestRecords.diverted(
                "7Q4K21M8R0ABCDEFGHJK", 77172700000L, 77172345641L, "D10", TestRecords.LANDLINE_FROM_ABROAD, now));
        centre.server()
                .board()
                .changed(TestRecords.offered("7Q4K21M8R0ABCDEFGHJK", "+77172700000", "+77172345641", "D10", now));
        signIn("prosecutor");
        page.locator("tr[data-id]").click();

        page.locator("#try").click();
        assertThat(page.locator("#trial")).containsText("Reject");
        page.locator("#hold").click();
        page.locator("#hold-why").fill("case 7-18");
        page.locator("#hold-do").click();

        assertThat(page.locator("#held")).containsText("Kept as evidence");
        assertThat(page.locator("#hold")).containsText("No longer evidence");
    }

    @Test
    void aConditionIsWrittenInSentencesAndReadBack() throws IOException {
        signIn("prosecutor");
        page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Orders"))
                .click();
        page.locator("#new").click();
        page.locator("#title").fill("Calls many people at night");
        page.locator("#document").fill("7-18/2240");
        page.locator("#office").fill("Astana");
        page.locator("#kind").selectOption("condition");
        page.locator("[data-row='0'] input").fill("25");
        page.locator("#cond-add").click();
        page.locator("[data-row='1'] select").first().selectOption("class");
        page.locator("#cond-add").click();
        page.locator("[data-row='2'] input").fill("+44, +33");
        examine("condition");
        page.locator("#save").click();
        assertThat(page.locator(".page-head")).containsText("saved, version 1");
        String written = Visitor.signedIn(centre, "prosecutor")
                .get("/api/orders/1")
                .body()
                .at("/content/target/json")
                .asText();
        assertEquals(
                "{\"trunk\":\"international\",\"all\":[{\"behaviour\":{\"distinct-callees\":{\"within\":\"10m\",\"at-least\":25}}},"
                        + "{\"caller\":{\"class\":\"home-fixed\"}},{\"caller\":{\"number\":[\"+44*\",\"+33*\"]}}]}",
                written);

        page.navigate(centre.uri("/#orders/1").toString());
        page.reload();
        assertThat(page.locator("[data-row]")).hasCount(3);
        assertThat(page.locator("[data-row='2'] input")).hasValue("+44, +33");
        page.locator("#caller").fill("+447700900217");
        page.locator("#callee").fill("+77172345641");
        page.locator("#try").click();
        assertThat(page.locator("#trial")).containsText("Pass");
    }

    private void open(String role) {
        signIn(role);
        page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Redress"))
                .click();
        assertThat(page.locator("h1")).hasText("Redress");
    }
}
