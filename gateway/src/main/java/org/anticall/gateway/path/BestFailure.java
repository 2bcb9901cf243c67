package org.anticall.gateway.path;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import org.jspecify.annotations.Nullable;

/**
 * The best of the failures that legs ended with (RFC 3261 §16.7 items 6 and 7): a 6xx beats all, else the lowest class
 * counts, within 4xx one that tells the caller what to do better, among equals the first. A hop that said nothing counts
 * as 408. Challenges of all hops are told together. Owns the response it keeps. Owned by one event loop.
 */
final class BestFailure {

    private @Nullable ByteBuf response;
    private int status;
    private boolean silence;

    /** Whether a failure with this status would be the best. */
    boolean isBeatenBy(int other) {
        return response == null || rank(other) < rank(status);
    }

    private static int rank(int status) {
        if (status >= 600) {
            return 0;
        }
        return switch (status) {
            case 401, 407, 415, 420, 484 -> 40;
            default -> status / 100 * 10 + 1;
        };
    }

    /** Whether a failure asks for credentials. */
    static boolean isChallenge(int status) {
        return status == 401 || status == 407;
    }

    /** Keeps this one instead; takes it over. */
    void keep(int newStatus, ByteBuf newResponse) {
        forget();
        status = newStatus;
        response = newResponse;
    }

    /** Adds the challenges of another hop, whole header lines, if the best failure is one. */
    void challenge(byte[] lines, ByteBufAllocator allocator) {
        ByteBuf old = response;
        if (old == null || !isChallenge(status) || lines.length == 0) {
            return;
        }
        int headersEnd = headersEnd(old);
        ByteBuf both = allocator.directBuffer(old.readableBytes() + lines.length);
        both.writeBytes(old, old.readerIndex(), headersEnd - old.readerIndex());
        both.writeBytes(lines);
        both.writeBytes(old, headersEnd, old.writerIndex() - headersEnd);
        old.release();
        response = both;
    }

    private static int headersEnd(ByteBuf message) {
        int at = message.readerIndex();
        while (message.getByte(at) != '\r' || message.getByte(at + 2) != '\r') {
            at++;
        }
        return at + 2;
    }

    /** A hop said nothing in time. */
    void silence() {
        silence = true;
    }

    /** Status of the best failure; means nothing while there is none. */
    int status() {
        return status;
    }

    /** Hands out the best failure, null if that is the gateway's own 408. */
    @Nullable
    ByteBuf take() {
        if (silence && rank(408) < rank(status)) {
            forget();
        }
        ByteBuf taken = response;
        response = null;
        return taken;
    }

    void forget() {
        if (response != null) {
            response.release();
            response = null;
        }
    }
}
