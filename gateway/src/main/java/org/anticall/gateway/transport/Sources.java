package org.anticall.gateway.transport;

import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.anticall.gateway.config.Transport;
import org.anticall.gateway.config.Trunk;
import org.anticall.gateway.hop.HopTable;
import org.anticall.gateway.hop.NextHop;
import org.anticall.gateway.hop.NextHops;
import org.jspecify.annotations.Nullable;

/**
 * Knows who may speak to the gateway. A datagram from a next hop's address and port is from that hop, even if a trunk
 * admits the address too; otherwise the narrowest matching peer of a trunk wins, and among equals the trunk named first.
 * Where that trunk is an outbound one, the hop also places calls on it: the home network's border often takes calls and
 * sends them abroad at one address. The desk places none that way. Owned by one event loop.
 */
public final class Sources {

    private static final int REMEMBERED = 4096;

    private final NextHops nextHops;
    private final Map<InetSocketAddress, Source> remembered = new HashMap<>();
    private AdmittedPeers admitted;
    private HopTable hops;

    public Sources(List<Trunk> trunks, NextHops nextHops) {
        this.nextHops = nextHops;
        this.hops = nextHops.table();
        this.admitted = new AdmittedPeers(trunks);
    }

    /** From now on the peers of these trunks may speak, and next hops, former ones too; nobody else. */
    public void admit(List<Trunk> trunks) {
        admitted = new AdmittedPeers(trunks);
        remembered.clear();
    }

    /** Who speaks from {@code address}, null for a stranger. */
    public @Nullable Source find(InetSocketAddress address) {
        if (hops != nextHops.table()) {
            hops = nextHops.table();
            remembered.clear();
        }
        Source known = remembered.get(address);
        return known != null ? known : look(address);
    }

    /**
     * Whose stream it is that a peer has made: the trunk that admits a name of its certificate, else the trunk that admits
     * its address, else the hop at that address that is reached the same way (the port is any: it is the peer's end).
     *
     * @param names names of the peer's certificate in lower case; empty without TLS
     * @return null for a stranger
     */
    @Nullable
    Source ofStream(InetSocketAddress address, Transport transport, Set<String> names) {
        Source named = ofCertificate(address, names);
        if (named != null) {
            return named;
        }
        Trunk trunk = admitted.at(address);
        NextHop hop = trunk == null ? hopAt(address, transport) : null;
        return trunk == null && hop == null ? null : Source.of(address, hop, trunk);
    }

    /** The trunk that admits one of these names of a certificate; null if none does. */
    @Nullable
    Source ofCertificate(InetSocketAddress address, Set<String> names) {
        Trunk trunk = admitted.named(names);
        return trunk == null ? null : Source.of(address, null, trunk);
    }

    /** Whether a connection from there can turn out to be somebody's, once its certificate is known. */
    boolean mayConnect(InetSocketAddress address, Transport transport) {
        return (transport == Transport.TLS && admitted.haveNames()) || ofStream(address, transport, Set.of()) != null;
    }

    private @Nullable NextHop hopAt(InetSocketAddress address, Transport transport) {
        for (NextHop hop : nextHops.heard()) {
            if (hop.transport() == transport && hop.address().getAddress().equals(address.getAddress())) {
                return hop;
            }
        }
        return null;
    }

    private @Nullable Source look(InetSocketAddress address) {
        NextHop hop = hops.at(address);
        Trunk trunk = admitted.at(address);
        if (hop == null && trunk == null) {
            return null;
        }
        if (remembered.size() >= REMEMBERED) {
            remembered.clear();
        }
        Source source = Source.of(address, hop, hop == null ? trunk : null);
        if (hop != null && !hop.isDesk() && trunk != null && trunk.isOutbound()) {
            source = source.alsoAs(Source.of(address, null, trunk));
        }
        remembered.put(address, source);
        return source;
    }
}
