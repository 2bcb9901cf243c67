package org.anticall.ops.store;

import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** The database cannot be used. The message is one sentence for the person who runs the centre. */
public final class StoreUnavailable extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private static final int H2_IN_USE = 90020;

    StoreUnavailable(String message, @Nullable Throwable cause) {
        super(message, cause);
    }

    /** Turns whatever the driver threw into a sentence about the database at {@code place}. */
    static StoreUnavailable of(String place, Throwable thrown) {
        return new StoreUnavailable("The database " + place + " cannot be used: " + reason(thrown) + ".", thrown);
    }

    private static String reason(Throwable thrown) {
        String last = thrown.toString();
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            String message = String.valueOf(cause.getMessage());
            if (cause instanceof SQLException sql && sql.getErrorCode() == H2_IN_USE) {
                return "another process has it open";
            }
            if (message.contains("No space left on device")) {
                return "the disk is full";
            }
            if (message.contains("Read-only file system") || message.contains("Permission denied")) {
                return "its files cannot be written";
            }
            last = message.lines().findFirst().orElse(cause.getClass().getSimpleName());
        }
        return last.strip();
    }
}
