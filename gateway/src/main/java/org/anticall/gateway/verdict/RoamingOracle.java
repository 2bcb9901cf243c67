package org.anticall.gateway.verdict;

import java.util.function.Consumer;
import org.anticall.rules.call.RoamingAnswer;

/** Tells whether a home mobile is at home or abroad. Thread-safe. */
public interface RoamingOracle {

    /** Nobody can tell: every answer is {@link RoamingAnswer#UNKNOWN}, which is never taken for home. */
    RoamingOracle NOBODY = (e164, callback) -> callback.accept(RoamingAnswer.UNKNOWN);

    /**
     * Asks and returns at once. Called on an event loop; does not block.
     *
     * @param e164 the number, as in {@code E164}
     * @param callback takes the answer, once, before this returns or later, on any thread
     */
    void query(long e164, Consumer<RoamingAnswer> callback);

    /** What keeps it from answering, in plain words; empty while it answers. */
    default String trouble() {
        return "";
    }
}
