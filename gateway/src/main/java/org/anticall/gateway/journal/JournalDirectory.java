package org.anticall.gateway.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The directory the segments lie in. One process at a time: it is locked while it is open. */
final class JournalDirectory implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(JournalDirectory.class);
    private static final String SUFFIX = ".journal";
    private static final int ZEROS_BYTES = 256 << 10;

    private final Path path;
    private final FileChannel lockFile;
    private final FileLock lock;

    private JournalDirectory(Path path, FileChannel lockFile, FileLock lock) {
        this.path = path;
        this.lockFile = lockFile;
        this.lock = lock;
    }

    static JournalDirectory open(Path path) throws IOException {
        Files.createDirectories(path);
        FileChannel lockFile =
                FileChannel.open(path.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        FileLock lock = null;
        try {
            lock = lockFile.tryLock();
        } catch (OverlappingFileLockException heldByThisProcess) {
            LOG.debug("journal is open in this process");
        }
        if (lock == null) {
            lockFile.close();
            throw new JournalUnavailable("journal " + path
                    + ": another gateway uses this directory; give every gateway a state directory of its own");
        }
        return new JournalDirectory(path, lockFile, lock);
    }

    Path file(String name) {
        return path.resolve(name);
    }

    /** Space on the disk this process may still take, bytes. */
    long freeBytes() {
        return path.toFile().getUsableSpace();
    }

    /** The segments of earlier processes by sequence, each ending where its chain of frames ends; empty ones are gone. */
    NavigableMap<Long, Segment> recover() throws IOException {
        NavigableMap<Long, Segment> segments = new TreeMap<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(path, "*" + SUFFIX)) {
            for (Path file : files) {
                Segment segment = recover(file);
                if (segment != null) {
                    segments.put(segment.sequence(), segment);
                }
            }
        }
        return segments;
    }

    private static @Nullable Segment recover(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            Segment segment = channel.size() < Segment.HEADER_BYTES ? null : map(file, channel, true);
            if (segment == null) {
                // Died before the header was written: never in use.
                Files.delete(file);
                return null;
            }
            int end = endOfChain(segment);
            boolean isClean = segment.word(end) == 0 || segment.word(end) == Segment.SEALED;
            if (!isClean) {
                LOG.atError()
                        .addKeyValue("file", file)
                        .addKeyValue("offset", end)
                        .log("journal segment is damaged; what follows is kept on disk and not shipped");
                return segment;
            }
            if (end == Segment.HEADER_BYTES) {
                Files.delete(file);
                return null;
            }
            channel.truncate(end);
            return map(file, channel, true);
        }
    }

    private static int endOfChain(Segment segment) {
        int at = Segment.HEADER_BYTES;
        while (true) {
            int word = segment.word(at);
            if (word == 0 || word == Segment.SEALED || !segment.holds(at, Math.abs(word))) {
                return at;
            }
            at += Segment.frameBytes(Math.abs(word));
        }
    }

    /**
     * Makes a segment of zeros that are written, not only promised, so that a full disk shows here and not as a fault
     * when a record is appended.
     */
    Segment create(long sequence, int sizeBytes) throws IOException {
        Path file = path.resolve(String.format("%019d", sequence) + SUFFIX);
        boolean done = false;
        try (FileChannel channel = FileChannel.open(
                file, StandardOpenOption.CREATE_NEW, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            fill(channel, sizeBytes);
            ByteBuffer header = ByteBuffer.allocate(Segment.HEADER_BYTES)
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .putLong(Segment.MAGIC)
                    .putLong(sequence)
                    .flip();
            while (header.hasRemaining()) {
                channel.write(header, header.position());
            }
            Segment segment = map(file, channel, false);
            if (segment == null) {
                throw new IOException("the header of " + file + " did not arrive");
            }
            segment.load();
            done = true;
            return segment;
        } finally {
            if (!done) {
                Files.deleteIfExists(file);
            }
        }
    }

    private static void fill(FileChannel channel, int sizeBytes) throws IOException {
        ByteBuffer zeros = ByteBuffer.allocateDirect(Math.min(ZEROS_BYTES, sizeBytes));
        for (long at = 0; at < sizeBytes; ) {
            zeros.clear().limit((int) Math.min(zeros.capacity(), sizeBytes - at));
            at += channel.write(zeros, at);
        }
    }

    private static @Nullable Segment map(Path file, FileChannel channel, boolean isFinal) throws IOException {
        FileChannel.MapMode mode = isFinal ? FileChannel.MapMode.READ_ONLY : FileChannel.MapMode.READ_WRITE;
        MappedByteBuffer bytes = channel.map(mode, 0, channel.size());
        ByteBuffer header = bytes.duplicate().order(ByteOrder.LITTLE_ENDIAN);
        return header.getLong(0) == Segment.MAGIC ? new Segment(header.getLong(8), file, bytes, isFinal) : null;
    }

    /**
     * Takes a segment from the disk. The space comes back at once, although the mapping lives until it is collected, so
     * nobody may touch the segment any more.
     */
    void delete(Segment segment) throws IOException {
        try (FileChannel channel = FileChannel.open(segment.file(), StandardOpenOption.WRITE)) {
            channel.truncate(0);
        }
        Files.delete(segment.file());
    }

    /** Writes a small file so that it is whole, old or new, whenever the process dies. */
    void replace(String name, String text) throws IOException {
        Path fresh = path.resolve(name + ".new");
        Files.writeString(fresh, text);
        try {
            Files.move(fresh, path.resolve(name), StandardCopyOption.ATOMIC_MOVE);
        } catch (AtomicMoveNotSupportedException unusualFileSystem) {
            Files.move(fresh, path.resolve(name), StandardCopyOption.REPLACE_EXISTING);
        }
    }

    /** The text of a small file, empty if there is none. */
    String read(String name) throws IOException {
        try {
            return Files.readString(path.resolve(name));
        } catch (NoSuchFileException none) {
            return "";
        }
    }

    @Override
    public void close() throws IOException {
        lock.release();
        lockFile.close();
    }
}
