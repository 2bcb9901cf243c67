package org.anticall.ops.trust;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.SignatureException;
import java.util.List;
import org.anticall.rules.bundle.SigningKeys;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A key that another program has; that program plays the token here. */
class TokenKeyTest {

    private static final byte[] TRIAL = "anticall: a trial at the start".getBytes(US_ASCII);

    @TempDir
    Path directory;

    private final KeyPair inside = SigningKeys.generate();

    @BeforeEach
    void answerOfTheToken() throws Exception {
        answers(signature(TRIAL));
    }

    @Test
    void theTokenIsGivenTheBytesAndItsAnswerIsTheSignature() throws Exception {
        KeyPair pair = TokenKey.open(file("sh", "-c", "cat > given; cat answer"), inside.getPublic());
        assertArrayEquals(TRIAL, Files.readAllBytes(directory.resolve("given")));
        byte[] message = "anticall bundle 1\nmanifest".getBytes(US_ASCII);
        answers(signature(message));

        Signature signing = Signature.getInstance("Ed25519");
        signing.initSign(pair.getPrivate());
        signing.update(message, 0, 8);
        signing.update(message[8]);
        signing.update(message, 9, message.length - 9);
        byte[] signed = signing.sign();

        assertArrayEquals(message, Files.readAllBytes(directory.resolve("given")));
        assertArrayEquals(signature(message), signed);
        assertEquals(0, pair.getPrivate().getEncoded().length, "nothing of it can be read");
    }

    @Test
    void otherKeysAreSignedWithAsBefore() throws Exception {
        TokenKey.open(file("cat", "answer"), inside.getPublic());

        assertArrayEquals(signature(TRIAL), sign(inside.getPrivate(), TRIAL));
    }

    @Test
    void aTokenThatFailsLaterIsToldWithItsOwnWords() throws Exception {
        PrivateKey key = TokenKey.open(
                        file("sh", "-c", "cat >/dev/null; cat answer || { echo no card >&2; exit 3; }"),
                        inside.getPublic())
                .getPrivate();
        Files.delete(directory.resolve("answer"));

        SignatureException failed = assertThrows(SignatureException.class, () -> sign(key, TRIAL));

        assertTrue(failed.getMessage().contains("sh ended with 3"), failed.getMessage());
        assertTrue(failed.getMessage().contains("no card"), failed.getMessage());
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 63, 65})
    void anAnswerOfAnotherLengthIsNoSignature(int bytes) throws Exception {
        answers(new byte[bytes]);

        assertTrue(refusal("cat", "answer").contains("gave " + bytes + " bytes, expected 64"));
    }

    @Test
    void aTokenWithAnotherKeyIsRefused() throws Exception {
        answers(new byte[64]);

        assertTrue(refusal("cat", "answer").contains("signs with another key"));
    }

    @Test
    void aProgramThatIsNotThereIsNamed() throws Exception {
        assertTrue(refusal("no-such-program").contains("no-such-program"));
    }

    @Test
    void aFileWithNothingInItSaysWhatIsExpected() throws Exception {
        assertTrue(refusal("# only a comment", "").contains("expected a program"));
    }

    @Test
    void aFileThatOthersMayReadIsRefused() throws Exception {
        Path file = file("cat", "answer");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));

        IOException refused = assertThrows(IOException.class, () -> TokenKey.open(file, inside.getPublic()));

        assertEquals(file + " has the permissions rw-r-----, expected rw-------", refused.getMessage());
    }

    private String refusal(String... command) throws IOException {
        Path file = file(command);
        String message = assertThrows(IOException.class, () -> TokenKey.open(file, inside.getPublic()))
                .getMessage();
        assertTrue(message.startsWith(file.toString()), message);
        return message;
    }

    /** The program's words {@code given} and {@code answer} are files of this test. */
    private Path file(String... command) throws IOException {
        List<String> lines = List.of(command).stream()
                .map(word -> word.replace("answer", directory.resolve("answer").toString())
                        .replace("given", directory.resolve("given").toString()))
                .toList();
        Path file = Files.write(directory.resolve("bundle.token"), lines);
        return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    }

    private void answers(byte[] answer) throws IOException {
        Files.write(directory.resolve("answer"), answer);
    }

    private byte[] signature(byte[] message) throws Exception {
        return sign(inside.getPrivate(), message);
    }

    private static byte[] sign(PrivateKey key, byte[] message) throws Exception {
        Signature signing = Signature.getInstance("Ed25519");
        signing.initSign(key);
        signing.update(message);
        return signing.sign();
    }
}
