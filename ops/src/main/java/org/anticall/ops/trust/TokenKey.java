package org.anticall.ops.trust;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.SignatureException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * An Ed25519 private key that never leaves its token (a smart card, a hardware security module, anything with PKCS #11): a
 * program that speaks to the token is given the bytes on standard input and writes the 64 bytes of their signature. Java's own
 * PKCS #11 provider knows no Ed25519. Wherever a private key of this kind is expected this one can be used, see
 * {@link TokenSignatures}. Immutable, thread-safe.
 */
public final class TokenKey implements PrivateKey {

    static final String ALGORITHM = "Ed25519";

    private static final long serialVersionUID = 1L;
    private static final int SIGNATURE_BYTES = 64;
    private static final int LONGEST_COMPLAINT = 500;
    private static final int ANSWER_WITHIN_SECONDS = 20;

    private final transient List<String> command;

    private TokenKey(List<String> command) {
        this.command = List.copyOf(command);
    }

    /**
     * The pair of a token, tried once.
     *
     * @param file the program and its arguments, one a line; lines that are empty or begin with {@code #} say nothing. It
     *     must be its owner's only, since it may tell how the token is opened
     * @param publicKey what the token's signatures are verified with
     * @throws IOException if the file cannot be read, others may read it, or the token does not sign for that key
     */
    public static KeyPair open(Path file, PublicKey publicKey) throws IOException {
        PrivateFile.mustBePrivate(file);
        List<String> command = Files.readAllLines(file, StandardCharsets.UTF_8).stream()
                .filter(line -> !line.isBlank() && !line.startsWith("#"))
                .toList();
        if (command.isEmpty()) {
            throw new IOException(file + ": expected a program that signs and its arguments, one a line");
        }
        TokenSignatures.install();
        TokenKey key = new TokenKey(command);
        try {
            key.mustSignFor(publicKey);
        } catch (GeneralSecurityException failed) {
            throw new IOException(file + ": the token cannot be used: " + failed.getMessage(), failed);
        }
        return new KeyPair(publicKey, key);
    }

    private void mustSignFor(PublicKey publicKey) throws GeneralSecurityException {
        byte[] trial = "anticall: a trial at the start".getBytes(StandardCharsets.US_ASCII);
        Signature signature = Signature.getInstance(ALGORITHM);
        signature.initVerify(publicKey);
        signature.update(trial);
        if (!signature.verify(sign(trial))) {
            throw new SignatureException("it signs with another key than the public half that is beside it");
        }
    }

    /** @throws SignatureException if the program fails, or answers with anything but a signature */
    byte[] sign(byte[] message) throws SignatureException {
        Process process;
        try {
            process = new ProcessBuilder(command).start();
        } catch (IOException cannotStart) {
            throw new SignatureException(cannotStart.getMessage(), cannotStart);
        }
        try {
            CompletableFuture<byte[]> complaint = read(process.getErrorStream(), LONGEST_COMPLAINT);
            CompletableFuture<byte[]> answer = read(process.getInputStream(), SIGNATURE_BYTES + 1);
            try (OutputStream in = process.getOutputStream()) {
                in.write(message);
            } catch (IOException endedBefore) {
                // Its status and complaint tell more.
            }
            if (!process.waitFor(ANSWER_WITHIN_SECONDS, TimeUnit.SECONDS)) {
                throw new SignatureException(command.get(0) + " does not answer");
            }
            byte[] signature = answer.join();
            if (process.exitValue() != 0 || signature.length != SIGNATURE_BYTES) {
                throw new SignatureException("%s ended with %d and gave %d bytes, expected %d: %s"
                        .formatted(
                                command.get(0),
                                process.exitValue(),
                                signature.length,
                                SIGNATURE_BYTES,
                                new String(complaint.join(), StandardCharsets.UTF_8).strip()));
            }
            return signature;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new SignatureException("interrupted", interrupted);
        } finally {
            process.destroyForcibly();
        }
    }

    /** The beginning of what comes; the rest is read away, so that the program can end. */
    private static CompletableFuture<byte[]> read(InputStream from, int most) {
        return CompletableFuture.supplyAsync(() -> {
            try (from) {
                byte[] beginning = from.readNBytes(most);
                from.transferTo(OutputStream.nullOutputStream());
                return beginning;
            } catch (IOException gone) {
                return new byte[0];
            }
        });
    }

    @Override
    public String getAlgorithm() {
        return ALGORITHM;
    }

    /** None: it cannot be read. */
    @Override
    public String getFormat() {
        return "";
    }

    @Override
    public byte[] getEncoded() {
        return new byte[0];
    }
}
