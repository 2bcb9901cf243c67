package org.anticall.gateway.path;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.anticall.gateway.sip.SipEdits;

/** Numbers as Crockford base 32 in lower case, five bits a character; read in either case. */
final class Base32 {

    private static final byte[] DIGITS = "0123456789abcdefghjkmnpqrstvwxyz".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] VALUES = values();

    private Base32() {}

    /** Puts the lowest {@code 5 × digits} bits of {@code value}. */
    static void put(SipEdits edits, int digits, long value) {
        for (int shift = 5 * (digits - 1); shift >= 0; shift -= 5) {
            edits.put((char) DIGITS[(int) (value >>> shift) & 31]);
        }
    }

    /** Reads {@code digits} characters; -1 if one of them is no digit. At most 12 digits. */
    static long read(byte[] bytes, int from, int digits) {
        long value = 0;
        for (int i = from; i < from + digits; i++) {
            byte digit = bytes[i] < 0 ? -1 : VALUES[bytes[i]];
            if (digit < 0) {
                return -1;
            }
            value = value << 5 | digit;
        }
        return value;
    }

    private static byte[] values() {
        byte[] values = new byte[128];
        Arrays.fill(values, (byte) -1);
        for (byte i = 0; i < DIGITS.length; i++) {
            values[DIGITS[i]] = i;
            if (DIGITS[i] >= 'a') {
                values[DIGITS[i] - 32] = i;
            }
        }
        return values;
    }
}
