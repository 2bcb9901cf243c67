package org.anticall.ops.sip;

import org.anticall.ops.media.RelayedCall.Profile;

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

        @Override
        public void whisper(String seat, String recordId, Voice voice) {}
    };

    /**
     * A supervisor who speaks to the operator of a call.
     *
     * @param tag names the offer; the answer brings it back. Empty where nobody speaks any more
     * @param description a WebRTC offer; empty where only {@code aloud} changes
     * @param aloud whether the page is to let the caller hear it too
     */
    record Voice(String tag, String description, boolean aloud) {}

    /**
     * A call for the seat: the page answers {@code description}, a WebRTC offer (RFC 8829).
     *
     * @param leg names this offer; the answer brings it back
     * @param talking false: it rings, the operator decides; true: the operator is in this call, the page answers at once
     */
    void offer(String seat, String recordId, String leg, String description, boolean talking);

    /** The offer is over: the seat falls silent. */
    void silence(String seat, String leg);

    /** A supervisor begins to speak to the operator, is to be heard by the caller too, or is done. */
    void whisper(String seat, String recordId, Voice voice);

    /** What the pages understand. */
    default Profile profile() {
        return Profile.WEBRTC;
    }
}
