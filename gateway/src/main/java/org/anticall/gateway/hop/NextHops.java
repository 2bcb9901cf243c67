package org.anticall.gateway.hop;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.anticall.gateway.config.Hop;
import org.anticall.gateway.config.HopGroup;
import org.jspecify.annotations.Nullable;

/** All next-hop groups by name. Immutable but for what each hop remembers of its health. */
public final class NextHops {

    private final Map<String, HopOrder> groups;

    private NextHops(Map<String, HopOrder> groups) {
        this.groups = Map.copyOf(groups);
    }

    public static NextHops of(Collection<HopGroup> configured) {
        Map<String, HopOrder> groups = new TreeMap<>();
        for (HopGroup group : configured) {
            List<NextHop> hops = new ArrayList<>();
            for (Hop hop : group.hops()) {
                hops.add(new NextHop(group.name(), hop));
            }
            groups.put(group.name(), new HopOrder(group.name(), hops));
        }
        return new NextHops(groups);
    }

    /** The group of that name, null if there is none. */
    public @Nullable HopOrder group(String name) {
        return groups.get(name);
    }

    /** Every hop of every group, for {@code /metrics} and for telling hops from trunks. */
    public List<NextHop> all() {
        return groups.values().stream().flatMap(group -> group.hops().stream()).toList();
    }
}
