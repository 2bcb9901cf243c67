package org.anticall.gateway.journal;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;
import org.anticall.gateway.config.JournalSettings;
import org.jspecify.annotations.Nullable;

/**
 * Decision records on disk, before an interception takes effect. {@link #append} may be called from any event loop: it
 * copies into memory the kernel already owns, without lock and without system call, so a record that was accepted
 * outlives the process whatever happens to it. {@link JournalKeeper} does all that takes time.
 *
 * <p>Records leave the disk only when ops has confirmed them. When the disk has no room for another segment, records are
 * refused, so calls are no longer intercepted, and {@link #condition} says so: evidence is never thrown away to make room.
 */
public final class DecisionJournal implements AutoCloseable {

    private final JournalDirectory directory;
    private final JournalKeeper keeper;
    private final ConcurrentNavigableMap<Long, Segment> segments;
    private final AtomicReference<Segment> active;
    private final int maxRecordBytes;
    private final LongAdder accepted = new LongAdder();
    private final LongAdder acceptedBytes = new LongAdder();
    private final LongAdder refused = new LongAdder();
    private volatile boolean isOpen = true;

    private DecisionJournal(
            JournalDirectory directory,
            ConcurrentNavigableMap<Long, Segment> segments,
            Segment first,
            JournalSettings settings) {
        this.directory = directory;
        this.segments = segments;
        this.active = new AtomicReference<>(first);
        this.maxRecordBytes = settings.segmentBytes() - Segment.HEADER_BYTES - Segment.FRAME_HEADER_BYTES - 8;
        this.keeper = new JournalKeeper(directory, settings, first, segments);
    }

    /**
     * Opens the journal, takes up what earlier processes left, and goes on in a new segment.
     *
     * @param path directory, made if it does not exist
     * @throws JournalUnavailable with one sentence for the operator
     */
    public static DecisionJournal open(Path path, JournalSettings settings) throws JournalUnavailable {
        try {
            JournalDirectory directory = JournalDirectory.open(path);
            try {
                return open(directory, settings);
            } catch (IOException | RuntimeException failure) {
                directory.close();
                throw failure;
            }
        } catch (JournalUnavailable known) {
            throw known;
        } catch (AccessDeniedException denied) {
            throw new JournalUnavailable("journal " + path + ": no permission to write " + denied.getFile()
                    + "; let the gateway's user own the state directory");
        } catch (FileAlreadyExistsException file) {
            throw new JournalUnavailable("journal " + path + ": " + file.getFile() + " is not a directory");
        } catch (FileSystemException failure) {
            throw new JournalUnavailable("journal " + path + ": cannot write " + failure.getFile() + ": "
                    + failure.getReason() + "; name a state directory that can be written");
        } catch (IOException failure) {
            throw new JournalUnavailable("journal " + path + ": " + failure.getMessage());
        }
    }

    private static DecisionJournal open(JournalDirectory directory, JournalSettings settings) throws IOException {
        ConcurrentNavigableMap<Long, Segment> segments = new ConcurrentSkipListMap<>(directory.recover());
        long shipped = new ShippedMark(directory).read().sequence();
        long sequence = Math.max(segments.isEmpty() ? 0 : segments.lastKey(), shipped) + 1;
        long needed = settings.segmentBytes() + settings.keepFreeBytes();
        long free = directory.freeBytes();
        if (free < needed) {
            throw new JournalUnavailable("journal " + directory.file("") + ": the disk has " + (free >> 20)
                    + " MiB free, " + (needed >> 20)
                    + " MiB are needed to record interceptions; free some, or set journal.keep-free lower");
        }
        Segment first = directory.create(sequence, settings.segmentBytes());
        segments.put(sequence, first);
        DecisionJournal journal = new DecisionJournal(directory, segments, first, settings);
        journal.keeper.start();
        return journal;
    }

    /**
     * Accepts one record, or not. Never blocks.
     *
     * @param record the bytes, at least one; they are copied
     * @return whether the record is safe from the death of this process; false if there is no room or the disk fails,
     *     then the interception must not take effect
     */
    public boolean append(byte[] record) {
        if (record.length == 0
                || record.length > maxRecordBytes
                || !isOpen
                || !keeper.condition().accepting()) {
            refused.increment();
            return false;
        }
        boolean done = appendTo(Objects.requireNonNull(active.get()), record);
        if (done) {
            accepted.increment();
            acceptedBytes.add(record.length);
        } else {
            refused.increment();
        }
        return done;
    }

    private boolean appendTo(Segment first, byte[] record) {
        try {
            Segment segment = first;
            while (!segment.append(record)) {
                Segment next = after(segment);
                if (next == null) {
                    return false;
                }
                segment = next;
            }
            return true;
        } catch (InternalError pageIsGone) {
            // The virtual machine's answer to a mapped page the file system cannot provide.
            keeper.failed("a page of the journal cannot be written: " + pageIsGone.getMessage());
            return false;
        }
    }

    /** The segment that follows a full one; null if none is ready. */
    private @Nullable Segment after(Segment full) {
        Segment next = keeper.spare();
        if (active.get() == full && next != null && next != full && active.compareAndSet(full, next)) {
            segments.put(next.sequence(), next);
            keeper.taken(next);
        }
        Segment now = active.get();
        return now == full ? null : now;
    }

    /** How the journal is; for alarms. */
    public JournalCondition condition() {
        return keeper.condition();
    }

    /** Records accepted since the start. */
    public long accepted() {
        return accepted.sum();
    }

    /** Bytes of the records accepted since the start. */
    public long acceptedBytes() {
        return acceptedBytes.sum();
    }

    /** Records refused since the start: each stands for a call that passed although a rule said otherwise. */
    public long refused() {
        return refused.sum();
    }

    /** Segment files on the disk. */
    public int segmentCount() {
        return segments.size();
    }

    /** Bytes in the segments behind a position. */
    long bytesBehind(JournalPosition position) {
        long bytes = 0;
        for (Segment segment : segments.tailMap(position.sequence()).values()) {
            int from = segment.sequence() == position.sequence() ? position.offset() : Segment.HEADER_BYTES;
            bytes += Math.max(0, segment.endBytes() - from);
        }
        return bytes;
    }

    /** Reads from a position on. Owned by one thread, usually the shipper. */
    JournalReader reader() {
        return new JournalReader(segments);
    }

    JournalDirectory directory() {
        return directory;
    }

    /** Segments before this one may leave the disk. */
    void releaseBefore(long sequence) {
        keeper.releaseBefore(sequence);
    }

    /** Accepts nothing more and forces everything to the disk. */
    @Override
    public void close() throws IOException {
        isOpen = false;
        keeper.stop();
        directory.close();
    }
}
