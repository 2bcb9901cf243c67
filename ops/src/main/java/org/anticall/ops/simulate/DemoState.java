package org.anticall.ops.simulate;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The directory everything of one demo is written to. One that the demo made up itself is removed at the end. */
final class DemoState implements AutoCloseable {

    /** What a demo needs at least: journal segments, database, logs. */
    static final long NEEDED_BYTES = 64L << 20;

    private final Path directory;
    private final boolean remove;

    private DemoState(Path directory, boolean remove) {
        this.directory = directory;
        this.remove = remove;
    }

    /**
     * Makes the directory and checks that it takes what will be written.
     *
     * @param chosen the directory, null for a new temporary one
     * @param keep whether a temporary one stays
     * @param neededBytes how much room there must be
     * @throws DemoUnavailable if it cannot be made or written, or the disk is full
     */
    static DemoState open(@Nullable Path chosen, boolean keep, long neededBytes) throws DemoUnavailable {
        DemoState state;
        try {
            state = chosen == null
                    ? new DemoState(Files.createTempDirectory("anticall-demo-"), !keep)
                    : new DemoState(Files.createDirectories(chosen.toAbsolutePath()), false);
        } catch (IOException e) {
            Path wanted = chosen == null ? Path.of(System.getProperty("java.io.tmpdir")) : chosen.toAbsolutePath();
            throw new DemoUnavailable(
                    "state directory " + wanted + " cannot be made (" + reason(e) + "): choose another with --state");
        }
        try {
            state.probe(neededBytes);
            return state;
        } catch (DemoUnavailable e) {
            state.close();
            throw e;
        }
    }

    Path directory() {
        return directory;
    }

    Path file(String name) {
        return directory.resolve(name);
    }

    /** Writes a small text file. */
    Path write(String name, List<String> lines) throws DemoUnavailable {
        return write(name, (String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8));
    }

    /** Writes a small file. */
    Path write(String name, byte[] content) throws DemoUnavailable {
        Path file = file(name);
        try {
            return Files.write(file, content);
        } catch (IOException e) {
            throw new DemoUnavailable(file + " cannot be written (" + reason(e) + "): make room or choose another"
                    + " directory with --state");
        }
    }

    @Override
    public void close() {
        if (remove) {
            try (Stream<Path> all = Files.walk(directory)) {
                for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                    Files.deleteIfExists(path);
                }
            } catch (IOException e) {
                System.err.println("demo: " + directory + " could not be removed: " + reason(e));
            }
        }
    }

    /** A file system may promise space it does not have, so the probe is really written. */
    private void probe(long neededBytes) throws DemoUnavailable {
        Path probe = file("probe");
        try {
            long free = Files.getFileStore(directory).getUsableSpace();
            if (free < neededBytes) {
                throw new DemoUnavailable("state directory " + directory + " has " + (free >> 20) + " MB free, the demo"
                        + " needs " + (neededBytes >> 20) + " MB: make room or choose another with --state");
            }
            Files.write(probe, new byte[1 << 16]);
            Files.delete(probe);
        } catch (IOException e) {
            throw new DemoUnavailable("state directory " + directory + " cannot be written (" + reason(e)
                    + "): choose another with --state");
        }
        requireUnused();
    }

    private void requireUnused() throws DemoUnavailable {
        try (DirectoryStream<Path> inside = Files.newDirectoryStream(directory)) {
            if (!remove && inside.iterator().hasNext() && !Files.exists(file(DemoFiles.GATEWAY))) {
                throw new DemoUnavailable(
                        "state directory " + directory + " holds other files: choose an empty one with --state");
            }
        } catch (IOException e) {
            throw new DemoUnavailable("state directory " + directory + " cannot be read (" + reason(e)
                    + "): choose another with --state");
        }
    }

    private static String reason(IOException e) {
        return e.getClass().getSimpleName() + (e.getMessage() == null ? "" : ", " + e.getMessage());
    }
}
