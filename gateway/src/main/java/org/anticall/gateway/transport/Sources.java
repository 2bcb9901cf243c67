package org.anticall.gateway.transport;

import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.anticall.gateway.config.Peer;
import org.anticall.gateway.config.Trunk;
import org.anticall.gateway.hop.NextHop;
import org.anticall.gateway.hop.NextHops;
import org.jspecify.annotations.Nullable;

/**
 * Knows who may speak to the gateway. A datagram from a next hop's address and port is from that hop, even if a trunk
 * admits the address too; otherwise the narrowest matching peer of a trunk wins, and among equals the trunk named first.
 * Owned by one event loop.
 */
public final class Sources {

    private static final int REMEMBERED = 4096;

    private final List<Admitted> admitted = new ArrayList<>();
    private final Map<InetSocketAddress, NextHop> hops = new HashMap<>();
    private final Map<InetSocketAddress, Source> remembered = new HashMap<>();

    public Sources(List<Trunk> trunks, NextHops nextHops) {
        for (Trunk trunk : trunks) {
            for (Peer peer : trunk.peers()) {
                admitted.add(new Admitted(peer, trunk));
            }
        }
        admitted.sort(
                Comparator.comparingInt((Admitted one) -> one.peer.narrowness()).reversed());
        for (NextHop hop : nextHops.all()) {
            hops.putIfAbsent(hop.address(), hop);
        }
    }

    /** Who speaks from {@code address}, null for a stranger. */
    public @Nullable Source find(InetSocketAddress address) {
        Source known = remembered.get(address);
        return known != null ? known : look(address);
    }

    private @Nullable Source look(InetSocketAddress address) {
        NextHop hop = hops.get(address);
        Trunk trunk = hop == null ? trunkOf(address) : null;
        if (hop == null && trunk == null) {
            return null;
        }
        if (remembered.size() >= REMEMBERED) {
            remembered.clear();
        }
        Source source = Source.of(address, hop, trunk);
        remembered.put(address, source);
        return source;
    }

    private @Nullable Trunk trunkOf(InetSocketAddress address) {
        for (Admitted one : admitted) {
            if (one.peer.matches(address)) {
                return one.trunk;
            }
        }
        return null;
    }

    private record Admitted(Peer peer, Trunk trunk) {}
}
