package org.anticall.ops.sip;

import java.time.Instant;
import org.anticall.ops.desk.DeskCall;
import org.jspecify.annotations.Nullable;

/**
 * What the next run has to know of an answered call to take it up.
 *
 * @param seat where the operator sits; empty for a call that was passed on to its callee
 * @param atPage whether the operator sits at a page of the console
 * @param caller the caller's dialog
 * @param other the phone's or the callee's dialog; null for a page
 * @param callersSession the caller's session description; null if none came
 * @param pagesAnswer what the page answered last; null for a phone
 * @param sound the relay between them; null where they exchange sound directly
 */
record KeptCall(
        Facts facts,
        String seat,
        boolean atPage,
        KeptDialog caller,
        @Nullable KeptDialog other,
        @Nullable String callersSession,
        @Nullable String pagesAnswer,
        @Nullable Relay sound) {

    /**
     * What does not change while the call lasts.
     *
     * @param offeredAtMillis since 1970
     * @param answeredAtMillis since 1970
     * @param gatewayHost of the gateway the call came from
     */
    record Facts(
            String recordId,
            String caller,
            String callee,
            String rule,
            long offeredAtMillis,
            long answeredAtMillis,
            String gatewayHost,
            int gatewayPort) {}

    /**
     * A sound at a relay.
     *
     * @param recordedAs the call it is recorded as, empty if it is not
     * @param toCaller the session description the caller got, empty if none is remembered
     */
    record Relay(String host, int port, String callId, String recordedAs, String toCaller) {}

    String recordId() {
        return facts.recordId();
    }

    /** The call as the distributor knows it. */
    DeskCall answered() {
        return new DeskCall(
                facts.recordId(),
                facts.caller(),
                facts.callee(),
                facts.rule(),
                DeskCall.State.ANSWERED,
                seat,
                Instant.ofEpochMilli(facts.offeredAtMillis()),
                Instant.ofEpochMilli(facts.answeredAtMillis()),
                null);
    }
}
