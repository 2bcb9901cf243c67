package org.anticall.ops.http;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.sse.SseClient;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import org.anticall.ops.evidence.BoardChange;
import org.anticall.ops.evidence.BoardView;
import org.anticall.ops.evidence.CallBoard;

/**
 * {@code /api/live}: server-sent events. First a {@code snapshot}, then {@code change} events whose {@code seq} goes up
 * by one each; a page that finds a gap connects anew. A page that reads too slowly is sent a new snapshot. One thread a
 * page, at most {@value #MOST_PAGES} pages.
 */
final class LiveApi {

    static final int MOST_PAGES = 200;

    /** Below the idle limits of browsers and of proxies on the way. */
    private static final long HEARTBEAT_MILLIS = 5_000;

    private final AtomicInteger threads = new AtomicInteger();
    private final Semaphore pages = new Semaphore(MOST_PAGES);
    private final CallBoard board;
    private final Gate gate;
    private volatile boolean stopping;

    LiveApi(CallBoard board, Gate gate) {
        this.board = board;
        this.gate = gate;
    }

    void addTo(RoutesConfig routes) {
        routes.before("/api/live", gate::reader);
        routes.sse("/api/live", this::serve);
    }

    /** Lets every page go within one heartbeat. */
    void stop() {
        stopping = true;
    }

    private void serve(SseClient page) {
        if (!pages.tryAcquire()) {
            page.sendEvent("full", "{}");
            page.close();
            return;
        }
        page.keepAlive();
        Thread thread = new Thread(() -> follow(page), "live-" + threads.incrementAndGet());
        thread.setDaemon(true);
        thread.start();
    }

    private void follow(SseClient page) {
        Context context = page.ctx();
        try (BoardView view = board.view()) {
            while (!stopping && !page.terminated()) {
                BoardChange change = view.next(HEARTBEAT_MILLIS);
                if (gate.session(context) == null) {
                    page.sendEvent("signed-out", "{}");
                    return;
                }
                if (change == null) {
                    page.sendEvent("beat", "{}");
                } else {
                    page.sendEvent(change.snapshot() ? "snapshot" : "change", Answers.text(CallView.change(change)));
                }
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        } finally {
            pages.release();
            page.close();
        }
    }
}
