package org.anticall.gateway.path;

import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/**
 * The best of the failures that legs ended with (RFC 3261 §16.7 item 6): a 6xx beats all, else the lowest class counts,
 * among equals the first. Owns the response it keeps. Owned by one event loop.
 */
final class BestFailure {

    private @Nullable ByteBuf response;
    private int status;

    /** Whether a failure with this status would be the best. */
    boolean isBeatenBy(int other) {
        if (response == null) {
            return true;
        }
        return status < 600 && (other >= 600 || other / 100 < status / 100);
    }

    /** Keeps this one instead; takes it over. */
    void keep(int newStatus, ByteBuf newResponse) {
        forget();
        status = newStatus;
        response = newResponse;
    }

    /** Status of the best failure; means nothing while there is none. */
    int status() {
        return status;
    }

    /** Hands out the best failure, null if there is none. */
    @Nullable
    ByteBuf take() {
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
