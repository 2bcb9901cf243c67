package org.anticall.ops.sip.agent;

/** Hears what becomes of a placed call. Called in order, one event of a call at a time, on threads of the agent. */
public interface CallWatcher {

    /** A provisional response other than 100, such as 180. */
    void progress(int status);

    /** The call is answered; {@code session} is the name ({@code s=}) in the answer's SDP, empty for none. */
    void answered(String session);

    /** The call ended without an answer: the final response, 487 after giving up, or 408 where none came. */
    void declined(int status);

    /** The answered call ended: one side hung up and the other confirmed. */
    void ended();
}
