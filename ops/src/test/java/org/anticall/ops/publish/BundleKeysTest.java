package org.anticall.ops.publish;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.PublicKey;
import java.util.Set;
import java.util.stream.Stream;
import org.anticall.rules.bundle.SigningKeys;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The files of the keys that sign bundles, and how one takes the place of another. */
class BundleKeysTest {

    @TempDir
    Path keys;

    @Test
    void theNextKeyIsMadeOnceAndSignsWhenItIsMovedIntoItsPlace() throws IOException {
        BundleKeys first = BundleKeys.openOrMake(keys);
        PublicKey next = pem(BundleKeys.next(keys));
        assertEquals(next, pem(BundleKeys.next(keys)));
        assertEquals(
                first.signing().getPublic(),
                BundleKeys.openOrMake(keys).signing().getPublic(),
                "nothing has changed yet");

        Files.move(keys.resolve("bundle-next.key"), keys.resolve("bundle.key"), StandardCopyOption.REPLACE_EXISTING);
        BundleKeys second = BundleKeys.openOrMake(keys);

        assertEquals(next, second.signing().getPublic());
        assertEquals(next, pem(keys.resolve("bundle.pem")));
        assertEquals(Set.of(first.signing().getPublic(), next), Set.copyOf(second.known()));
    }

    @Test
    void privateKeysAreForTheirOwnerOnly() throws IOException {
        BundleKeys.openOrMake(keys);
        BundleKeys.next(keys);
        try (Stream<Path> files = Files.list(keys)) {
            for (Path file :
                    files.filter(each -> each.toString().endsWith(".key")).toList()) {
                assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
            }
        }
    }

    @Test
    void aDamagedFormerKeyIsNamed() throws IOException {
        BundleKeys.openOrMake(keys);
        Path damaged = Files.writeString(keys.resolve("signed-with-0011.pem"), "nothing");

        IOException refused = assertThrows(IOException.class, () -> BundleKeys.openOrMake(keys));

        assertTrue(refused.getMessage().startsWith(damaged.toString()), refused.getMessage());
    }

    private static PublicKey pem(Path file) throws IOException {
        return SigningKeys.publicKey(Files.readString(file));
    }
}
