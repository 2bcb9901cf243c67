package org.anticall.ops.http;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.javalin.http.Context;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.anticall.ops.evidence.BoardChange;
import org.anticall.ops.evidence.BoardView;
import org.anticall.ops.evidence.CallBoard;
import org.anticall.ops.people.Permission;
import org.eclipse.jetty.io.EofException;
import org.jspecify.annotations.Nullable;

/**
 * {@code /api/live}: server-sent events. First a {@code snapshot}, then {@code change} events whose {@code seq} goes up
 * by one each; a page that finds a gap connects anew. A page that reads too slowly is sent a new snapshot.
 *
 * <p>With {@code ?page=NAME} the desk speaks to the page as a seat in between: {@code offer}, {@code silence}.
 *
 * <p>A page holds one thread of the server from its request to its end, at most {@value #MOST_PAGES} pages do. Javalin's
 * own events are not used: they touch the request after Jetty has recycled it when a browser goes away (7.2.3).
 */
final class LiveApi {

    static final int MOST_PAGES = 200;

    /** Below the idle limits of browsers and of proxies on the way. */
    private static final long BEAT_MILLIS = 5_000;

    /** A change is written once, however many pages are told; by identity, for every page gets the same one. */
    private final Cache<BoardChange, String> written =
            Caffeine.newBuilder().weakKeys().maximumSize(1_024).build();

    private final Set<BoardView> views = ConcurrentHashMap.newKeySet();
    private final CallBoard board;
    private final SeatLines lines;
    private final Gate gate;

    LiveApi(CallBoard board, SeatLines lines, Gate gate) {
        this.board = board;
        this.lines = lines;
        this.gate = gate;
    }

    void addTo(Doors doors) {
        doors.get("/api/live", Permission.SEE_CALLS, this::serve);
    }

    /** Lets every page go at once. */
    void stop() {
        views.forEach(BoardView::close);
    }

    private void serve(Context context, Session session) throws IOException, InterruptedException {
        if (views.size() >= MOST_PAGES) {
            context.header("Retry-After", "10");
            throw new Refused(503, "full", "Too many pages are open.");
        }
        context.res().setContentType("text/event-stream");
        context.res().setCharacterEncoding("utf-8");
        BoardView view = board.view();
        views.add(view);
        try {
            follow(context, session, view);
        } catch (EofException pageIsGone) {
            // A closed tab: the usual end.
            return;
        } finally {
            views.remove(view);
            view.close();
        }
    }

    private void follow(Context context, Session session, BoardView view) throws IOException, InterruptedException {
        String page = context.queryParam("page");
        if (page == null) {
            follow(context, view, () -> null);
            return;
        }
        Runnable wake = view::wake;
        lines.open(session.account(), page, wake);
        try {
            follow(context, view, () -> lines.next(session.account(), page, wake));
        } finally {
            lines.close(session.account(), page, wake);
        }
    }

    private void follow(Context context, BoardView view, Supplier<SeatLines.@Nullable Message> messages)
            throws IOException, InterruptedException {
        OutputStream out = context.res().getOutputStream();
        while (!view.isClosed()) {
            BoardChange change = view.next(BEAT_MILLIS);
            if (gate.session(context) == null) {
                send(out, "signed-out", "{}");
                return;
            }
            for (SeatLines.Message each = messages.get(); each != null; each = messages.get()) {
                send(out, each.event(), each.data());
            }
            if (change == null) {
                send(out, "beat", "{}");
            } else {
                send(out, change.snapshot() ? "snapshot" : "change", textOf(change));
            }
        }
    }

    private String textOf(BoardChange change) {
        return change.snapshot()
                ? Answers.text(CallView.change(change))
                : written.get(change, each -> Answers.text(CallView.change(each)));
    }

    private static void send(OutputStream out, String event, String data) throws IOException {
        out.write(("event: " + event + "\ndata: " + data + "\n\n").getBytes(StandardCharsets.UTF_8));
        out.flush();
    }
}
