package org.anticall.gateway.journal;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.MappedByteBuffer;
import java.nio.file.Path;
import java.util.zip.CRC32C;

/**
 * One file of the journal, mapped into memory. Any thread may append, without a lock.
 *
 * <h2>Layout, little-endian</h2>
 *
 * <pre>
 *   0  magic      8 bytes
 *   8  sequence   8 bytes
 *  16  frame*     each at a multiple of 8:
 *        word     4 bytes: 0 nothing yet | -n claimed for n bytes | n holds n bytes | {@link #SEALED}
 *        CRC-32C  4 bytes, of the n bytes
 *        n bytes, then zeros up to the next multiple of 8
 * </pre>
 *
 * <h2>Why this survives the death of the process at any point</h2>
 *
 * The file is filled with zeros before its first use. An appender claims its place by exchanging the word at the end of
 * the chain from 0 to -n, so place and claim are one step and the chain never has a gap that cannot be stepped over. It
 * copies the bytes and writes the word n last. Whoever dies in between leaves a claim without record, and has told
 * nobody that the record was accepted. What was accepted is in the page cache and belongs to the kernel.
 */
final class Segment {

    static final long MAGIC = 0x3130_4A43_4954_4E41L;
    static final int HEADER_BYTES = 16;
    static final int FRAME_HEADER_BYTES = 8;

    /** The word that ends the chain of a full segment. */
    static final int SEALED = Integer.MIN_VALUE;

    private static final int PAGE_BYTES = 4096;
    private static final int WRITABLE_AHEAD_BYTES = 64 * PAGE_BYTES;

    private static final VarHandle WORD = MethodHandles.byteBufferViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

    private final long sequence;
    private final Path file;
    private final MappedByteBuffer bytes;
    private final boolean isFinal;

    /** Some frame boundary not far before the end of the chain; a hint, so it may go back a little. */
    private volatile int tail = HEADER_BYTES;

    /**
     * @param bytes the whole file
     * @param isFinal whether nobody appends any more: it was written by an earlier process
     */
    Segment(long sequence, Path file, MappedByteBuffer bytes, boolean isFinal) {
        this.sequence = sequence;
        this.file = file;
        this.bytes = bytes;
        this.isFinal = isFinal;
    }

    long sequence() {
        return sequence;
    }

    Path file() {
        return file;
    }

    boolean isFinal() {
        return isFinal;
    }

    /** Bytes from the beginning to about the end of the chain. */
    int endBytes() {
        return isFinal ? bytes.capacity() : tail;
    }

    /**
     * Appends one record.
     *
     * @param record at least one byte
     * @return false if it does not fit; the segment is sealed then
     */
    boolean append(byte[] record) {
        CRC32C crc = new CRC32C();
        crc.update(record, 0, record.length);
        int at = claim(record.length);
        if (at < 0) {
            return false;
        }
        bytes.put(at + FRAME_HEADER_BYTES, record);
        WORD.set(bytes, at + 4, (int) crc.getValue());
        WORD.setRelease(bytes, at, record.length);
        return true;
    }

    private int claim(int length) {
        int frameBytes = frameBytes(length);
        int at = tail;
        while (at + FRAME_HEADER_BYTES <= bytes.capacity()) {
            int claim = frameBytes <= bytes.capacity() - at ? -length : SEALED;
            int found = (int) WORD.compareAndExchange(bytes, at, 0, claim);
            if (found == SEALED || (found == 0 && claim == SEALED)) {
                return -1;
            }
            if (found == 0) {
                tail = at + frameBytes;
                return at;
            }
            at += frameBytes(Math.abs(found));
        }
        return -1;
    }

    /** The word at a frame boundary; {@link #SEALED} behind the last frame that can stand here. */
    int word(int at) {
        return at + FRAME_HEADER_BYTES > bytes.capacity() ? SEALED : (int) WORD.getAcquire(bytes, at);
    }

    /** Whether a frame of that length can stand there at all. */
    boolean holds(int at, int length) {
        return length > 0 && length <= bytes.capacity() - at - FRAME_HEADER_BYTES;
    }

    /** The record of a frame that {@link #holds} says can stand there. */
    byte[] record(int at, int length) {
        byte[] record = new byte[length];
        bytes.get(at + FRAME_HEADER_BYTES, record);
        return record;
    }

    /** Whether the bytes are those the frame was written with. */
    boolean isIntact(int at, byte[] record) {
        CRC32C crc = new CRC32C();
        crc.update(record, 0, record.length);
        return (int) crc.getValue() == (int) WORD.get(bytes, at + 4);
    }

    /**
     * Forces what was appended from {@code from} on to the disk.
     *
     * @return up to where; the next call's {@code from}
     * @throws java.io.UncheckedIOException if the disk does not take it
     */
    int force(int from) {
        return force(from, tail);
    }

    /** The same but for the page that is being appended to. */
    int forceFullPages(int from) {
        return force(from, tail & -PAGE_BYTES);
    }

    private int force(int from, int upTo) {
        if (upTo > from) {
            bytes.force(from, upTo - from);
        }
        return Math.max(upTo, from);
    }

    /**
     * Makes the pages that come next writable, without changing them. A page is read-only after it was written out, and
     * the first write to it waits for the file system, which may be busy with the pages before: it is the caller's thread
     * that waits then, not the appender's.
     */
    void makeWritable() {
        int from = tail & -PAGE_BYTES;
        int upTo = Math.min(bytes.capacity(), from + WRITABLE_AHEAD_BYTES);
        for (int at = from; at < upTo; at += PAGE_BYTES) {
            int ignored = (int) WORD.getAndAdd(bytes, at, 0);
        }
    }

    /** Brings every page into memory, so that no append meets one that is missing. */
    void load() {
        bytes.load();
        makeWritable();
    }

    static int frameBytes(int length) {
        return (FRAME_HEADER_BYTES + length + 7) & ~7;
    }
}
