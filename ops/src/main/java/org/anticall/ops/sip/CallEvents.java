package org.anticall.ops.sip;

/** What happens to a diverted call on the wire. Called on the desk's thread. */
interface CallEvents {

    /** The operator at {@code seat} took the call. */
    void answered(String recordId, String seat);

    /** The phone of {@code seat} declined with the final {@code status}, 408 if it was silent. */
    void refused(String recordId, String seat, int status);

    /** The caller hung up. */
    void callerGone(String recordId);

    /** The callee answered: caller and callee talk. */
    void passedOn(String recordId);

    /** The callee cannot be had: caller and operator talk on. */
    void notPassedOn(String recordId);

    /** A call that was passed on is over. */
    void over(String recordId);

    /** The operator hung up. */
    void operatorGone(String recordId);

    /** Another seat's page is in the call from now on. */
    void tookOver(String recordId, String seat);

    /** A party is not reachable any more. */
    void lost(String recordId);
}
