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

    /** What a supervisor's voice does. */
    enum Turn {
        /** It begins, for the operator alone. */
        BEGINS,
        /** The caller hears it, too. */
        ALOUD,
        /** Only the operator hears it. */
        WHISPERS,
        /** It is over. */
        ENDS
    }

    /**
     * A supervisor who speaks to the operator of a call.
     *
     * @param name tells voices apart: what concerns a voice that has ended concerns no other
     * @param tag names the offer; the answer brings it back. Empty but for a voice that begins
     * @param description a WebRTC offer. Empty but for a voice that begins
     */
    record Voice(String name, Turn turn, String tag, String description) {

        /** Of a voice that is there already. */
        Voice(String name, Turn turn) {
            this(name, turn, "", "");
        }
    }

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
