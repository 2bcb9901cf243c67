package org.anticall.ops.desk;

import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** All seats of the desk by name. Owned by the desk's thread. */
final class Roster {

    private final Map<String, Seat> seats = new TreeMap<>();

    Roster(Collection<String> names, Instant now) {
        for (String name : names) {
            seats.put(name, new Seat(name, now));
        }
    }

    Collection<Seat> all() {
        return seats.values();
    }

    /**
     * The seat of that name.
     *
     * @throws IllegalArgumentException if there is none
     */
    Seat get(String name) {
        Seat seat = seats.get(name);
        if (seat == null) {
            throw new IllegalArgumentException("there is no seat \"" + name + "\", expected one of " + seats.keySet());
        }
        return seat;
    }

    /** The seat of that name; null if there is none. */
    @Nullable
    Seat find(String name) {
        return seats.get(name);
    }

    /** The seat of that name, made if there is none. */
    Seat getOrMake(String name, Instant now) {
        return seats.computeIfAbsent(name, missing -> new Seat(missing, now));
    }

    int count(Predicate<Seat> which) {
        return (int) seats.values().stream().filter(which).count();
    }

    /**
     * The ready seat among {@code which} that has been idle longest; null if there is none. A phone without a console rings
     * only if no console is ready: nobody there writes down what the call was.
     */
    @Nullable
    Seat next(Predicate<Seat> which) {
        return seats.values().stream()
                .filter(seat -> seat.isReady() && which.test(seat))
                .min(Comparator.comparing(Seat::isAtConsole).reversed().thenComparing(Seat::idleSince))
                .orElse(null);
    }

    /** The seat that rings for the call or talks on it; null if none does. */
    @Nullable
    Seat of(DivertedCall call) {
        String name = call.picture().seat();
        Seat seat = name == null ? null : seats.get(name);
        return seat != null && (seat.ringsFor(call.id()) || seat.talksOn(call.id())) ? seat : null;
    }

    List<SeatStatus> statuses() {
        return seats.values().stream().map(Seat::status).toList();
    }
}
