package org.anticall.ops.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyPair;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeyFileTest {

    @TempDir
    Path directory;

    @Test
    void thePairThatWasMadeIsRead() throws IOException {
        Path file = directory.resolve("keys/bundle.key");

        KeyPair made = KeyFile.openOrMake(file);

        assertEquals(made.getPublic(), KeyFile.openOrMake(file).getPublic());
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"rw-r-----", "rw-----w-", "rw----r--"})
    void aKeyThatOthersMayReadOrWriteIsNotUsed(String permissions) throws IOException {
        Path file = directory.resolve("bundle.key");
        KeyFile.openOrMake(file);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));

        IOException refused = assertThrows(IOException.class, () -> KeyFile.openOrMake(file));

        assertEquals(file + " has the permissions " + permissions + ", expected rw-------", refused.getMessage());
    }

    @Test
    void aFileWithSomethingElseIsNamed() throws IOException {
        Path file = Files.writeString(directory.resolve("bundle.key"), "no key\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));

        IOException refused = assertThrows(IOException.class, () -> KeyFile.openOrMake(file));

        assertEquals(file + ": expected an Ed25519 key pair, two lines of base 64", refused.getMessage());
    }
}
