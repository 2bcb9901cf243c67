package org.anticall.ops.media;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SealedFileTest {

    private static final byte[] KEY = "0123456789abcdef0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 65_535, 65_536, 65_537, 200_000})
    void whatWasWrittenIsRead(int length) throws IOException {
        byte[] content = content(length);

        SealedFile.write(file(), KEY, content);

        assertArrayEquals(content, read(KEY));
    }

    @Test
    void theContentDoesNotStandInTheFile() throws IOException {
        SealedFile.write(file(), KEY, "What the caller said".getBytes(StandardCharsets.US_ASCII));

        assertFalse(new String(Files.readAllBytes(file()), StandardCharsets.ISO_8859_1).contains("caller"));
    }

    @Test
    void anotherKeyReadsNothing() throws IOException {
        SealedFile.write(file(), KEY, content(100));
        byte[] other = KEY.clone();
        other[0]++;

        assertThrows(IOException.class, () -> read(other));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 5, 12, 70, 65_600, -1})
    void aChangedByteIsFound(int at) throws IOException {
        SealedFile.write(file(), KEY, content(100_000));
        byte[] bytes = Files.readAllBytes(file());
        bytes[at < 0 ? bytes.length - 1 : at] ^= 1;
        Files.write(file(), bytes);

        assertThrows(IOException.class, () -> read(KEY));
    }

    @Test
    void aPieceThatWasCutOffIsFound() throws IOException {
        SealedFile.write(file(), KEY, content(100_000));
        byte[] bytes = Files.readAllBytes(file());
        Files.write(file(), Arrays.copyOf(bytes, 11 + 4 + 65_536 + 16));

        assertThrows(IOException.class, () -> read(KEY));
    }

    private Path file() {
        return folder.resolve("call.acr");
    }

    private byte[] read(byte[] key) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        SealedFile.read(file(), key, out);
        return out.toByteArray();
    }

    private static byte[] content(int length) {
        byte[] content = new byte[length];
        for (int i = 0; i < length; i++) {
            content[i] = (byte) (i * 31);
        }
        return content;
    }
}
