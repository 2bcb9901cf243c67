package org.anticall.ops.audit;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * An entry in its place in the chain.
 *
 * <p>The hash is SHA-256 over the hash before it, the number, and every field of the entry, each field as its length in
 * four bytes and its bytes in UTF-8. No two different entries have the same bytes, and no entry fits in another place.
 *
 * @param seq its number from 1, without gaps
 * @param previous hash of the link before it in hex, {@link #NOTHING} for the first
 * @param hash its own hash in hex
 */
public record AuditLink(long seq, AuditEntry entry, String previous, String hash) {

    /** What stands before the first link. */
    public static final String NOTHING = "0".repeat(64);

    /** The link that follows one with the number {@code seq - 1} and the hash {@code previous}. */
    public static AuditLink after(String previous, long seq, AuditEntry entry) {
        return new AuditLink(seq, entry, previous, hash(previous, seq, entry));
    }

    /** Whether the hash is the one that number, entry and previous hash give. */
    public boolean isWhole() {
        return hash.equals(hash(previous, seq, entry));
    }

    private static String hash(String previous, long seq, AuditEntry entry) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(512);
        put(bytes, previous);
        put(bytes, Long.toString(seq));
        put(bytes, entry.at().toString());
        put(bytes, Long.toString(entry.who().person()));
        put(bytes, entry.who().account());
        put(bytes, entry.who().address());
        put(bytes, entry.action());
        put(bytes, entry.subject());
        put(bytes, entry.details());
        put(bytes, entry.why());
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes.toByteArray()));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java platform has SHA-256", impossible);
        }
    }

    private static void put(ByteArrayOutputStream bytes, String field) {
        byte[] text = field.getBytes(StandardCharsets.UTF_8);
        bytes.writeBytes(ByteBuffer.allocate(Integer.BYTES).putInt(text.length).array());
        bytes.writeBytes(text);
    }
}
