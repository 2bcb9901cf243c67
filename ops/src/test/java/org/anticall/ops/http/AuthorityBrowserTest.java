package org.anticall.ops.http;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.FilePayload;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.anticall.ops.RunningCentre;
import org.anticall.ops.StartFailure;
import org.anticall.ops.TestRecords;
import org.anticall.ops.people.Role;
import org.anticall.ops.people.SecondFactor;
import org.anticall.ops.redress.Precision;
import org.junit.jupiter.api.Test;

/** The pages of those who run accounts, and of prosecutors and auditors, in a real browser; each is examined by axe. */
class AuthorityBrowserTest extends BrowserTest {

    @Override
    RunningCentre centre() throws StartFailure {
        return RunningCentre.withSecondFactorFor(state, Set.of(Role.PROSECUTOR));
    }

    @Test
    void aProsecutorSetsUpTheSecondFactorAndSignsInWithIt() throws IOException {
        signIn("prosecutor");
        assertThat(page.locator("h1")).hasText("Second factor");
        examine("enrol");
        page.locator("#code").fill("000000");
        page.keyboard().press("Enter");
        assertThat(page.getByRole(AriaRole.ALERT)).containsText("The code does not belong to this key");
        String secret = page.locator("#secret").textContent().replace(" ", "");

        page.locator("#code").fill(SecondFactor.codeAt(secret, Instant.now()));
        page.keyboard().press("Enter");
        assertThat(page.locator("#codes li")).hasCount(10);
        page.getByText("I have kept the codes").click();

        signIn("prosecutor");
        assertThat(page.locator("#code")).isFocused();
        page.locator("#code").fill(SecondFactor.codeAt(secret, Instant.now()));
        page.keyboard().press("Enter");
        assertThat(page.locator("h1")).not().hasText("Sign in");
        assertThat(page.locator(".topbar")).containsText("prosecutor");
    }

    @Test
    void anAdministratorAddsAPersonWithAnAccountAndAnAuditorSeesIt() throws IOException {
        signIn("carrier-admin");
        assertThat(page.locator("h1")).hasText("People and accounts");
        page.getByLabel("Staff number").fill("900101300001");
        page.getByLabel("Department").fill("1-бөлім");
        page.locator("#personName").fill("Н. Есімова");
        page.getByText("Add the person").click();
        assertThat(page.getByRole(AriaRole.ROW).filter(new Locator.FilterOptions().setHasText("Н. Есімова")))
                .isVisible();

        page.locator("#name").fill("N E");
        page.locator("#role").selectOption("prosecutor");
        page.getByText("Add the account").click();
        assertThat(page.locator(".err")).containsText("'N E': small Latin letters");
        page.locator("#name").fill("n.yesimova");
        page.getByText("Add the account").click();
        assertThat(page.locator("#password")).hasText(Pattern.compile("([a-z2-9]{4}-){3}[a-z2-9]{4}"));
        examine("people");
        page.getByText("Sign out").click();

        signIn("auditor");
        page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Audit"))
                .click();
        assertThat(page.locator("h1")).hasText("Audit trail");
        page.locator("#action").fill("account.add");
        page.keyboard().press("Enter");
        assertThat(page.locator("tbody tr").first()).containsText("account n.yesimova");
        assertThat(page.locator("tbody tr").first()).containsText("carrier-admin");
        page.locator("#sign").click();
        assertThat(page.locator(".page-head")).containsText("signed on");
        examine("audit");
    }

