package org.anticall.ops.http;

/** What the console can make the desk do. */
public interface DeskActions {

    /**
     * Lets a call that has not been answered go on to its callee.
     *
     * @return false if there is no such call or it can no longer be released
     */
    boolean release(String recordId);
}
