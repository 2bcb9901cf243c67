package org.anticall.ops.sip.agent;

import java.time.Duration;

/** How the called party treats one call that rings. */
public sealed interface Manner {

    /**
     * Answers, talks and ends the call, unless the caller ends it first.
     *
     * @param after how long it rings
     * @param talk how long the conversation lasts
     * @param session name of the answered session, the SDP line {@code s=}: tells the caller who answered
     */
    record Answers(Duration after, Duration talk, String session) implements Manner {}

    /**
     * Refuses.
     *
     * @param after how long it rings
     * @param status the final response, 400–699
     */
    record Refuses(Duration after, int status) implements Manner {

        public Refuses {
            if (status < 400 || status > 699) {
                throw new IllegalArgumentException("status " + status + ": expected 400–699 for a refusal");
            }
        }
    }

    /** Lets it ring until the caller gives up. */
    record Ignores() implements Manner {}
}
