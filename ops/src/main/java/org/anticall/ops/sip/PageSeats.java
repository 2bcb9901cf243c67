package org.anticall.ops.sip;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Operators who sit at a page of the console. A page says every few seconds that it is there. One in a call that is not heard
 * of for {@link #SILENCE} is taken for lost: the caller hears music, and when the page is back, after a reload for example,
 * it is offered its call again. After {@link #PATIENCE} the operator counts as gone. Owned by the desk's thread.
 */
final class PageSeats {

    /** What becomes of seats. */
    interface Events {

        /** The page of a seat in a call is not there: the caller is to hear music. */
        void away(String seat);

        /** It is back: its call needs sound again. Returns whether the seat is connected with a caller. */
        boolean back(String seat);

        /** Nobody is there any more. */
        void gone(String seat);
    }

    /** After how long without a word a page in a call is lost. */
    static final Duration SILENCE = Duration.ofSeconds(6);

    /** How long a caller waits for a page that is lost, and a seat without a call stays signed in. */
    static final Duration PATIENCE = Duration.ofSeconds(20);

    private final SeatScreen screen;
    private final InstantSource clock;
    private final Events events;
    private final Map<String, Place> places = new HashMap<>();

    PageSeats(SeatScreen screen, InstantSource clock, Events events) {
        this.screen = screen;
        this.clock = clock;
        this.events = events;
    }

    SeatScreen screen() {
        return screen;
    }

    /** Whether an operator sits there at a page. */
    boolean has(String seat) {
        return places.containsKey(seat);
    }

    /** Somebody sits down. */
    void arrived(String seat) {
        places.computeIfAbsent(seat, name -> new Place()).heard = clock.instant();
    }

    /** Who sits at a page. */
    Set<String> seats() {
        return Set.copyOf(places.keySet());
    }

    /** Nobody sits there any more. */
    void left(String seat) {
        places.remove(seat);
    }

    /** The page says that it is there. Returns whether the seat is signed in at a page. */
    boolean here(String seat, boolean afresh) {
        Place place = places.get(seat);
        if (place == null) {
            return false;
        }
        place.heard = clock.instant();
        boolean wasAway = place.away || afresh;
        place.away = false;
        PageLeg leg = place.leg;
        if (leg != null && wasAway) {
            boolean moves = leg.isTalking() && events.back(seat);
            if (!moves) {
                leg.tell(); // it rings, or the page was about to step in
            }
        }
        return true;
    }

    /** The page says that it goes, for a reload perhaps. */
    void away(String seat) {
        Place place = places.get(seat);
        if (place != null && !place.away) {
            place.away = true;
            if (place.leg != null && place.leg.isTalking()) {
                events.away(seat);
            }
        }
    }

    /** Looks after pages that were not heard of. To be called about once a second. */
    void watch() {
        Instant now = clock.instant();
        for (Map.Entry<String, Place> each : Map.copyOf(places).entrySet()) {
            Duration silent = Duration.between(each.getValue().heard, now);
            if (silent.compareTo(PATIENCE) >= 0) {
                places.remove(each.getKey());
                events.gone(each.getKey());
            } else if (silent.compareTo(SILENCE) >= 0) {
                away(each.getKey());
            }
        }
    }

    void begun(PageLeg leg) {
        Place place = places.get(leg.seat());
        if (place != null) {
            place.leg = leg;
        }
    }

    void ended(PageLeg leg) {
        Place place = places.get(leg.seat());
        if (place != null && place.leg == leg) {
            place.leg = null;
        }
    }

    /** The leg of the seat whose latest offer is {@code name}; null if that offer is over. */
    @Nullable
    PageLeg leg(String seat, String name) {
        Place place = places.get(seat);
        PageLeg leg = place == null ? null : place.leg;
        return leg != null && leg.name().equals(name) ? leg : null;
    }

    /** One operator's page. */
    private static final class Place {
        private Instant heard = Instant.EPOCH;
        private boolean away;
        private @Nullable PageLeg leg;
    }
}
