package org.anticall.gateway.journal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.anticall.gateway.config.JournalSettings;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The journal's own thread: has the next segment ready before it is needed, forces accepted records to the disk, takes
 * shipped segments from it. Appenders only read {@link #spare} and {@link #condition}.
 */
final class JournalKeeper implements Runnable {

    private static final Logger LOG = LoggerFactory.getLogger(JournalKeeper.class);

    /** How long a segment stays after the last appender was sent on: far longer than any appender can be held up. */
    private static final long GRACE_NANOS = TimeUnit.SECONDS.toNanos(10);

    private static final long RETRY_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final long STOP_WITHIN_MILLIS = 5_000;

    private final JournalDirectory directory;
    private final JournalSettings settings;
    private final ConcurrentNavigableMap<Long, Segment> segments;
    private final Thread thread = new Thread(this, "journal-keeper");

    private volatile @Nullable Segment spare;
    private volatile JournalCondition condition = JournalCondition.WELL;
    private volatile long releaseBefore;
    private volatile boolean isRunning = true;

    // Owned by the keeper's thread.
    private Segment forcing;
    private int forcedUpTo = Segment.HEADER_BYTES;
    private int seenEnd;
    private long nextSequence;
    private long nextTryNanos = System.nanoTime();
    private final Deque<Retired> retired = new ArrayDeque<>();
    private long untouchedBefore;

    /** A full segment and since when appenders are sent on from it. */
    private record Retired(long sequence, long sinceNanos) {}

    JournalKeeper(
            JournalDirectory directory,
            JournalSettings settings,
            Segment first,
            ConcurrentNavigableMap<Long, Segment> segments) {
        this.directory = directory;
        this.settings = settings;
        this.segments = segments;
        this.forcing = first;
        this.nextSequence = first.sequence() + 1;
        this.untouchedBefore = first.sequence();
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    JournalCondition condition() {
        return condition;
    }

    /** The segment that is ready to follow the active one, null while there is none. */
    @Nullable
    Segment spare() {
        return spare;
    }

    /** The spare segment is now the active one. */
    void taken(Segment segment) {
        if (spare == segment) {
            spare = null;
        }
    }

    void releaseBefore(long sequence) {
        releaseBefore = sequence;
    }

    /** Accepts no more records until the disk has taken what it was given. */
    void failed(String reason) {
        report(new JournalCondition(false, reason));
    }

    @Override
    public void run() {
        while (isRunning) {
            int end = forcing.endBytes();
            force(end == seenEnd);
            seenEnd = end;
            prepare();
            release();
            LockSupport.parkNanos(settings.forceEvery().toNanos());
        }
    }

    /**
     * Brings to the disk what was accepted.
     *
     * @param lastPageToo whether also the page that is being appended to; while records keep coming it waits until it is
     *     full, because an appender would have to wait for it
     */
    private void force(boolean lastPageToo) {
        try {
            forcedUpTo = lastPageToo ? forcing.force(forcedUpTo) : forcing.forceFullPages(forcedUpTo);
            forcing.makeWritable();
            Segment next = segments.get(forcing.sequence() + 1);
            if (next != null) {
                forcedUpTo = forcing.force(forcedUpTo);
                retired.add(new Retired(forcing.sequence(), System.nanoTime()));
                forcing = next;
                forcedUpTo = next.force(Segment.HEADER_BYTES);
            }
            if (!condition.accepting()) {
                report(JournalCondition.WELL);
            }
        } catch (UncheckedIOException | InternalError failure) {
            failed("the disk does not take the journal: " + failure.getMessage()
                    + "; no call is intercepted until it does");
        }
    }

    private void prepare() {
        if (spare != null || System.nanoTime() - nextTryNanos < 0) {
            return;
        }
        try {
            long free = directory.freeBytes();
            if (free < settings.segmentBytes() + settings.keepFreeBytes()) {
                outOfSpace((free >> 20) + " MiB free");
                return;
            }
            spare = directory.create(nextSequence, settings.segmentBytes());
            nextSequence++;
            if (condition.accepting()) {
                report(JournalCondition.WELL);
            }
        } catch (IOException failure) {
            outOfSpace(failure.getMessage() == null ? failure.toString() : failure.getMessage());
        }
    }

    private void outOfSpace(String why) {
        nextTryNanos = System.nanoTime() + RETRY_NANOS;
        if (condition.accepting()) {
            report(new JournalCondition(
                    true,
                    "no room for the journal's next segment (" + why
                            + "); when the present one is full, no call is intercepted any more: free some space, or"
                            + " let ops take the records"));
        }
    }

    private void release() {
        Retired oldest = retired.peek();
        if (oldest != null && System.nanoTime() - oldest.sinceNanos() > GRACE_NANOS) {
            untouchedBefore = oldest.sequence() + 1;
            retired.remove();
        }
        long limit = Math.min(releaseBefore, untouchedBefore);
        for (Segment segment : segments.headMap(limit).values()) {
            try {
                segments.remove(segment.sequence());
                directory.delete(segment);
            } catch (IOException failure) {
                LOG.atWarn()
                        .addKeyValue("file", segment.file())
                        .addKeyValue("cause", failure.toString())
                        .log("shipped journal segment stays on disk");
            }
        }
    }

    private synchronized void report(JournalCondition now) {
        JournalCondition before = condition;
        condition = now;
        if (!now.isWell() && (now.accepting() != before.accepting() || before.isWell())) {
            LOG.atError().addKeyValue("reason", now.reason()).log("journal needs help");
        } else if (now.isWell() && !before.isWell()) {
            LOG.atWarn().log("journal is well again");
        }
    }

    /** Ends the thread, forces the rest, gives back the unused segment. */
    void stop() throws IOException {
        isRunning = false;
        LockSupport.unpark(thread);
        try {
            thread.join(STOP_WITHIN_MILLIS);
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
        }
        force(true);
        Segment unused = spare;
        if (unused != null) {
            directory.delete(unused);
        }
    }
}
