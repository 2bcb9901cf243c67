package org.anticall.ops.http;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import java.io.IOException;
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

    /** What the person at the page works on, so that no look has to be explained; empty: nothing yet. */
    String matter() {
        return "a test";
    }

    /** What is opened first. */
    String firstPage() {
        return "/";
    }

    @BeforeEach
    final void openTheConsole() throws StartFailure {
        centre = centre();
        context = chromium.context("en-GB", 1280, 800);
        context.addInitScript(
                "sessionStorage.getItem('matter') ?? sessionStorage.setItem('matter', '" + matter() + "')");
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

    /** Lets axe look for barriers in both themes, see {@link Barriers#none}. */
    void examine(String name) throws IOException {
        Barriers.none(page, name);
    }
}
