package org.anticall.ops.sip;

/**
 * The pages of the console that are seats, as the desk reaches them. Called on the desk's thread: an implementation hands
 * over and returns. A page that is not there at the moment is told nothing; it asks when it is back.
 */
public interface SeatScreen {

    /** Nobody has a page. */
    SeatScreen NONE = new SeatScreen() {
        @Override
        public void offer(String seat, String recordId, String leg, String description, boolean talking) {}

        @Override
        public void silence(String seat, String leg) {}
    };

    /**
     * A call for the seat: the page answers {@code description}, a WebRTC offer (RFC 8829).
     *
     * @param leg names this offer; the answer brings it back
     * @param talking false: it rings, the operator decides; true: the operator is in this call, the page answers at once
     */
    void offer(String seat, String recordId, String leg, String description, boolean talking);

    /** The offer is over: the seat falls silent. */
    void silence(String seat, String leg);
}
