package org.anticall.ops.sip;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The side of a diverted call that is not the caller's: an operator's phone ({@link OperatorLeg}), an operator's page of
 * the console ({@link PageLeg}), or the callee a call was passed on to. Owned by the desk's thread.
 */
interface SeatLeg {

    /** The seat's name; empty for the callee. */
    String seat();

    /** The session descriptions between the caller and this side. */
    Sound sound();

    /** Ends this side, whatever it is at. */
    void silence();

    /** The seat cannot be made to ring, or its sound cannot be had. */
    void failed(int status);

    /** The caller's ACK came, with a session description after a late offer. */
    void acknowledge(@Nullable Body body);

    /**
     * Offers the side another sound for the call it is in; the former one goes on until its owner ends it.
     *
     * @param answered gets its answer, as the side wrote it
     */
    void resound(Sound fresh, @Nullable Body offer, Consumer<@Nullable Body> answered, Runnable otherwise);
}
