package org.anticall.ops.http;

import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How the work goes that the centre does without being asked, as the admin address tells it. Thread-safe. */
public final class Chores {

    /** What is done on threads of its own. */
    public enum Chore {
        /** Ends orders, publishes what could not be published, lets rules fall back. */
        AUTHORITY("the round over the orders"),
        /** Signs the head of the audit trail. */
        AUDIT_HEAD("signing the audit trail"),
        /** Forgets what was kept long enough. */
        RETENTION("forgetting what was kept long enough"),
        /** Makes backups. */
        BACKUP("the scheduled backup");

        private final String words;

        Chore(String words) {
            this.words = words;
        }

        /** For the log and for people on duty. */
        public String words() {
            return words;
        }
    }

    /**
     * How one of them stands.
     *
     * @param failures how often it failed since the centre began
     * @param done when it last went well, null if it has not yet
     * @param failingSince when it failed first since it last went well, null if it does not fail
     */
    public record Standing(long failures, @Nullable Instant done, @Nullable Instant failingSince) {
        static final Standing NEW = new Standing(0, null, null);
    }

    private final Map<Chore, Standing> standings = new EnumMap<>(Chore.class);

    /** It went well. */
    public synchronized void done(Chore chore, Instant at) {
        standings.put(chore, new Standing(of(chore).failures(), at, null));
    }

    /** It failed. */
    public synchronized void failed(Chore chore, Instant at) {
        Standing before = of(chore);
        Instant since = before.failingSince() == null ? at : before.failingSince();
        standings.put(chore, new Standing(before.failures() + 1, before.done(), since));
    }

    /** How a chore stands now. */
    public synchronized Standing of(Chore chore) {
        return standings.getOrDefault(chore, Standing.NEW);
    }
}
