package org.anticall.ops.trust;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;

/**
 * One-time tokens with which gateways enrol. A token names one gateway, is good once and for {@link #GOOD_FOR}; on disk lies
 * only its hash, as a file, and whoever deletes the file first has used the token. Survives restarts. Thread-safe.
 */
public final class EnrolmentTokens {

    public static final Duration GOOD_FOR = Duration.ofHours(1);

    /** What gateways may be called. */
    public static final String NODE = "[A-Za-z0-9][A-Za-z0-9._-]{0,63}";

    private static final int SECRET_BYTES = 24;

    private final Path directory;
    private final Clock clock;
    private final SecureRandom random = new SecureRandom();

    /** @param directory where the hashes lie; made if it is not there */
    public EnrolmentTokens(Path directory, Clock clock) throws IOException {
        this.directory = PrivateFile.directory(directory);
        this.clock = clock;
    }

    /**
     * A token for a gateway; it is kept nowhere.
     *
     * @return secret and the authority's fingerprint, so that the gateway knows the centre at its first word
     */
    public String make(String node, TransportAuthority authority) throws IOException, GeneralSecurityException {
        if (!node.matches(NODE)) {
            throw new IllegalArgumentException("expected a name of letters, digits, '.', '_', '-', but was " + node);
        }
        byte[] secret = new byte[SECRET_BYTES];
        random.nextBytes(secret);
        String text = Base64.getUrlEncoder().withoutPadding().encodeToString(secret);
        PrivateFile.write(file(text), node + "\n" + clock.instant().plus(GOOD_FOR) + "\n");
        return text + "." + authority.fingerprint();
    }

    /**
     * Uses a token up, whether it fits or not.
     *
     * @param secret the part before the dot
     * @return whether it was made for {@code node} and is still good
     */
    public boolean use(String secret, String node) throws IOException {
        Path file = file(secret);
        try {
            List<String> lines = Files.readAllLines(file);
            Files.delete(file);
            return lines.size() == 2
                    && lines.get(0).equals(node)
                    && clock.instant().isBefore(Instant.parse(lines.get(1)));
        } catch (NoSuchFileException | DateTimeException neverMadeOrUsed) {
            return false;
        }
    }

    private Path file(String secret) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(secret.getBytes(StandardCharsets.UTF_8));
            return directory.resolve(HexFormat.of().formatHex(hash));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
