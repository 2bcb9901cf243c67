package org.anticall.ops.desk;

/**
 * Hears of every change at the desk, in the order of the changes. Called on the desk's own thread: an implementation hands
 * over and returns, it neither blocks nor throws.
 */
@FunctionalInterface
public interface DeskListener {

    /** A call has a new state or seat; final states are told once, then the call is gone. */
    void changed(DeskCall call);

    /** A seat has a new state. */
    default void changed(SeatStatus seat) {}
}
