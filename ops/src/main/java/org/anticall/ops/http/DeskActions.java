package org.anticall.ops.http;

import java.util.Optional;
import org.anticall.ops.media.TestCall;

/** What the console can make the desk do. */
public interface DeskActions {

    /**
     * Lets a call that has not been answered go on to its callee.
     *
     * @return false if there is no such call or it can no longer be released
     */
    boolean release(String recordId);

    /** Whose seat it is: a seat at a page has the name of its account, a phone belongs to whom the configuration says. */
    default String accountAt(String seat) {
        return seat;
    }

    /**
     * The media relays there are.
     *
     * @param up how many of them answer
     * @param all how many the desk may use, 0 where sound goes straight
     */
    record Relays(int up, int all) {}

    /** A test call through a relay that is up; empty where there is none. */
    default Optional<TestCall> testCall() {
        return Optional.empty();
    }

    /** The relays of a desk that has some. */
    default Relays relays() {
        return new Relays(0, 0);
    }
}
