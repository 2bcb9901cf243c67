package org.anticall.ops.sip;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.anticall.ops.media.RelayedCall.Profile;

/**
 * Pages of the console without a browser: what the desk says to them waits until the test asks for it, and their sound is
 * plain RTP. Those who are there say so every second, as a page does.
 */
final class TonePages implements SeatScreen, AutoCloseable {

    private static final long PATIENCE_SECONDS = 20;

    record Offer(String recordId, String leg, String description, boolean talking) {}

    private final Map<String, BlockingQueue<Object>> said = new ConcurrentHashMap<>();
    private final List<String> there = new CopyOnWriteArrayList<>();
    private final ScheduledExecutorService beat = Executors.newSingleThreadScheduledExecutor();
    private volatile ConsoleSeats seats;

    /** Those who are there say so to this desk from now on; one that is away says nothing. */
    void talkTo(ConsoleSeats desk) {
        boolean first = seats == null;
        seats = desk;
        if (first) {
            var unused = beat.scheduleAtFixedRate(this::here, 1, 1, TimeUnit.SECONDS);
        }
    }

    void arrive(String seat) {
        there.add(seat);
    }

    void leave(String seat) {
        there.remove(seat);
    }

    private void here() {
        for (String each : there) {
            var unused = seats.here(each, false);
        }
    }

    Offer offer(String seat) throws Exception {
        Object next = next(seat);
        assertEquals(Offer.class, next.getClass(), "expected an offer, got " + next);
        return (Offer) next;
    }

    Voice voice(String seat) throws Exception {
        Object next = next(seat);
        assertEquals(Voice.class, next.getClass(), "expected a voice, got " + next);
        return (Voice) next;
    }

    /** Waits until the seat falls silent. */
    void silence(String seat) throws Exception {
        Object next = next(seat);
        assertEquals("silence", next);
    }

    private Object next(String seat) throws Exception {
        Object next = of(seat).poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
        assertNotNull(next, "the desk said nothing to " + seat);
        return next;
    }

    private BlockingQueue<Object> of(String seat) {
        return said.computeIfAbsent(seat, name -> new LinkedBlockingQueue<>());
    }

    @Override
    public void offer(String seat, String recordId, String leg, String description, boolean talking) {
        of(seat).add(new Offer(recordId, leg, description, talking));
    }

    @Override
    public void silence(String seat, String leg) {
        of(seat).add("silence");
    }

    @Override
    public void whisper(String seat, String recordId, Voice voice) {
        of(seat).add(voice);
    }

    @Override
    public Profile profile() {
        return Profile.RTP;
    }

    @Override
    public void close() {
        beat.shutdownNow();
    }
}
