package org.anticall.gateway.sip;

/**
 * The user part of a URI as text without its parameters ({@code ;rn=}, {@code ;npdi}, {@code ;cpc=}, {@code ;verstat=}),
 * %-escapes decoded. Reused; holds until the next {@link #read} and as long as the bytes it was read from. Characters are
 * bytes, 0 to 255.
 */
public final class UserPart implements CharSequence {

    private byte[] bytes = new byte[0];
    private int from;
    private int to;
    private byte[] decoded = new byte[64];

    public UserPart clear() {
        from = 0;
        to = 0;
        return this;
    }

    public UserPart read(byte[] source, SipUri uri) {
        return read(source, uri.userStart(), uri.userEnd());
    }

    public UserPart read(byte[] source, int start, int end) {
        bytes = source;
        from = start;
        to = end;
        for (int i = start; i < end; i++) {
            if (source[i] == '%') {
                decode();
                break;
            }
        }
        return this;
    }

    private void decode() {
        if (decoded.length < to - from) {
            decoded = new byte[to - from];
        }
        int length = 0;
        for (int i = from; i < to; i++) {
            int high = bytes[i] == '%' && i + 2 < to ? SipText.hex(bytes[i + 1]) : -1;
            int low = high < 0 ? -1 : SipText.hex(bytes[i + 2]);
            if (low >= 0) {
                decoded[length++] = (byte) (high << 4 | low);
                i += 2;
            } else {
                decoded[length++] = bytes[i];
            }
        }
        int end = 0;
        while (end < length && decoded[end] != ';') {
            end++;
        }
        bytes = decoded;
        from = 0;
        to = end;
    }

    @Override
    public int length() {
        return to - from;
    }

    @Override
    public char charAt(int index) {
        return (char) (bytes[from + index] & 0xFF);
    }

    @Override
    public CharSequence subSequence(int start, int end) {
        return toString().subSequence(start, end);
    }

    @Override
    public String toString() {
        return SipText.string(bytes, from, to);
    }
}
