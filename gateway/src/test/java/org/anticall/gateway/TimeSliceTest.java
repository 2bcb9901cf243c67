package org.anticall.gateway;

import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class TimeSliceTest {

    private static final Duration OTHER = Duration.ofNanos(300_000);

    @Test
    void aThreadGetsTheSliceItAsksForAndKeepsItsPriority() {
        CompletableFuture.runAsync(() -> {
                    TimeSlice slices = requireNonNull(TimeSlice.ofThisMachine());
                    String nice = nice();
                    for (Duration asked : new Duration[] {OTHER, TimeSlice.SHORTEST}) {
                        assertEquals(knowsSlices() ? asked : Duration.ZERO, slices.ask(asked));
                    }
                    assertEquals(nice, nice());
                })
                .join();
    }

    /** What is out of range is the nearest the kernel has. */
    @Test
    void noSliceIsShorterThanTheShortest() {
        CompletableFuture.runAsync(() -> {
                    TimeSlice slices = requireNonNull(TimeSlice.ofThisMachine());
                    Duration shorter = TimeSlice.SHORTEST.minusNanos(1);
                    assertEquals(knowsSlices() ? TimeSlice.SHORTEST : Duration.ZERO, slices.ask(shorter));
                })
                .join();
    }

    /** The 19th field of stat(5), the 17th behind the name in brackets. */
    private static String nice() {
        String stat = read("/proc/thread-self/stat");
        return stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1)[16];
    }

    private static boolean knowsSlices() {
        String[] release = read("/proc/sys/kernel/osrelease").split("\\D+", -1);
        int major = Integer.parseInt(release[0]);
        return major > 6 || (major == 6 && Integer.parseInt(release[1]) >= 12);
    }

    private static String read(String file) {
        try {
            return Files.readString(Path.of(file));
        } catch (IOException gone) {
            throw new UncheckedIOException(gone);
        }
    }
}
