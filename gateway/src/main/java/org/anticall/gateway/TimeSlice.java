package org.anticall.gateway;

import com.sun.jna.Function;
import com.sun.jna.Memory;
import com.sun.jna.Platform;
import java.time.Duration;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How long a thread wants to run when the kernel gives it a processor. Since Linux 6.12 a thread that wakes up goes before
 * one with a longer slice at once, instead of waiting until that one's slice has ended; a datagram needs some twenty
 * microseconds, the slice nobody asked for is 1.4 to 4 ms, and so long a call may wait behind a compiler or a stranger. It
 * costs no share of the processor and needs no privilege. An older kernel ignores the wish.
 *
 * <p>sched_setattr(2) is called by its number: older C libraries have no name for it.
 */
final class TimeSlice {

    /** The shortest the kernel grants. */
    static final Duration SHORTEST = Duration.ofNanos(100_000);

    private static final Logger LOG = LoggerFactory.getLogger(TimeSlice.class);

    /** {@code struct sched_attr} of linux/sched/types.h. */
    private static final int ATTRIBUTES_BYTES = 56;

    private static final int RUNTIME_AT = 24;
    private static final long THIS_THREAD = 0;
    private static final long NO_FLAGS = 0;

    private final Function systemCall;
    private final long get;
    private final long set;

    private TimeSlice(Function systemCall, long get, long set) {
        this.systemCall = systemCall;
        this.get = get;
        this.set = set;
    }

    /**
     * Asks for the shortest slice for every event loop, from a thread of its own: finding the C library takes a while.
     *
     * @param onEveryLoop runs a task once on each of them
     */
    static void shorten(Consumer<Runnable> onEveryLoop) {
        Thread asking = new Thread(
                () -> {
                    TimeSlice slices = ofThisMachine();
                    if (slices != null) {
                        slices.ask(SHORTEST); // once here, so that no loop waits for classes
                        onEveryLoop.accept(() -> LOG.atDebug()
                                .addKeyValue("granted", slices.ask(SHORTEST))
                                .log("time slice of an event loop"));
                    }
                },
                "time-slices");
        asking.setDaemon(true);
        asking.start();
    }

    /** Null where the machine is none whose kernel is known, or libraries cannot be loaded. */
    static @Nullable TimeSlice ofThisMachine() {
        if (!Platform.isLinux()) {
            return null;
        }
        // Where native code of the network library goes too; a service often has no home directory.
        System.setProperty("jna.tmpdir", System.getProperty("java.io.tmpdir"));
        try {
            Function systemCall = Function.getFunction("c", "syscall");
            return switch (Platform.ARCH) {
                case "x86-64" -> new TimeSlice(systemCall, 315, 314);
                case "aarch64" -> new TimeSlice(systemCall, 275, 274);
                default -> null;
            };
        } catch (LinkageError notThere) {
            LOG.atDebug().addKeyValue("why", notThere.getMessage()).log("no time slices here");
            return null;
        }
    }

    /**
     * Asks for {@code slice} (0.1 to 100 ms) for the thread that calls, whose priority stays as it is. Returns what the
     * kernel grants: zero where it knows no slices or refuses.
     */
    Duration ask(Duration slice) {
        try (Memory attributes = new Memory(ATTRIBUTES_BYTES)) {
            if (!read(attributes)) {
                return Duration.ZERO;
            }
            attributes.setLong(RUNTIME_AT, slice.toNanos());
            systemCall.invokeLong(new Object[] {set, THIS_THREAD, attributes, NO_FLAGS});
            return read(attributes) ? Duration.ofNanos(attributes.getLong(RUNTIME_AT)) : Duration.ZERO;
        }
    }

    private boolean read(Memory attributes) {
        attributes.clear();
        return systemCall.invokeLong(new Object[] {get, THIS_THREAD, attributes, (long) ATTRIBUTES_BYTES, NO_FLAGS})
                == 0;
    }
}
