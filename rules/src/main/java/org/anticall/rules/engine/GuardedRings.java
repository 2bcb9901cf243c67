package org.anticall.rules.engine;

/** What tables of event rings have in common: how they are saved and restored. */
final class GuardedRings {

    private GuardedRings() {}

    static long sum(long[] counts) {
        long sum = 0;
        for (long count : counts) {
            sum += count;
        }
        return sum;
    }

    /** Writes all keys with their events, oldest first. */
    static void save(EventRings rings, Stripes stripes, SavedBytes out) {
        for (int place = 0; place < rings.places(); place++) {
            int stripe = rings.stripeOf(place);
            if (rings.key(place) != 0 && stripes.enter(stripe)) {
                save(rings, place, out);
                stripes.leave(stripe);
            }
        }
        out.putLong(0);
    }

    private static void save(EventRings rings, int place, SavedBytes out) {
        if (rings.key(place) == 0) {
            return;
        }
        out.putLong(rings.key(place)).putInt(rings.count(place));
        for (int back = rings.count(place) - 1; back >= 0; back--) {
            out.putLong(rings.peer(place, back))
                    .putInt(rings.second(place, back))
                    .putInt(rings.detail(place, back));
        }
    }

    static void restore(EventRings rings, Stripes stripes, SavedBytes in) {
        for (long key = in.getLong(); key != 0; key = in.getLong()) {
            int events = in.getInt();
            int stripe = Stripes.of(key);
            boolean entered = stripes.enter(stripe);
            int place = EventRings.NONE;
            for (int i = 0; i < events; i++) {
                long peer = in.getLong();
                int second = in.getInt();
                int detail = in.getInt();
                if (entered) {
                    place = place == EventRings.NONE ? rings.claim(key, second) : place;
                    rings.add(place, peer, second, detail);
                }
            }
            if (entered) {
                stripes.leave(stripe);
            }
        }
    }
}