    @Test
    void anOrderGoesFromTheFormToARevisionThroughTwoPersons() throws IOException, StartFailure {
        withoutSecondFactor();
        signIn("prosecutor");
        page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Orders"))
                .click();
        assertThat(page.locator(".empty")).containsText("No orders found");
        page.keyboard().press("c");
        page.locator("#title").fill("Calls of the campaign with the false bank");
        page.locator("#numbers").fill("+44 7700 900 217\n+44 7700 900 218");
        page.locator("#submit").click();
        assertThat(page.locator("#basis\\.scan-problem")).containsText("Attach the signed PDF");
        assertThat(page.locator(".err")).hasCount(4);
        examine("order-refused");

        page.locator("#document").fill("7-18/2240");
        page.locator("#office").fill("Prosecutor of Astana");
        page.locator("#territory").fill("Astana");
        page.locator("#scan")
                .setInputFiles(new FilePayload(
                        "order.pdf", "application/pdf", "%PDF-1.7 signed".getBytes(StandardCharsets.UTF_8)));
        assertThat(page.locator("#hash")).isVisible();
        page.keyboard().press("Alt+t");
        assertThat(page.locator("#caller")).isFocused();
        page.keyboard().type("+447700900217");
        page.locator("#callee").fill("+77172345641");
        page.locator("#try").click();
        assertThat(page.locator("#trial")).containsText("To an operator");
        page.locator("#backtest").click();
        assertThat(page.locator("#tested")).containsText("recorded calls were judged");
        examine("order-edit");
        page.keyboard().press("Control+Enter");
        assertThat(page.locator("tr[data-id]")).containsText("For approval");
        page.getByText("Sign out").click();

        signIn("approver");
        page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Orders"))
                .click();
        page.locator("[data-look]").click();
        assertThat(page.locator("#detail")).containsText("+447700900217, +447700900218");
        examine("orders");
        page.locator("#approve").click();
        assertThat(page.locator("tr[data-id]")).containsText("Approved");
        page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Publishing"))
                .click();
        assertThat(page.locator("#difference")).containsText("O1");
        assertThat(page.locator("#rehearsal")).containsText("2 trial calls well");
        examine("publish");
        page.locator("#number").fill("2");
        page.locator("#publish").click();
        assertThat(page.locator("#state")).containsText("Revision 2 enforced on 0 of 0");
        page.locator("[data-back='1']").click();
        page.locator("#why").fill("too early");
        page.locator("#rollback").click();
        assertThat(page.locator("#state")).containsText("Revision 3");
        assertThat(page.locator("tbody tr").first()).containsText("too early");
    }

    @Test
    void aFileOfOrdersIsCheckedImportedAndUndone() throws IOException, StartFailure {
        withoutSecondFactor();
        signIn("prosecutor");
        page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Orders"))
                .click();
        page.locator("#import-open").click();
        String heading = "title;target;action;type;document;date;office;territory;confidence;origin\n";
        String good = "Bank;+447700900217;divert;prosecutor-order;7-1;2026-11-21;Astana;Astana;90;operator\n";
        page.locator("#import-file").setInputFiles(csv(heading + good + good.replace("divert", "explode")));
        page.locator("#import-check").click();
        assertThat(page.locator("#import-problems tbody tr")).containsText("3");
        assertThat(page.locator("#import-problems tbody tr")).containsText("'explode' is none of");
        assertThat(page.locator("#import-go")).isDisabled();
        examine("import");

        page.locator("#import-file").setInputFiles(csv(heading + good));
        page.locator("#import-check").click();
        page.locator("#import-go").click();
        assertThat(page.locator("tr[data-id]")).containsText("Draft");
        page.locator("tr[data-id]").click();
        assertThat(page.locator("#import-steps")).containsText("Import 1");
        page.locator("#import-submit").click();
        assertThat(page.locator("#import-steps .note")).containsText("signed PDF");
        page.locator("#import-scan")
                .setInputFiles(new FilePayload(
                        "order.pdf", "application/pdf", "%PDF-1.7 signed".getBytes(StandardCharsets.UTF_8)));
        page.locator("#import-submit").click();
        assertThat(page.locator("tr[data-id]")).containsText("For approval");
        assertThat(page.locator("#import-steps")).containsText("Done: 1.");
        examine("import-steps");
        page.locator("#undo-why").fill("wrong file");
        page.locator("#import-undo").click();
        assertThat(page.locator("tr[data-id]")).containsText("Revoked");
    }

    @Test
    void whoSavesAfterSomebodyElseIsToldWhatChangedAndLosesNothing() throws IOException, StartFailure {
        withoutSecondFactor();
        Visitor another = Visitor.signedIn(centre, "prosecutor");
        Map<String, Object> form = new HashMap<>(OrdersOverHttp.form("divert", ""));
        assertEquals(201, another.post("/api/orders", form).status());
        signIn("prosecutor");
        page.navigate(centre.uri("/#orders/1").toString());
        assertThat(page.locator("#title")).hasValue("Calls of the campaign");
        form.put("territory", "Almaty");
        form.put("version", 1);
        assertEquals(200, another.put("/api/orders/1", form).status());

        page.locator("#title").fill("Calls of the false bank");
        page.locator("#save").click();
        assertThat(page.locator("#newer")).containsText("Version 2 is there meanwhile; changed: Territory");
        assertThat(page.locator("#title")).hasValue("Calls of the false bank");
        examine("order-newer");
        page.locator("#mine").click();
        assertThat(page.locator(".page-head")).containsText("version 3");
        assertThat(page.locator("#newer")).hasCount(0);

        form.put("territory", "Shymkent");
        form.put("version", 3);
        assertEquals(200, another.put("/api/orders/1", form).status());
        page.locator("#title").fill("Calls of nobody");
        page.locator("#save").click();
        page.locator("#theirs").click();
        assertThat(page.locator("#territory")).hasValue("Shymkent");
        assertThat(page.locator("#title")).hasValue("Calls of the campaign");
    }

