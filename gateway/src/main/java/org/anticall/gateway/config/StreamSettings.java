package org.anticall.gateway.config;

import java.time.Duration;

/**
 * What streams (TCP, TLS) may cost.
 *
 * @param connections most connections in all, 1 to 100,000
 * @param connectionsPerPeer most connections from and to one address, 1 to 100,000
 * @param idle longest silence of a peer before its connection is closed
 * @param message longest time from the first byte of a message to its last, and for a connection to be made
 */
public record StreamSettings(int connections, int connectionsPerPeer, Duration idle, Duration message) {

    /** Room for an interconnect of many borders, and memory for none that only opens connections. */
    public static final StreamSettings DEFAULT =
            new StreamSettings(4096, 1024, Duration.ofMinutes(10), Duration.ofSeconds(5));
}
