package org.anticall.ops.store;

/** What was to be added has a name or number that something else has. Nothing was changed. */
public final class AlreadyThere extends RuntimeException {

    private static final long serialVersionUID = 1L;

    AlreadyThere(Throwable cause) {
        super("There is one with this name or number already.", cause);
    }
}
