package org.anticall.gateway.path;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Which bypass tokens were used, until they run out: a mapped file in the state directory, so that a token stays used when
 * the process dies, and no call waits for the disk. A table of a fixed size; one that is full refuses. Thread-safe.
 */
final class UsedTokens {

    /** Most tokens that are used and have not run out. */
    static final int SLOTS = 1 << 13;

    private static final int SLOT_BYTES = 24;
    private static final int LOOK_AT = 64;

    private final ByteBuffer slots;

    private UsedTokens(ByteBuffer slots) {
        this.slots = slots;
    }

    /**
     * Opens the table in the state directory, or makes one there.
     *
     * @throws IOException if it can neither be read nor made
     */
    static UsedTokens in(Path stateDirectory) throws IOException {
        Path file = stateDirectory.resolve("bypass.used");
        try (FileChannel channel =
                FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            MappedByteBuffer mapped = channel.map(FileChannel.MapMode.READ_WRITE, 0, (long) SLOTS * SLOT_BYTES);
            return new UsedTokens(mapped);
        }
    }

    /**
     * Uses a token.
     *
     * @param mac at least 16 bytes that stand for it
     * @param expiresSeconds when it runs out, later than {@code nowSeconds}
     * @return false if it was used before, or if there is no place to remember it
     */
    synchronized boolean use(byte[] mac, long expiresSeconds, long nowSeconds) {
        ByteBuffer token = ByteBuffer.wrap(mac);
        long high = token.getLong();
        long low = token.getLong();
        int free = -1;
        for (int i = 0; i < LOOK_AT; i++) {
            int at = (((int) high + i) & (SLOTS - 1)) * SLOT_BYTES;
            long until = slots.getLong(at + 16);
            if (until <= nowSeconds) {
                free = free < 0 ? at : free;
            } else if (slots.getLong(at) == high && slots.getLong(at + 8) == low) {
                return false;
            }
        }
        if (free < 0) {
            return false;
        }
        slots.putLong(free, high);
        slots.putLong(free + 8, low);
        slots.putLong(free + 16, expiresSeconds);
        return true;
    }
}
