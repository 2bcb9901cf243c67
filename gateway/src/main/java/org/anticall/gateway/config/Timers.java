package org.anticall.gateway.config;

import java.time.Duration;

/**
 * Time limits of calls.
 *
 * @param t1 round-trip estimate, RFC 3261 §17.1.1.1
 * @param t2 longest retransmission interval, RFC 3261 §17.1.2.2
 * @param t4 longest life of a message in the network, RFC 3261 §17.1.2.2
 * @param ringing longest time a forwarded INVITE may stay without a final response, Timer C of RFC 3261 §16.6
 * @param hopAnswer time without any response after which the next hop of the group is tried
 * @param roamingAnswer longest time a call waits for the roaming oracle
 * @param screening longest time from INVITE to verdict; a later verdict lets the call pass
 */
public record Timers(
        Duration t1,
        Duration t2,
        Duration t4,
        Duration ringing,
        Duration hopAnswer,
        Duration roamingAnswer,
        Duration screening) {

    /** The values of the RFC, and of the design where the RFC has none. */
    public static final Timers DEFAULT = new Timers(
            Duration.ofMillis(500),
            Duration.ofSeconds(4),
            Duration.ofSeconds(5),
            Duration.ofSeconds(181),
            Duration.ofSeconds(2),
            Duration.ofMillis(150),
            Duration.ofMillis(250));
}
