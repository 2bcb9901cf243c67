package org.anticall.gateway.path;

import java.net.InetAddress;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.anticall.gateway.config.OverloadSettings;
import org.anticall.gateway.config.Trunk;
import org.anticall.gateway.sip.SipMessage;
import org.jspecify.annotations.Nullable;

/**
 * What each trunk and each peer brings to all lanes together, held against what it may. Trunks count calls until their end
 * is seen; peers, which are IP addresses, count calls in set-up and messages. Thread-safe; where lanes decide at the same
 * instant, a limit may be passed by one call a lane.
 */
final class Loads implements CallEvents {

    /** Peers that are remembered; beyond, those without calls are forgotten, and with them the messages they sent. */
    private static final int MOST_PEERS = 4096;

    private final OverloadSettings settings;
    private volatile Map<String, TrunkLoad> trunks = Map.of();
    private final ConcurrentMap<InetAddress, PeerLoad> peers = new ConcurrentHashMap<>();

    Loads(OverloadSettings settings, List<Trunk> all) {
        this.settings = settings;
        use(all);
    }

    /** From now on these trunks and their limits count; a trunk that keeps its name keeps its calls. */
    synchronized void use(List<Trunk> all) {
        Map<String, TrunkLoad> before = trunks;
        Map<String, TrunkLoad> now = new HashMap<>();
        for (Trunk trunk : all) {
            TrunkLoad known = before.get(trunk.name());
            now.put(trunk.name(), new TrunkLoad(trunk, known == null ? new AtomicInteger() : known.calls));
        }
        trunks = now;
    }

    private static final class TrunkLoad {
        private final TokenBucket newCalls;
        private final AtomicInteger calls;

        TrunkLoad(Trunk trunk, AtomicInteger calls) {
            this.calls = calls;
            newCalls = new TokenBucket(trunk.limits().callsPerSecond());
        }
    }

    private static final class PeerLoad {
        private final TokenBucket messages;
        private final AtomicInteger inSetup = new AtomicInteger();

        PeerLoad(int messagesPerSecond) {
            messages = new TokenBucket(messagesPerSecond);
        }
    }

    /** Whether a message of {@code peer} may be read. */
    boolean admitsMessage(InetAddress peer, long nowNanos) {
        return settings.peerMessages() == 0 || peer(peer).messages.takes(nowNanos);
    }

    /** What keeps a new call away, null if nothing does; a call that is kept away by nothing uses up a token. */
    @Nullable
    Strain strain(Trunk trunk, InetAddress peer, long nowNanos) {
        TrunkLoad load = trunks.get(trunk.name());
        if (load != null
                && trunk.limits().calls() > 0
                && load.calls.get() >= trunk.limits().calls()) {
            return Strain.TRUNK_CALLS;
        }
        if (peer(peer).inSetup.get() >= settings.peerCallsInSetup()) {
            return Strain.PEER_CALLS;
        }
        return load == null || load.newCalls.takes(nowNanos) ? null : Strain.TRUNK_RATE;
    }

    /** Counts a call of a trunk that has peers; calls the desk places are on none. */
    private void count(Trunk trunk, int change) {
        TrunkLoad load = trunks.get(trunk.name());
        if (load != null) {
            load.calls.addAndGet(change);
        }
    }

    private PeerLoad peer(InetAddress address) {
        PeerLoad load = peers.get(address);
        if (load != null) {
            return load;
        }
        if (peers.size() >= MOST_PEERS) {
            peers.values().removeIf(each -> each.inSetup.get() == 0);
        }
        return peers.computeIfAbsent(address, any -> new PeerLoad(settings.peerMessages()));
    }

    @Override
    public void began(CallStory call, SipMessage invite) {
        count(call.trunk(), 1);
        peer(call.source().getAddress()).inSetup.incrementAndGet();
    }

    @Override
    public void answered(CallStory call) {
        peer(call.source().getAddress()).inSetup.decrementAndGet();
    }

    @Override
    public void ended(CallStory call) {
        count(call.trunk(), -1);
        if (!call.isAnswered()) {
            peer(call.source().getAddress()).inSetup.decrementAndGet();
        }
    }
}
