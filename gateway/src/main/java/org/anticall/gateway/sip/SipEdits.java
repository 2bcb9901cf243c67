package org.anticall.gateway.sip;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.util.Arrays;

/**
 * What is to be different in a message: a list of replacements, applied in one copy. Whatever no edit covers leaves byte
 * for byte. Edits may be made in any order; those at the same offset stay in the order they were made. Reused through
 * {@link #clear}, allocates only when it grows. Owned by one event loop.
 */
public final class SipEdits {

    private int count;
    private int[] at = new int[32];
    private int[] until = new int[32];
    private int[] inkStart = new int[32];
    private int[] inkEnd = new int[32];
    private byte[] ink = new byte[2048];
    private int inkLength;
    private int current;

    public SipEdits clear() {
        count = 0;
        inkLength = 0;
        return this;
    }

    public boolean isEmpty() {
        return count == 0;
    }

    /** Begins an insertion before the byte at {@code offset}; what is put next is inserted. */
    public SipEdits insert(int offset) {
        return replace(offset, offset);
    }

    public SipEdits remove(int from, int to) {
        return replace(from, to);
    }

    /** Removes header line {@code index} with its folded lines. */
    public SipEdits removeLine(SipMessage message, int index) {
        return replace(message.lineStart(index), message.lineEnd(index));
    }

    /** Begins a replacement of the bytes from {@code from} to {@code to}; what is put next takes their place. */
    public SipEdits replace(int from, int to) {
        if (count == at.length) {
            at = Arrays.copyOf(at, count * 2);
            until = Arrays.copyOf(until, count * 2);
            inkStart = Arrays.copyOf(inkStart, count * 2);
            inkEnd = Arrays.copyOf(inkEnd, count * 2);
        }
        int slot = count++;
        while (slot > 0 && comesAfter(slot - 1, from, to)) {
            at[slot] = at[slot - 1];
            until[slot] = until[slot - 1];
            inkStart[slot] = inkStart[slot - 1];
            inkEnd[slot] = inkEnd[slot - 1];
            slot--;
        }
        at[slot] = from;
        until[slot] = to;
        inkStart[slot] = inkLength;
        inkEnd[slot] = inkLength;
        current = slot;
        return this;
    }

    /** Whether the edit in that slot belongs behind one of {@code from} to {@code to}: insertions come before removals. */
    private boolean comesAfter(int slot, int from, int to) {
        return at[slot] > from || (at[slot] == from && from == to && until[slot] > from);
    }

    public SipEdits put(byte[] text) {
        return put(text, 0, text.length);
    }

    public SipEdits put(byte[] source, int from, int to) {
        int length = to - from;
        ensureInk(length);
        System.arraycopy(source, from, ink, inkLength, length);
        inkLength += length;
        inkEnd[current] = inkLength;
        return this;
    }

    public SipEdits put(char character) {
        ensureInk(1);
        ink[inkLength++] = (byte) character;
        inkEnd[current] = inkLength;
        return this;
    }

    /** Puts a number that is not negative, in decimal. */
    public SipEdits put(long number) {
        ensureInk(20);
        int digits = 1;
        for (long rest = number; rest >= 10; rest /= 10) {
            digits++;
        }
        long rest = number;
        for (int i = inkLength + digits - 1; i >= inkLength; i--) {
            ink[i] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
        inkLength += digits;
        inkEnd[current] = inkLength;
        return this;
    }

    /** What was put last, as text. */
    public String text() {
        return SipText.string(ink, inkStart[current], inkEnd[current]);
    }

    private void ensureInk(int more) {
        if (inkLength + more > ink.length) {
            ink = Arrays.copyOf(ink, Math.max(ink.length * 2, inkLength + more));
        }
    }

    /**
     * The message with all edits made.
     *
     * @return a new buffer, the caller's to release or to write
     * @throws IllegalStateException if two edits overlap
     */
    public ByteBuf apply(SipMessage message, ByteBufAllocator allocator) {
        byte[] bytes = message.bytes();
        ByteBuf out = allocator.directBuffer(message.end() - message.start() + inkLength);
        int copied = message.start();
        for (int i = 0; i < count; i++) {
            if (at[i] < copied) {
                out.release();
                throw new IllegalStateException(
                        "edit at " + at[i] + " overlaps the one before, which ends at " + copied);
            }
            out.writeBytes(bytes, copied, at[i] - copied);
            out.writeBytes(ink, inkStart[i], inkEnd[i] - inkStart[i]);
            copied = until[i];
        }
        return out.writeBytes(bytes, copied, message.end() - copied);
    }
}
