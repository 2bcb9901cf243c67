package org.anticall.rules.engine;

import java.util.Arrays;

/** Bytes that counters are saved to and restored from; grows as it is written. Big-endian. Not thread-safe. */
final class SavedBytes {

    private byte[] bytes;
    private int at;

    SavedBytes(int capacity) {
        this.bytes = new byte[Math.max(16, capacity)];
    }

    /** To read {@code saved}. */
    SavedBytes(byte[] saved) {
        this.bytes = saved;
    }

    SavedBytes putInt(int value) {
        room(Integer.BYTES);
        for (int shift = 24; shift >= 0; shift -= 8) {
            bytes[at++] = (byte) (value >>> shift);
        }
        return this;
    }

    SavedBytes putLong(long value) {
        return putInt((int) (value >>> 32)).putInt((int) value);
    }

    /** The next four bytes. @throws IllegalArgumentException at the end */
    int getInt() {
        if (at + Integer.BYTES > bytes.length) {
            throw new IllegalArgumentException("saved counters end at byte " + at + ", expected more");
        }
        int value = 0;
        for (int i = 0; i < Integer.BYTES; i++) {
            value = (value << 8) | (bytes[at++] & 0xFF);
        }
        return value;
    }

    long getLong() {
        return ((long) getInt() << 32) | (getInt() & 0xFFFF_FFFFL);
    }

    /** All that was written. */
    byte[] written() {
        return Arrays.copyOf(bytes, at);
    }

    private void room(int more) {
        if (at + more > bytes.length) {
            bytes = Arrays.copyOf(bytes, (int) Math.min(Integer.MAX_VALUE - 8L, bytes.length * 2L));
        }
    }
}
