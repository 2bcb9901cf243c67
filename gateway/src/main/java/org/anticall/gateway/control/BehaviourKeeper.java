package org.anticall.gateway.control;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.anticall.rules.engine.BehaviourCounters;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps what is counted of callers over restarts: a file in the state directory, written now and then by a thread of its
 * own and once more at the end. A file that cannot be used is said and left behind: counting begins anew, calls are judged
 * all the same.
 */
public final class BehaviourKeeper implements AutoCloseable {

    /** How often the file is written; what is counted between may be lost with the process. */
    public static final Duration EVERY = Duration.ofMinutes(5);

    private static final Logger LOG = LoggerFactory.getLogger(BehaviourKeeper.class);

    private final BehaviourCounters counters;
    private final Path file;
    private final Duration every;
    private final Thread thread = new Thread(this::run, "behaviour-keeper");
    private volatile boolean isRunning = true;
    private volatile String trouble = "";

    private BehaviourKeeper(BehaviourCounters counters, Path file, Duration every) {
        this.counters = counters;
        this.file = file;
        this.every = every;
        thread.setDaemon(true);
    }

    /** Restores the counters from {@code file}, if it is there and of use, and keeps it up to date from now on. */
    public static BehaviourKeeper start(BehaviourCounters counters, Path file, Duration every) {
        BehaviourKeeper keeper = new BehaviourKeeper(counters, file, every);
        keeper.restore();
        keeper.thread.start();
        return keeper;
    }

    private void restore() {
        try {
            counters.restore(Files.readAllBytes(file));
        } catch (NoSuchFileException first) {
            LOG.debug("nothing was counted before");
        } catch (IOException | IllegalArgumentException unusable) {
            LOG.atWarn()
                    .addKeyValue("file", file)
                    .addKeyValue("cause", unusable.toString())
                    .log("what was counted of callers before cannot be used, counting begins anew");
        }
    }

    private void run() {
        long next = System.nanoTime() + every.toNanos();
        while (isRunning) {
            LockSupport.parkNanos(next - System.nanoTime());
            if (isRunning && next - System.nanoTime() <= 0) {
                save();
                next = System.nanoTime() + every.toNanos();
            }
        }
    }

    private synchronized void save() {
        Path fresh = file.resolveSibling(file.getFileName() + ".new");
        try {
            Files.write(fresh, counters.save());
            Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            trouble = "";
        } catch (IOException failure) {
            trouble = "what is counted of callers is not kept: " + failure;
        }
    }

    /** Why the counters are not kept, in plain words; empty if they are. */
    String trouble() {
        return trouble;
    }

    /** Writes the file once more and ends. */
    @Override
    public void close() {
        isRunning = false;
        LockSupport.unpark(thread);
        save();
    }
}