    @Test
    void aListIsFilledFromAFileThatAnotherPersonApproves() throws IOException, StartFailure {
        withoutSecondFactor();
        signIn("prosecutor");
        page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Orders"))
                .click();
        page.locator("#lists-open").click();
        page.locator("#list-name").fill("Fraud");
        page.locator("#list-purpose").fill("from partners");
        page.locator("#list-make-go").click();
        assertThat(page.locator(".err")).containsText("'Fraud': a small Latin letter");
        page.locator("#list-name").fill("fraud-2026");
        page.locator("#list-make-go").click();
        page.locator("[data-list='fraud-2026']").click();
        page.locator("#list-file").setInputFiles(csv("+447700900217\nnonsense\n"));
        page.locator("#list-check").click();
        assertThat(page.locator("#list-problems tbody tr")).containsText("2");
        assertThat(page.locator("#list-problems tbody tr")).containsText("'nonsense' is no number");
        assertThat(page.locator("#list-go")).isDisabled();
        examine("lists");

        page.locator("#list-file").setInputFiles(csv("+447700900217\n+4477008*\n"));
        page.locator("#list-document").fill("7-18/2240");
        page.locator("#list-check").click();
        page.locator("#list-go").click();
        assertThat(page.locator("tr[data-import]")).containsText("Waits for approval");
        page.getByText("Sign out").click();

        signIn("approver");
        page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Orders"))
                .click();
        page.locator("#lists-open").click();
        page.locator("[data-list='fraud-2026']").click();
        page.locator("[data-approve]").click();
        assertThat(page.locator("tr[data-import]")).containsText("Counts");
        page.locator("#list-find").fill("+447700800001");
        page.locator("#list-find-go").click();
        assertThat(page.locator("#matter-h")).hasText("Why do you look?");
        examine("matter");
        page.locator("#matter-go").click();
        assertThat(page.locator("#matter-short")).containsText("3 to 200 characters");
        page.locator("#matter-why").fill("case 7-18/2240");
        page.keyboard().press("Enter");
        assertThat(page.locator("#list-found")).containsText("fraud-2026: +4477008* (7-18/2240)");
        assertThat(page.locator("#matter")).hasText("case 7-18/2240");
        page.locator("[data-undo]").click();
        page.locator("#list-why").fill("wrong file");
        page.locator("#list-undo").click();
        assertThat(page.locator("tr[data-import]")).containsText("Undone");
    }

    @Test
    void anEmergencyOrderIsConfirmedAndWatchedAgainWhenItIsTooOftenWrong()
            throws IOException, StartFailure, InterruptedException {
        withoutSecondFactor();
        Visitor supervisor = Visitor.signedIn(centre, "supervisor");
        Map<String, Object> form = new HashMap<>(OrdersOverHttp.form("divert", ""));
        form.put("why", "the campaign runs now");
        assertEquals(201, supervisor.post("/api/orders/emergency", form).status());
        for (int i = 0; i < Precision.FEWEST; i++) {
            centre.deliver(TestRecords.diverted(
                    "R" + i, 447700900217L, 77172345641L, "O1", TestRecords.LANDLINE_FROM_ABROAD, Instant.now()));
            Map<String, Object> found = Map.of("record", "R" + i, "kind", "legitimate", "note", "a bank calls back");
            assertEquals(201, supervisor.post("/api/findings", found).status());
        }

        signIn("approver");
        page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Orders"))
                .click();
        page.locator("tr[data-id]").click();
        assertThat(page.locator("#precision")).containsText("propose shadow");
        page.locator("#confirm").click();
        page.locator("#do").click();
        assertThat(page.locator("#detail .steps")).containsText("Emergency order confirmed");
        assertThat(page.locator("#confirm")).hasCount(0);
        page.locator("#shadow").click();
        page.locator("#why").fill("seven of ten were honest");
        page.locator("#do").click();
        assertThat(page.locator("#detail .steps")).containsText("seven of ten were honest");
        assertThat(page.locator("#live")).isVisible();
        examine("order-watched");
    }

    private void withoutSecondFactor() throws StartFailure {
        centre.close();
        centre = new RunningCentre(state.resolve("other"));
        page.navigate(centre.uri("/").toString());
        complaints.clear(); // of the page whose centre was stopped
    }

    private static FilePayload csv(String text) {
        return new FilePayload("orders.csv", "text/csv", text.getBytes(StandardCharsets.UTF_8));
    }
}
