package org.anticall.gateway.transport;

import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.anticall.gateway.config.Peer;
import org.anticall.gateway.config.Trunk;
import org.jspecify.annotations.Nullable;

/**
 * Which trunk a peer is on. Of the peers that match an address the narrowest counts, and of equals that of the trunk named
 * first. A search costs one look-up for each width there is among the peers, however many they are. Immutable.
 */
final class AdmittedPeers {

    private final Map<Peer, Trunk> byAddress = new HashMap<>();
    private final Map<String, Trunk> byName = new LinkedHashMap<>();

    /** One peer of each width, narrowest first. */
    private final List<Peer> widths;

    AdmittedPeers(List<Trunk> trunks) {
        Map<Integer, Peer> widthOf = new HashMap<>();
        for (Trunk trunk : trunks) {
            for (Peer peer : trunk.peers()) {
                if (peer.certificateName().isEmpty()) {
                    byAddress.putIfAbsent(peer, trunk);
                    widthOf.putIfAbsent(peer.narrowness(), peer);
                } else {
                    byName.putIfAbsent(peer.certificateName(), trunk);
                }
            }
        }
        List<Peer> found = new ArrayList<>(widthOf.values());
        found.sort(Comparator.comparingInt(Peer::narrowness).reversed());
        this.widths = List.copyOf(found);
    }

    /** The trunk that admits what comes from there, null if none does. */
    @Nullable
    Trunk at(InetSocketAddress address) {
        Peer sender = Peer.exactly(address);
        for (Peer width : widths) {
            Trunk trunk = byAddress.get(sender.asWideAs(width));
            if (trunk != null) {
                return trunk;
            }
        }
        return null;
    }

    /** The trunk that admits one of these names of a certificate, in lower case; null if none does. */
    @Nullable
    Trunk named(Set<String> names) {
        for (Map.Entry<String, Trunk> admitted : byName.entrySet()) {
            if (names.contains(admitted.getKey())) {
                return admitted.getValue();
            }
        }
        return null;
    }

    /** Whether some peer is known by its certificate. */
    boolean haveNames() {
        return !byName.isEmpty();
    }
}
