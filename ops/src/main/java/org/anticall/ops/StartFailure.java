package org.anticall.ops;

/** The centre cannot start. The message is one sentence for the person who started it. */
public final class StartFailure extends Exception {

    private static final long serialVersionUID = 1L;

    StartFailure(String message, Throwable cause) {
        super(message, cause);
    }
}
