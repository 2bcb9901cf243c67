package org.anticall.gateway.path;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * A keyed 128-bit hash over pieces of a message, good enough to stand for them in tables of one process: without the key
 * nobody can make two messages collide. Reused; owned by one event loop.
 */
final class KeyHash {

    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long ONE = 0x9E3779B97F4A7C15L;
    private static final long TWO = 0xC2B2AE3D27D4EB4FL;

    private final long seedHigh;
    private final long seedLow;
    private long high;
    private long low;

    KeyHash(long seedHigh, long seedLow) {
        this.seedHigh = seedHigh;
        this.seedLow = seedLow;
    }

    KeyHash begin() {
        high = seedHigh;
        low = seedLow;
        return this;
    }

    KeyHash add(byte[] bytes, int from, int to) {
        int at = from;
        for (; at + 8 <= to; at += 8) {
            add((long) LONGS.get(bytes, at));
        }
        long rest = (long) to - from;
        for (; at < to; at++) {
            rest = rest << 8 | (bytes[at] & 0xFF);
        }
        return add(rest);
    }

    KeyHash add(long word) {
        high = Long.rotateLeft(high ^ word * ONE, 31) * TWO + low;
        low = Long.rotateLeft(low ^ word * TWO, 29) * ONE + high;
        return this;
    }

    long high() {
        return mix(high ^ Long.rotateLeft(low, 17));
    }

    long low() {
        return mix(low + high);
    }

    private static long mix(long value) {
        long mixed = (value ^ (value >>> 32)) * ONE;
        mixed = (mixed ^ (mixed >>> 29)) * TWO;
        return mixed ^ (mixed >>> 32);
    }
}
