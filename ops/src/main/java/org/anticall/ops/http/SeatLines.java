package org.anticall.ops.http;

import java.util.ArrayDeque;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import org.anticall.ops.sip.SeatScreen;
import org.jspecify.annotations.Nullable;

/**
 * What the desk says to the pages that are seats: it waits here for the live channel of that page. A seat belongs to the
 * page where it was last taken; other pages of the same account hear nothing. Thread-safe.
 */
public final class SeatLines implements SeatScreen {

    private static final int MOST_WAITING = 32;

    private final Map<String, Line> lines = new ConcurrentHashMap<>();
    private final Map<String, String> pages = new ConcurrentHashMap<>();

    /**
     * One message.
     *
     * @param event its name on the channel
     * @param data JSON
     */
    record Message(String event, String data) {}

    /** The page {@code page} takes the seat. */
    void take(String seat, String page) {
        pages.put(seat, page);
    }

    /** A page of before a restart goes on: it takes the seat unless another page has it by now. */
    void goOn(String seat, String page) {
        pages.putIfAbsent(seat, page);
    }

    void leave(String seat) {
        pages.remove(seat);
    }

    /** Whether the seat is the page's. */
    boolean isAt(String seat, String page) {
        return page.equals(pages.get(seat));
    }

    /** Whom the channel of a page wakes when there is something to say; the latest channel of a page counts. */
    void open(String seat, String page, Runnable wake) {
        lines.put(key(seat, page), new Line(wake));
    }

    /** Ends {@link #open} unless the page has another channel by now. */
    void close(String seat, String page, Runnable wake) {
        lines.computeIfPresent(key(seat, page), (key, line) -> line.wake == wake ? null : line);
    }

    /** The next message for the channel that {@code wake} belongs to; null if there is none. */
    @Nullable
    Message next(String seat, String page, Runnable wake) {
        Line line = lines.get(key(seat, page));
        return line == null || line.wake != wake ? null : line.poll();
    }

    @Override
    public void offer(String seat, String recordId, String leg, String description, boolean talking) {
        Map<String, Object> data = new LinkedHashMap<>();
        data.put("call", recordId);
        data.put("leg", leg);
        data.put("talking", talking);
        data.put("sdp", description);
        tell(seat, new Message("offer", Answers.text(data)));
    }

    @Override
    public void silence(String seat, String leg) {
        tell(seat, new Message("silence", Answers.text(Map.of("leg", leg))));
    }

    @Override
    public void whisper(String seat, String recordId, Voice voice) {
        Map<String, Object> data = new LinkedHashMap<>();
        data.put("call", recordId);
        data.put("voice", voice.name());
        data.put("turn", voice.turn().name().toLowerCase(Locale.ROOT));
        data.put("tag", voice.tag());
        data.put("sdp", voice.description());
        tell(seat, new Message("whisper", Answers.text(data)));
    }

    private void tell(String seat, Message message) {
        String page = pages.get(seat);
        Line line = page == null ? null : lines.get(key(seat, page));
        if (line != null) {
            line.add(message);
            line.wake.run();
        }
    }

    private static String key(String seat, String page) {
        return seat + " " + page;
    }

    /** The messages of one channel. */
    private static final class Line {

        private final Runnable wake;
        private final Queue<Message> waiting = new ArrayDeque<>();

        Line(Runnable wake) {
            this.wake = wake;
        }

        synchronized void add(Message message) {
            if (waiting.size() >= MOST_WAITING) {
                waiting.remove();
            }
            waiting.add(message);
        }

        synchronized @Nullable Message poll() {
            return waiting.poll();
        }
    }
}
