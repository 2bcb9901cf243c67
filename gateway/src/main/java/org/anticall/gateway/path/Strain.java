package org.anticall.gateway.path;

import org.anticall.gateway.verdict.AlarmReason;

/** Why a call is not admitted, or a message not read. */
public enum Strain implements AlarmReason {
    /** More new calls in a second than the trunk may bring. */
    TRUNK_RATE("a trunk brings more new calls in a second than it may"),
    /** More calls at a time than the trunk may bring. */
    TRUNK_CALLS("a trunk brings more calls at a time than it may"),
    /** More calls in set-up than one peer may have. */
    PEER_CALLS("one peer has more calls in set-up than it may"),
    /** More messages in a second than one peer may send; dropped unread. */
    PEER_MESSAGES("one peer sends more messages in a second than it may"),
    /** More calls in set-up, or transactions, than the gateway may have. */
    CALLS("too many calls are in set-up"),
    /** The event loop does not keep up. */
    LAG("the event loop does not keep up");

    private final String text;

    Strain(String text) {
        this.text = text;
    }

    @Override
    public String text() {
        return text;
    }

    /** Whether it is the trunk's own limit, so that the trunk's policy for that applies. */
    boolean isOfTrunk() {
        return this == TRUNK_RATE || this == TRUNK_CALLS;
    }
}
