package org.anticall.gateway.hop;

import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** All next-hop groups at one time. Immutable but for what each hop remembers of its health. */
public final class HopTable {

    private final Map<String, HopOrder> groups;
    private final Map<InetSocketAddress, NextHop> byAddress = new HashMap<>();
    private final List<NextHop> all;
    private final List<NextHop> heard;

    /** @param former hops that get no calls any more and are still heard */
    HopTable(Map<String, HopOrder> groups, List<NextHop> former) {
        this.groups = Map.copyOf(groups);
        List<NextHop> hops = new ArrayList<>();
        for (HopOrder group : groups.values()) {
            for (NextHop hop : group.hops()) {
                hops.add(hop);
                byAddress.putIfAbsent(hop.address(), hop);
            }
        }
        this.all = List.copyOf(hops);
        former.forEach(hop -> byAddress.putIfAbsent(hop.address(), hop));
        hops.addAll(former);
        this.heard = List.copyOf(hops);
    }

    /** The group of that name, null if there is none. */
    public @Nullable HopOrder group(String name) {
        return groups.get(name);
    }

    /** Every hop of every group, and after them the former ones, the latest first. */
    public List<NextHop> heard() {
        return heard;
    }

    /** The hop that has this very address and port, null if there is none. */
    public @Nullable NextHop at(InetSocketAddress address) {
        return byAddress.get(address);
    }

    /** Every hop of every group. */
    public List<NextHop> all() {
        return all;
    }
}
