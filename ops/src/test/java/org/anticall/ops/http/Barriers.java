package org.anticall.ops.http;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.microsoft.playwright.Page;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/** What keeps people out of a page, as axe finds it (WCAG 2.2 A and AA). */
public final class Barriers {

    private static final String AXE = "/META-INF/resources/webjars/axe-core/4.6.3/axe.min.js";
    private static final String FIND =
            """
            async () => (await axe.run(document, {runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}))
              .violations.map((each) => `${each.id}: ${each.nodes.map((node) => node.target.join(" ")).join(", ")}`)
            """;

    /** What the window cuts off at the side, and what is too small to be hit (WCAG 2.2, 2.5.8). */
    private static final String SPILL =
            """
            () => [...document.querySelectorAll("main *, header *, footer *, section *, dialog[open] *")]
              .filter((each) => !each.closest(".sr, svg, option, dialog:not([open])"))
              .map((each) => [each, each.getBoundingClientRect()])
              .filter(([each, box]) => box.width > 0 && (box.right > innerWidth + 1
                || (each.matches("button, a.btn, select, [role=tab]") && Math.min(box.height, box.width) < 23.5)))
              .map(([each, box]) => `${each.tagName}.${each.className} ${Math.round(box.width)}x${Math.round(box.height)} to ${Math.round(box.right)}: ${each.textContent.trim().slice(0, 40)}`)
            """;

    /** Colours fade when the theme changes; what blinks for ever is not waited for. */
    private static final String SETTLE =
            """
            () => Promise.all(document.getAnimations()
              .filter((each) => each.effect.getComputedTiming().endTime !== Infinity)
              .map((each) => each.finished.catch(() => {})))
            """;

    private Barriers() {}

    /** Fails if there is one, in the dark or the light theme; keeps pictures if ANTICALL_PICTURES names a directory. */
    public static void none(Page page, String name) throws IOException {
        try (InputStream in = Barriers.class.getResourceAsStream(AXE)) {
            page.evaluate(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        }
        for (String theme : List.of("light", "dark")) {
            page.evaluate("theme => { document.documentElement.dataset.theme = theme; }", theme);
            page.evaluate(SETTLE);
            picture(page, name + "-" + theme);
            assertEquals(List.of(), page.evaluate(FIND), name + ", " + theme);
        }
        assertEquals(List.of(), page.evaluate(SPILL), name + " sticks out of the window");
    }

    private static void picture(Page page, String name) {
        String pictures = System.getenv("ANTICALL_PICTURES");
        if (pictures == null) {
            return;
        }
        for (int[] size : new int[][] {{1920, 1080}, {1280, 800}}) {
            page.setViewportSize(size[0], size[1]);
            page.screenshot(new Page.ScreenshotOptions().setPath(Path.of(pictures, name + "-" + size[0] + ".png")));
        }
    }
}
