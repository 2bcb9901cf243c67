package org.anticall.gateway.transport;

import java.net.InetAddress;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicInteger;

/** How many streams there may be, in all and with one address. Thread-safe. */
public final class ConnectionLimit {

    private final int all;
    private final int perPeer;
    private final AtomicInteger open = new AtomicInteger();
    private final ConcurrentMap<InetAddress, Integer> byPeer = new ConcurrentHashMap<>();

    public ConnectionLimit(int all, int perPeer) {
        this.all = all;
        this.perPeer = perPeer;
    }

    /** Takes the place of one connection with {@code peer}; false if there is none left. */
    boolean take(InetAddress peer) {
        if (open.incrementAndGet() > all) {
            open.decrementAndGet();
            return false;
        }
        if (byPeer.merge(peer, 1, Integer::sum) > perPeer) {
            give(peer);
            return false;
        }
        return true;
    }

    /** Gives a place back. */
    void give(InetAddress peer) {
        open.decrementAndGet();
        byPeer.computeIfPresent(peer, (address, count) -> count == 1 ? null : count - 1);
    }

    /** Connections there are. */
    public int open() {
        return open.get();
    }
}
