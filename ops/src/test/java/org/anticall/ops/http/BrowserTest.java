package org.anticall.ops.http;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.anticall.ops.RunningCentre;
import org.anticall.ops.StartFailure;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A page of a centre of its own in a real browser; what the browser's console complains of fails the test. */
abstract class BrowserTest {

    private static final String AXE = "/META-INF/resources/webjars/axe-core/4.6.3/axe.min.js";

    private static Chromium chromium;

    @TempDir
    Path state;

    RunningCentre centre;
    BrowserContext context;
    Page page;
    final List<String> complaints = new ArrayList<>();

    @BeforeAll
    static void startBrowser() {
        PlaywrightAssertions.setDefaultAssertionTimeout(20_000); // two cores may have much else to do
        chromium = Chromium.start();
    }

    @AfterAll
    static void stopBrowser() {
        if (chromium != null) {
            chromium.close();
        }
    }

    /** The centre that the page is of. */
    RunningCentre centre() throws StartFailure {
        return new RunningCentre(state);
    }

    /** What is opened first. */
    String firstPage() {
        return "/";
    }

    @BeforeEach
    final void openTheConsole() throws StartFailure {
        centre = centre();
        context = chromium.context("en-GB", 1280, 800);
        page = context.newPage();
        page.onPageError(complaints::add);
        page.onConsoleMessage(message -> {
            // What the centre refuses is the test's own business.
            if (message.type().equals("error") && !message.text().matches(".*status of 4\\d\\d.*")) {
                complaints.add(message.text());
            }
        });
        page.navigate(centre.uri(firstPage()).toString());
    }

    @AfterEach
    final void closeTheConsole() {
        context.close();
        centre.close();
        assertEquals(List.of(), complaints, "errors in the browser's console");
    }

    void signIn(String account) {
        signIn(account, centre.passwordOf(account));
    }

    void signIn(String account, String password) {
        assertThat(page.locator("h1")).hasText("Sign in");
        page.locator("#name").fill(account);
        page.locator("#password").fill(password);
        page.keyboard().press("Enter");
    }

    /** Lets axe look for barriers (WCAG 2.1 A and AA) and keeps pictures if ANTICALL_PICTURES names a directory. */
    void examine(String name) throws IOException {
        try (InputStream in = BrowserTest.class.getResourceAsStream(AXE)) {
            page.evaluate(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        }
        Object found = page.evaluate(
                "async () => (await axe.run(document, {runOnly: ['wcag2a', 'wcag2aa', 'wcag21aa']}))"
                        + ".violations.map((each) => each.id + ': ' + each.nodes.map((node) => node.target.join(' ')).join(', '))");
        String pictures = System.getenv("ANTICALL_PICTURES");
        if (pictures != null) {
            for (int[] size : new int[][] {{1280, 800}, {1920, 1080}}) {
                page.setViewportSize(size[0], size[1]);
                page.screenshot(new Page.ScreenshotOptions().setPath(Path.of(pictures, name + "-" + size[0] + ".png")));
            }
            page.setViewportSize(1280, 800);
        }
        assertEquals(List.of(), found, name);
    }
}
