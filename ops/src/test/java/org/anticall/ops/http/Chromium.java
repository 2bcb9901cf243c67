package org.anticall.ops.http;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Playwright;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.anticall.ops.acceptance.Needs;

/** The Chromium that is installed, without a window. */
public final class Chromium implements AutoCloseable {

    private final Playwright playwright;
    private final Browser browser;

    private Chromium(Path program, List<String> more) {
        playwright = Playwright.create(
                new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        browser = playwright
                .chromium()
                .launch(new BrowserType.LaunchOptions()
                        .setExecutablePath(program)
                        .setArgs(Stream.concat(Stream.of("--no-sandbox", "--disable-dev-shm-usage"), more.stream())
                                .toList()));
    }

    /** Starts it, or skips the test loudly if none is installed. */
    public static Chromium start() {
        Path program = Needs.program("chromium", "chromium");
        return new Chromium(program, List.of());
    }

    /** One whose microphone is {@code voice}, a WAV file that is played again and again. */
    public static Chromium withVoice(Path voice) {
        Path program = Needs.program("chromium", "chromium");
        return new Chromium(
                program,
                List.of(
                        "--use-fake-ui-for-media-stream",
                        "--use-fake-device-for-media-stream",
                        "--use-file-for-fake-audio-capture=" + voice,
                        "--autoplay-policy=no-user-gesture-required",
                        "--allow-loopback-in-peer-connection"));
    }

    public BrowserContext context(String language, int width, int height) {
        return browser.newContext(new Browser.NewContextOptions()
                .setLocale(language)
                .setTimezoneId("Asia/Almaty")
                .setViewportSize(width, height));
    }

    /** Stops all its processes where they are, as a machine does that falls asleep, until {@link #wake}. */
    public void sleep() throws IOException, InterruptedException {
        signal("STOP");
    }

    /** Lets it go on; nothing if it is awake. */
    public void wake() throws IOException, InterruptedException {
        signal("CONT");
    }

    private static void signal(String name) throws IOException, InterruptedException {
        String processes = ProcessHandle.current()
                .descendants()
                .filter(each -> each.info().command().orElse("").contains("chromium"))
                .map(each -> Long.toString(each.pid()))
                .collect(Collectors.joining(" "));
        Process kill = new ProcessBuilder("sh", "-c", "kill -" + name + " " + processes).start();
        if (processes.isEmpty() || kill.waitFor() != 0) {
            throw new IOException("no signal reaches the browser's processes: " + processes);
        }
    }

    @Override
    public void close() {
        browser.close();
        playwright.close();
    }
}
