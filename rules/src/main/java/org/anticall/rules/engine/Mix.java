package org.anticall.rules.engine;

/** Spreads bits: the finaliser of a 64-bit hash. Pure, the same on every machine. */
final class Mix {

    private static final long SEED = 0xCBF29CE484222325L;
    private static final long PRIME = 0x100000001B3L;

    private Mix() {}

    static long mix(long value) {
        long mixed = value;
        mixed = (mixed ^ (mixed >>> 30)) * 0xBF58476D1CE4E5B9L;
        mixed = (mixed ^ (mixed >>> 27)) * 0x94D049BB133111EBL;
        return mixed ^ (mixed >>> 31);
    }

    /** FNV-1a over the bytes, spread. */
    static long hash(byte[] bytes) {
        long hash = SEED;
        for (byte each : bytes) {
            hash = (hash ^ (each & 0xFF)) * PRIME;
        }
        return mix(hash);
    }

    /** FNV-1a over the characters, spread. */
    static long hash(CharSequence text) {
        long hash = SEED;
        for (int i = 0; i < text.length(); i++) {
            hash = (hash ^ text.charAt(i)) * PRIME;
        }
        return mix(hash);
    }
}
