package org.anticall.ops.trust;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;

/** A file that only its owner may read, written beside and moved, so that a crash leaves a whole one or none. */
public final class PrivateFile {

    private PrivateFile() {}

    /** Writes it, in the place of what is there. */
    public static void write(Path file, String text) throws IOException {
        Path made = Files.createTempFile(
                file.toAbsolutePath().getParent(),
                file.getFileName().toString(),
                ".new",
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(made, text, StandardCharsets.US_ASCII);
        try {
            Files.move(made, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (AtomicMoveNotSupportedException plain) {
            Files.move(made, file, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    /** @throws IOException if others than its owner may read or write it, or it cannot be looked at; the message says which */
    static void mustBePrivate(Path file) throws IOException {
        String permissions = PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
        if (!permissions.endsWith("------")) {
            throw new IOException(file + " has the permissions " + permissions + ", expected rw-------");
        }
    }

    /** A directory that only its owner may enter; made with those above it if it is not there. */
    public static Path directory(Path directory) throws IOException {
        if (!Files.isDirectory(directory)) {
            Path parent = directory.toAbsolutePath().getParent();
            if (parent != null) {
                Files.createDirectories(parent);
            }
            Files.createDirectory(
                    directory, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        }
        return directory;
    }
}
