package org.anticall.ops.media;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * A file that only who has the key can read, and that nobody can change, cut or put together from others unnoticed: AES-GCM
 * over pieces of 64 KiB. Each file has a random name in every nonce, each piece its number and whether it is the last.
 *
 * <pre>
 *  file  = "ACR1" name(7) *piece
 *  piece = length(4) ciphertext          nonce = name(7) number(4) last(1)
 * </pre>
 */
public final class SealedFile {

    /** Length of a key, bytes: AES-256. */
    public static final int KEY_BYTES = 32;

    private static final byte[] MAGIC = {'A', 'C', 'R', '1'};
    private static final int NAME_BYTES = 7;
    private static final int PIECE_BYTES = 65_536;
    private static final int TAG_BITS = 128;
    private static final SecureRandom RANDOM = new SecureRandom();

    private SealedFile() {}

    /** Writes {@code content} as {@code file}, whole or not at all. */
    public static void write(Path file, byte[] key, byte[] content) throws IOException {
        byte[] name = new byte[NAME_BYTES];
        RANDOM.nextBytes(name);
        Path half = file.resolveSibling(file.getFileName() + ".part");
        try (OutputStream raw = Files.newOutputStream(half);
                DataOutputStream out = new DataOutputStream(raw)) {
            out.write(MAGIC);
            out.write(name);
            int pieces = Math.max(1, (content.length + PIECE_BYTES - 1) / PIECE_BYTES);
            for (int number = 0; number < pieces; number++) {
                int from = number * PIECE_BYTES;
                byte[] piece = Arrays.copyOfRange(content, from, Math.min(content.length, from + PIECE_BYTES));
                byte[] sealed = cipher(Cipher.ENCRYPT_MODE, key, nonce(name, number, number == pieces - 1), piece);
                out.writeInt(sealed.length);
                out.write(sealed);
            }
        }
        Files.move(half, file, StandardCopyOption.ATOMIC_MOVE);
    }

    /**
     * Reads the content of {@code file} to {@code out}.
     *
     * @throws IOException if it is no such file, the key is another one, or a byte of it was changed
     */
    public static void read(Path file, byte[] key, OutputStream out) throws IOException {
        try (InputStream raw = Files.newInputStream(file);
                DataInputStream in = new DataInputStream(raw)) {
            if (!Arrays.equals(in.readNBytes(MAGIC.length), MAGIC)) {
                throw new IOException(file + " is no sealed file");
            }
            byte[] name = in.readNBytes(NAME_BYTES);
            long left = Files.size(file) - MAGIC.length - NAME_BYTES;
            for (int number = 0; left > 0; number++) {
                int length = in.readInt();
                if (length < TAG_BITS / 8 || length > PIECE_BYTES + TAG_BITS / 8) {
                    throw new IOException(file + ", piece " + number + ": length " + length);
                }
                byte[] sealed = in.readNBytes(length);
                left -= 4 + length;
                out.write(cipher(Cipher.DECRYPT_MODE, key, nonce(name, number, left <= 0), sealed));
            }
        } catch (EOFException cut) {
            throw new IOException(file + " was cut", cut);
        }
    }

    private static byte[] nonce(byte[] name, int number, boolean last) {
        return ByteBuffer.allocate(NAME_BYTES + 5)
                .put(name)
                .putInt(number)
                .put((byte) (last ? 1 : 0))
                .array();
    }

    private static byte[] cipher(int mode, byte[] key, byte[] nonce, byte[] piece) throws IOException {
        try {
            Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
            cipher.init(mode, new SecretKeySpec(key, "AES"), new GCMParameterSpec(TAG_BITS, nonce));
            return cipher.doFinal(piece);
        } catch (GeneralSecurityException e) {
            throw new IOException("not sealed with this key, or changed since", e);
        }
    }
}
