package org.anticall.gateway.journal;

/**
 * A place in the journal: everything before it has been read.
 *
 * @param sequence of the segment
 * @param offset of a frame boundary in it, bytes
 */
record JournalPosition(long sequence, int offset) {

    static final JournalPosition START = new JournalPosition(0, Segment.HEADER_BYTES);
}
