package org.anticall.gateway.config;

import java.net.InetSocketAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How the gateway looks after its next hops.
 *
 * @param probing how they are asked whether they are there, null if only calls tell
 * @param nameServers who is asked for the addresses of names, empty for the machine's own
 */
public record HopCare(@Nullable Probing probing, List<InetSocketAddress> nameServers) {

    /** Only calls tell; names are the machine's business. */
    public static final HopCare DEFAULT = new HopCare(null, List.of());

    public HopCare {
        nameServers = List.copyOf(nameServers);
    }
}
