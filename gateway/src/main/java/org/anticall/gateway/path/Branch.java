package org.anticall.gateway.path;

import org.anticall.gateway.sip.SipEdits;
import org.anticall.gateway.sip.SipMessage;
import org.anticall.gateway.sip.SipText;
import org.anticall.gateway.sip.Slice;

/**
 * Branch parameters this gateway writes into its Via. One of a judged call names loop, table slot, generation and leg, so
 * that a response finds its call without a search; one of a message forwarded statelessly names the port the message came
 * by and is a hash of the branch before it, so that a retransmission gets the same (RFC 3261 §16.11). Both end with a hash of the Request-URI, by which a loop
 * is seen (RFC 3261 §16.6 item 8). The view is reused; owned by one event loop.
 */
final class Branch {

    private static final byte[] JUDGED = SipText.bytes("z9hG4bKacj");
    private static final byte[] STATELESS = SipText.bytes("z9hG4bKacs");
    private static final int LOOP = 2;
    private static final int LEG = 2;
    private static final int SLOT = 5;
    private static final int GENERATION = 8;
    private static final int URI = 6;
    private static final int PORT = 1;
    private static final int HASH = 12;
    private static final int JUDGED_LENGTH = JUDGED.length + LOOP + LEG + SLOT + GENERATION + URI;
    private static final int STATELESS_LENGTH = STATELESS.length + PORT + HASH + URI;

    private boolean judged;
    private int loop;
    private int leg;
    private int slot;
    private int port;
    private long generation;
    private long uriHash;
    private long hash;

    static void putJudged(SipEdits edits, int loop, int leg, int slot, long generation, long uriHash) {
        edits.put(JUDGED);
        Base32.put(edits, LOOP, loop);
        Base32.put(edits, LEG, leg);
        Base32.put(edits, SLOT, slot);
        Base32.put(edits, GENERATION, generation);
        Base32.put(edits, URI, uriHash);
    }

    static void putStateless(SipEdits edits, int port, long hash, long uriHash) {
        edits.put(STATELESS);
        Base32.put(edits, PORT, port);
        Base32.put(edits, HASH, hash);
        Base32.put(edits, URI, uriHash);
    }

    /** Reads a branch; false if this gateway did not write it. */
    boolean read(SipMessage message, long slice) {
        byte[] bytes = message.bytes();
        int from = Slice.start(slice);
        int length = Slice.end(slice) - from;
        if (length == JUDGED_LENGTH && SipText.equals(bytes, from, from + JUDGED.length, JUDGED)) {
            return readJudged(bytes, from + JUDGED.length);
        }
        if (length == STATELESS_LENGTH && SipText.equals(bytes, from, from + STATELESS.length, STATELESS)) {
            return readStateless(bytes, from + STATELESS.length);
        }
        return false;
    }

    private boolean readStateless(byte[] bytes, int from) {
        judged = false;
        port = (int) Base32.read(bytes, from, PORT);
        hash = Base32.read(bytes, from + PORT, HASH);
        uriHash = Base32.read(bytes, from + PORT + HASH, URI);
        return port >= 0 && hash >= 0 && uriHash >= 0;
    }

    private boolean readJudged(byte[] bytes, int from) {
        judged = true;
        int at = from;
        loop = (int) Base32.read(bytes, at, LOOP);
        at += LOOP;
        leg = (int) Base32.read(bytes, at, LEG);
        at += LEG;
        slot = (int) Base32.read(bytes, at, SLOT);
        at += SLOT;
        generation = Base32.read(bytes, at, GENERATION);
        at += GENERATION;
        uriHash = Base32.read(bytes, at, URI);
        return loop >= 0 && leg >= 0 && slot >= 0 && generation >= 0 && uriHash >= 0;
    }

    boolean isJudged() {
        return judged;
    }

    int loop() {
        return loop;
    }

    int leg() {
        return leg;
    }

    int slot() {
        return slot;
    }

    long generation() {
        return generation;
    }

    /** Place of the port the message came by, see {@link Ports#at}. */
    int port() {
        return port;
    }

    /** The hash a stateless branch carries: the lowest 60 bits of what it was made of. */
    long hash() {
        return hash;
    }

    /** The lowest 30 bits of the Request-URI's hash. */
    long uriHash() {
        return uriHash;
    }

    static long hashBits(long value) {
        return value & ((1L << (5 * HASH)) - 1);
    }

    static long uriBits(long value) {
        return value & ((1L << (5 * URI)) - 1);
    }

    /** Whether the branch was written for a request to a Request-URI with that hash. */
    boolean isForUri(long wanted) {
        return uriHash == uriBits(wanted);
    }
}
