package org.anticall.gateway.transport;

import io.netty.buffer.ByteBufAllocator;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.anticall.gateway.config.StreamSettings;
import org.anticall.gateway.config.Transport;
import org.jspecify.annotations.Nullable;

/**
 * What all stream ports of a gateway share, those of all event loops. Thread-safe.
 *
 * @param settings limits
 * @param limit how many connections there may be
 * @param tls the gateway's certificate, null without TLS
 * @param connections connections by who made them and on which listening address, then by the peer's address
 * @param allocator memory for what is read
 * @param clock time
 * @param counters what is counted
 */
public record StreamNeeds(
        StreamSettings settings,
        ConnectionLimit limit,
        @Nullable TlsIdentity tls,
        Map<String, ConcurrentMap<InetSocketAddress, Connection>> connections,
        ByteBufAllocator allocator,
        LoopClock clock,
        TransportCounters counters) {

    public static StreamNeeds of(
            StreamSettings settings,
            @Nullable TlsIdentity tls,
            ByteBufAllocator allocator,
            LoopClock clock,
            TransportCounters counters) {
        ConnectionLimit limit = new ConnectionLimit(settings.connections(), settings.connectionsPerPeer());
        return new StreamNeeds(settings, limit, tls, new ConcurrentHashMap<>(), allocator, clock, counters);
    }

    ConcurrentMap<InetSocketAddress, Connection> connections(
            String kind, Transport transport, InetSocketAddress address) {
        return connections.computeIfAbsent(
                kind + " " + transport + " " + address, missing -> new ConcurrentHashMap<>());
    }
}
