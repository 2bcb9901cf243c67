package org.anticall.gateway.path;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Arrays;

/**
 * What only this gateway knows: the key of its Record-Route tokens and of its hashes. Kept in the state directory, so that
 * dialogs from before a restart still find their way.
 *
 * @param bytes {@value #BYTES} random bytes; not to be changed
 */
record PathSecret(byte[] bytes) {

    static final int BYTES = 32;

    private static final String FILE = "path.key";

    /**
     * Reads the secret of the state directory, or makes one there.
     *
     * @throws IOException if it can neither be read nor made; the message names the file
     */
    static PathSecret in(Path stateDirectory) throws IOException {
        Path file = stateDirectory.resolve(FILE);
        if (Files.exists(file)) {
            byte[] bytes = Files.readAllBytes(file);
            if (bytes.length != BYTES) {
                throw new IOException(file + ": expected " + BYTES + " bytes, found " + bytes.length);
            }
            return new PathSecret(bytes);
        }
        Files.createDirectories(stateDirectory);
        PathSecret made = random();
        Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.write(file, made.bytes, StandardOpenOption.WRITE);
        return made;
    }

    static PathSecret random() {
        byte[] bytes = new byte[BYTES];
        new SecureRandom().nextBytes(bytes);
        return new PathSecret(bytes);
    }

    byte[] tokenKey() {
        return Arrays.copyOf(bytes, 16);
    }

    KeyHash hash() {
        ByteBuffer seeds = ByteBuffer.wrap(bytes, 16, 16);
        return new KeyHash(seeds.getLong(), seeds.getLong());
    }
}
