package org.anticall.gateway.control;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Looks every two seconds whether files have changed, and says so. By time and size, because that works on every file
 * system and for files that are replaced. One thread of its own.
 */
public final class FileWatch implements AutoCloseable {

    private static final long INTERVAL_NANOS = TimeUnit.SECONDS.toNanos(2);

    private final List<Watched> files = new ArrayList<>();
    private final Thread thread = new Thread(this::run, "file-watch");
    private volatile boolean isRunning = true;

    public FileWatch() {
        thread.setDaemon(true);
    }

    /** Adds a file; before {@link #start}. */
    public void add(Path file, Runnable onChange) {
        add(() -> file, onChange);
    }

    /** Adds a file that may be another one tomorrow, null while there is none; before {@link #start}. */
    public void add(Supplier<@Nullable Path> file, Runnable onChange) {
        files.add(new Watched(file, onChange));
    }

    public void start() {
        thread.start();
    }

    /** The files were just read for another reason: what they look like now is no news. */
    public void acknowledge() {
        files.forEach(Watched::acknowledge);
    }

    private void run() {
        while (isRunning) {
            LockSupport.parkNanos(INTERVAL_NANOS);
            if (isRunning) {
                files.forEach(Watched::look);
            }
        }
    }

    @Override
    public void close() {
        isRunning = false;
        LockSupport.unpark(thread);
    }

    /** How a file looks from outside. */
    private record Look(Path file, FileTime modified, long sizeBytes) {

        static @Nullable Look at(@Nullable Path file) {
            if (file == null) {
                return null;
            }
            try {
                return new Look(file, Files.getLastModifiedTime(file), Files.size(file));
            } catch (IOException absent) {
                // It is being replaced, or gone: what was read of it stays.
                return null;
            }
        }
    }

    private static final class Watched {

        private final Supplier<@Nullable Path> file;
        private final Runnable onChange;
        private @Nullable Look known;

        Watched(Supplier<@Nullable Path> file, Runnable onChange) {
            this.file = file;
            this.onChange = onChange;
            this.known = Look.at(file.get());
        }

        void look() {
            if (acknowledge()) {
                onChange.run();
            }
        }

        /** Takes note of how the file looks; whether that is news. */
        synchronized boolean acknowledge() {
            Look now = Look.at(file.get());
            boolean isNews = now != null && !now.equals(known);
            known = now == null ? known : now;
            return isNews;
        }
    }
}
