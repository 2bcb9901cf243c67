package org.anticall.ops.config;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.List;
import org.anticall.ops.trust.PrivateFile;

/**
 * An Ed25519 key pair in a file that only its owner may read: the private key (PKCS #8) and the public key (X.509), one a
 * line, in base 64.
 */
public final class KeyFile {

    private static final String ALGORITHM = "Ed25519";

    private KeyFile() {}

    /**
     * Reads the pair, or makes one if there is no file.
     *
     * @throws IOException if the file cannot be read or written, others than its owner may read or write it, or it holds
     *     something else
     */
    public static KeyPair openOrMake(Path file) throws IOException {
        try {
            return Files.exists(file) ? read(file) : make(file);
        } catch (GeneralSecurityException | IllegalArgumentException notAKey) {
            throw new IOException(file + ": expected an Ed25519 key pair, two lines of base 64", notAKey);
        }
    }

    private static KeyPair read(Path file) throws IOException, GeneralSecurityException {
        String permissions = PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
        if (!permissions.endsWith("------")) {
            throw new IOException(file + " has the permissions " + permissions + ", expected rw-------");
        }
        List<String> lines = Files.readAllLines(file);
        if (lines.size() < 2) {
            throw new IllegalArgumentException("two lines are needed");
        }
        KeyFactory factory = KeyFactory.getInstance(ALGORITHM);
        Base64.Decoder base64 = Base64.getDecoder();
        return new KeyPair(
                factory.generatePublic(
                        new X509EncodedKeySpec(base64.decode(lines.get(1).strip()))),
                factory.generatePrivate(
                        new PKCS8EncodedKeySpec(base64.decode(lines.get(0).strip()))));
    }

    /** Written beside and moved, so that a crash leaves a whole file or none. */
    private static KeyPair make(Path file) throws IOException, GeneralSecurityException {
        KeyPair keys = KeyPairGenerator.getInstance(ALGORITHM).generateKeyPair();
        Base64.Encoder base64 = Base64.getEncoder();
        String text = base64.encodeToString(keys.getPrivate().getEncoded()) + "\n"
                + base64.encodeToString(keys.getPublic().getEncoded()) + "\n";
        Path directory = file.toAbsolutePath().getParent();
        if (directory != null) {
            PrivateFile.directory(directory);
        }
        Path made = file.resolveSibling(file.getFileName() + ".new");
        Files.deleteIfExists(made);
        Files.createFile(made, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(made, text, StandardCharsets.US_ASCII);
        try {
            Files.move(made, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (AtomicMoveNotSupportedException plain) {
            Files.move(made, file);
        }
        return keys;
    }
}
