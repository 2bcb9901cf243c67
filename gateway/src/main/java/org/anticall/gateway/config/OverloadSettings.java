package org.anticall.gateway.config;

import java.time.Duration;

/**
 * How much the gateway takes before the trunks' policies for overload apply.
 *
 * @param callsInSetup most calls without a final response
 * @param peerCallsInSetup most of them from one peer, which is one IP address
 * @param peerMessages most messages a second from one peer; more are dropped unread; 0 for no limit
 * @param lag how late an event loop may come to its timer, smoothed over some 100 ms
 */
public record OverloadSettings(int callsInSetup, int peerCallsInSetup, int peerMessages, Duration lag) {

    /** For one gateway on a few cores. */
    public static final OverloadSettings DEFAULT = new OverloadSettings(20_000, 10_000, 30_000, Duration.ofMillis(100));

    /** The share of one of so many event loops in what is counted by loop; peers are counted over all of them. */
    public OverloadSettings sharedBy(int loops) {
        return new OverloadSettings(Math.max(1, callsInSetup / loops), peerCallsInSetup, peerMessages, lag);
    }
}
