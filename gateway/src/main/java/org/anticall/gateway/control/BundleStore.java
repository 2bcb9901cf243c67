package org.anticall.gateway.control;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/**
 * The last good bundle on disk, and the highest revision that was ever enforced here. Files are replaced as a whole, so a
 * process that dies leaves the one before or the new one. What is read is as little trusted as what comes over the network.
 *
 * <pre>
 *   state/rules/good.bundle   the bundle as it came
 *               revision      decimal
 * </pre>
 */
final class BundleStore {

    private final Path directory;

    BundleStore(Path state) {
        this.directory = state.resolve("rules");
    }

    /** The last good bundle, null if there is none. */
    byte @Nullable [] read() throws IOException {
        try {
            return Files.readAllBytes(directory.resolve("good.bundle"));
        } catch (NoSuchFileException none) {
            return null;
        }
    }

    /** The highest revision ever enforced here, 0 if there is none or nobody can tell. */
    long highest() {
        try {
            return Long.parseLong(
                    Files.readString(directory.resolve("revision")).trim());
        } catch (IOException | NumberFormatException unknown) {
            return 0;
        }
    }

    /** Keeps {@code bundle}, which is enforced now. */
    void keep(byte[] bundle, long revision) throws IOException {
        Files.createDirectories(directory);
        replace("good.bundle", bundle);
        if (revision > highest()) {
            replace("revision", Long.toString(revision).getBytes(StandardCharsets.US_ASCII));
        }
    }

    private void replace(String name, byte[] content) throws IOException {
        Path fresh = directory.resolve(name + ".new");
        try (FileChannel file = FileChannel.open(
                fresh, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING)) {
            ByteBuffer bytes = ByteBuffer.wrap(content);
            while (bytes.hasRemaining()) {
                file.write(bytes);
            }
            file.force(true);
        }
        Files.move(fresh, directory.resolve(name), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        try (FileChannel folder = FileChannel.open(directory)) {
            folder.force(true);
        }
    }
}
