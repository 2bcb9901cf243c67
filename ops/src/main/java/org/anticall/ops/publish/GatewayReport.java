package org.anticall.ops.publish;

import java.time.Instant;

/**
 * What a gateway says of a revision.
 *
 * @param node name of the gateway
 * @param state {@code enforced} or {@code refused}
 * @param hash what it enforces
 * @param reason why it refused, empty if it did not
 * @param at when it took or refused it, by its own clock
 * @param receivedAt when the centre first heard of it
 */
public record GatewayReport(
        String node, long revision, String state, String hash, String reason, Instant at, Instant receivedAt) {}
