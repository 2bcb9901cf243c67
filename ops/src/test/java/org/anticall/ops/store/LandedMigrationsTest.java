package org.anticall.ops.store;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A migration that installations have run is never written differently afterwards: they would have other tables than new
 * installations, and refuse to start. What has to change is another migration. A new one is listed when it has shipped.
 */
class LandedMigrationsTest {

    @ParameterizedTest
    @MethodSource("landed")
    void whatHasShippedStaysAsItIs(String line) throws Exception {
        String[] parts = line.split(" +", 2);
        byte[] migration = bytes("migration/" + parts[1]);

        assertEquals(
                parts[0],
                HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(migration)));
    }

    static List<String> landed() throws IOException {
        return new String(bytes("landed/migrations.sha256"), StandardCharsets.US_ASCII)
                .lines()
                .toList();
    }

    private static byte[] bytes(String resource) throws IOException {
        try (InputStream in = Database.class.getResourceAsStream(resource)) {
            return Objects.requireNonNull(in, resource).readAllBytes();
        }
    }
}
