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
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.anticall.rules.bundle.KnownParts;
import org.anticall.rules.bundle.PartContent;
import org.anticall.rules.bundle.VerifiedBundle;
import org.jspecify.annotations.Nullable;

/**
 * The last good bundle on disk, and the highest revision that was ever enforced here. Long lists have files of their own, named
 * by their digests, so a rule that changes does not write ten million numbers again. Files are replaced as a whole, a bundle's
 * lists before the bundle, and those that it does not need are removed after it: a process that dies leaves the one before or
 * the new one. What is read is as little trusted as what comes over the network. Used by one thread at a time.
 *
 * <pre>
 *   state/rules/good.bundle   the bundle, without its long lists
 *               parts/…       each of them, packed, by its SHA-256
 *               revision      decimal
 * </pre>
 */
final class BundleStore implements KnownParts {

    private final Path directory;
    private final Path parts;

    /** Digests of the files that were written or read whole by this process. */
    private final Set<String> sound = new HashSet<>();

    BundleStore(Path state) {
        this.directory = state.resolve("rules");
        this.parts = directory.resolve("parts");
    }

    /** The last good bundle, null if there is none; its long lists are {@link #byDigest}. */
    byte @Nullable [] read() throws IOException {
        return read(directory.resolve("good.bundle"));
    }

    /** The long list with this digest, null if it is not there or not what it was. */
    @Override
    public @Nullable PartContent byDigest(String sha256) {
        try {
            byte[] packed = read(parts.resolve(sha256));
            PartContent content = packed == null ? null : PartContent.kept(packed, sha256);
            if (content != null) {
                sound.add(sha256);
            }
            return content;
        } catch (IOException unreadable) {
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
    void keep(VerifiedBundle bundle, long revision) throws IOException {
        Files.createDirectories(parts);
        List<PartContent> apart = bundle.apart();
        for (PartContent content : apart) {
            if (!sound.contains(content.sha256())) {
                replace(parts.resolve(content.sha256()), content.packed());
                sound.add(content.sha256());
            }
        }
        replace(directory.resolve("good.bundle"), bundle.bytesApart());
        if (revision > highest()) {
            replace(directory.resolve("revision"), Long.toString(revision).getBytes(StandardCharsets.US_ASCII));
        }
        sound.retainAll(apart.stream().map(PartContent::sha256).toList());
        removeOthers();
    }

    private void removeOthers() throws IOException {
        try (Stream<Path> files = Files.list(parts)) {
            for (Path each : files.toList()) {
                if (!sound.contains(String.valueOf(each.getFileName()))) {
                    Files.delete(each);
                }
            }
        }
    }

    private static byte @Nullable [] read(Path file) throws IOException {
        try {
            return Files.readAllBytes(file);
        } catch (NoSuchFileException none) {
            return null;
        }
    }

    private static void replace(Path file, byte[] content) throws IOException {
        Path fresh = file.resolveSibling(file.getFileName() + ".new");
        try (FileChannel channel = FileChannel.open(
                fresh, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING)) {
            ByteBuffer bytes = ByteBuffer.wrap(content);
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        }
        Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        Path folder = file.getParent();
        if (folder != null) {
            try (FileChannel channel = FileChannel.open(folder)) {
                channel.force(true);
            }
        }
    }
}
