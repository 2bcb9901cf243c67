package org.anticall.ops.publish;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.PublicKey;
import java.util.ArrayList;
import java.util.List;
import org.anticall.ops.config.KeyFile;
import org.anticall.ops.trust.PrivateFile;
import org.anticall.ops.trust.TokenKey;
import org.anticall.rules.bundle.KeyId;
import org.anticall.rules.bundle.SigningKeys;

/**
 * The key pair that signs bundles, and the public halves of all that have ever signed here, so that revisions of former keys
 * stay readable.
 *
 * <pre>
 *   bundle.key            signs now
 *   bundle.token          or, instead of it: the program that has a token sign, see {@link TokenKey}
 *   bundle-token.pem      the public half of the token's key
 *   bundle.pem            the public half of what signs now, which gateways pin
 *   bundle-next.key       is to sign next: moved over bundle.key when all gateways have pinned it
 *   bundle-next.pem       its public half
 *   signed-with-ID.pem    public halves of all that signed, the present one among them
 * </pre>
 *
 * @param signing Ed25519
 * @param known whose signatures on stored revisions are believed
 */
public record BundleKeys(KeyPair signing, List<PublicKey> known) {

    private static final String FORMER = "signed-with-";

    public BundleKeys {
        known = List.copyOf(known);
    }

    /** A pair that nobody signed before. */
    public static BundleKeys only(KeyPair signing) {
        return new BundleKeys(signing, List.of(signing.getPublic()));
    }

    /**
     * Reads the keys in {@code directory}, and makes a pair if there is none.
     *
     * @throws IOException if a file cannot be read or written, or holds something else
     */
    public static BundleKeys openOrMake(Path directory) throws IOException {
        KeyPair signing = signing(directory);
        String pem = SigningKeys.pem(signing.getPublic());
        Files.writeString(directory.resolve("bundle.pem"), pem);
        PrivateFile.write(directory.resolve(FORMER + KeyId.of(signing.getPublic()) + ".pem"), pem);
        List<PublicKey> known = new ArrayList<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory, FORMER + "*.pem")) {
            for (Path file : files) {
                known.add(publicKey(file));
            }
        }
        return new BundleKeys(signing, known);
    }

    private static KeyPair signing(Path directory) throws IOException {
        Path token = directory.resolve("bundle.token");
        return Files.exists(token)
                ? TokenKey.open(token, publicKey(directory.resolve("bundle-token.pem")))
                : KeyFile.openOrMake(directory.resolve("bundle.key"));
    }

    private static PublicKey publicKey(Path file) throws IOException {
        try {
            return SigningKeys.publicKey(Files.readString(file));
        } catch (IllegalArgumentException damaged) {
            throw new IOException(file + ": " + damaged.getMessage(), damaged);
        }
    }

    /**
     * Makes the pair that is to sign next, unless there is one.
     *
     * @return the file with its public half, for gateways to pin
     * @throws IOException if a file cannot be read or written, or holds something else
     */
    public static Path next(Path directory) throws IOException {
        KeyPair next = KeyFile.openOrMake(directory.resolve("bundle-next.key"));
        return Files.writeString(directory.resolve("bundle-next.pem"), SigningKeys.pem(next.getPublic()));
    }
}
