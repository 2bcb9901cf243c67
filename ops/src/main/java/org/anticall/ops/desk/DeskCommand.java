package org.anticall.ops.desk;

/** What the desk wants done on the wire. Commands are carried out in the order given. */
public sealed interface DeskCommand {

    /** Id of the decision record of the call it is about. */
    String recordId();

    /** Let the seat ring for the call. */
    record Ring(String recordId, String seat) implements DeskCommand {}

    /** End the seat's part of the call, whether it rings or has answered too late. */
    record Silence(String recordId, String seat) implements DeskCommand {}

    /** Answer the caller: the seat that just answered has the call. */
    record Connect(String recordId, String seat) implements DeskCommand {}

    /**
     * Decline the call, so that the gateway goes down the rule's ladder.
     *
     * @param misfit because no seat can speak with the caller
     */
    record Refuse(String recordId, boolean misfit) implements DeskCommand {

        /** Because no seat takes it. */
        Refuse(String recordId) {
            this(recordId, false);
        }
    }

    /** Decline the call with the mark that lets the gateway ring the callee. */
    record Release(String recordId) implements DeskCommand {}

    /** Call the callee of an answered call; the caller hears music meanwhile. */
    record PassOn(String recordId) implements DeskCommand {}

    /** Give up calling the callee: the operator keeps the call. */
    record Keep(String recordId) implements DeskCommand {}

    /** End an answered call on both sides. */
    record HangUp(String recordId) implements DeskCommand {}
}
