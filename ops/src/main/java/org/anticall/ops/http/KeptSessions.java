package org.anticall.ops.http;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sessions in a file that only its owner may read, so that a restart signs nobody out in the middle of a call. It holds
 * hashes of tokens: who reads it has no session. Thread-safe.
 */
final class KeptSessions {

    private static final Logger LOG = LoggerFactory.getLogger(KeptSessions.class);
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path file;

    /**
     * One session.
     *
     * @param hash of its token
     * @param endsAtMillis since 1970
     * @param seenAtMillis when a request of it came last, as far as it was written down; since 1970
     */
    record Kept(String hash, String account, String csrf, boolean mustEnrol, long endsAtMillis, long seenAtMillis) {}

    KeptSessions(Path file) {
        this.file = file;
    }

    /** All of them; none where the file is missing or damaged: then people sign in again. */
    List<Kept> read() {
        try {
            return Files.exists(file) ? JSON.readValue(file.toFile(), new TypeReference<>() {}) : List.of();
        } catch (IOException damaged) {
            LOG.atWarn().addKeyValue("file", file).setCause(damaged).log("everybody has to sign in again");
            return List.of();
        }
    }

    synchronized void write(List<Kept> sessions) {
        Path fresh = file.resolveSibling(file.getFileName() + ".new");
        try {
            Files.deleteIfExists(fresh);
            Files.createFile(fresh, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            Files.write(fresh, JSON.writeValueAsBytes(sessions));
            Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            LOG.atError().addKeyValue("file", file).setCause(e).log("a restart would sign people out");
        }
    }
}
