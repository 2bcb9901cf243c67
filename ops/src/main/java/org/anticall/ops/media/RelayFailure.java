package org.anticall.ops.media;

import java.io.IOException;

/** A media relay did not do what it was asked for: it is gone, silent, or says why not. */
public final class RelayFailure extends IOException {

    private static final long serialVersionUID = 1;

    RelayFailure(String message) {
        super(message);
    }

    RelayFailure(String message, Throwable cause) {
        super(message, cause);
    }
}
