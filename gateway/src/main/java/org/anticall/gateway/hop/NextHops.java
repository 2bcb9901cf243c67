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

    /** Most hops that are remembered after they were taken out of the configuration. */
    static final int MAX_FORMER = 256;

    private final Map<String, HopOrder> groups;
    private final List<NextHop> former;

    private NextHops(Map<String, HopOrder> groups, List<NextHop> former) {
        this.groups = Map.copyOf(groups);
        this.former = List.copyOf(former);
    }

    public static NextHops of(Collection<HopGroup> configured) {
        return new NextHops(Map.of(), List.of()).renewed(configured);
    }

    /**
     * The hops of another configuration. A hop that was there before is the same object and keeps what it knows of its
     * health; one that is there no longer becomes a former hop.
     */
    public NextHops renewed(Collection<HopGroup> configured) {
        Map<String, HopOrder> renewed = new TreeMap<>();
        List<NextHop> kept = new ArrayList<>();
        for (HopGroup group : configured) {
            List<NextHop> hops = new ArrayList<>();
            for (Hop hop : group.hops()) {
                hops.add(known(group.name(), hop));
            }
            kept.addAll(hops);
            renewed.put(group.name(), new HopOrder(group.name(), hops));
        }
        List<NextHop> gone = new ArrayList<>(all());
        gone.addAll(former);
        gone.removeAll(kept);
        return new NextHops(renewed, gone.subList(0, Math.min(gone.size(), MAX_FORMER)));
    }

    private NextHop known(String group, Hop hop) {
        for (List<NextHop> known : List.of(all(), former)) {
            for (NextHop each : known) {
                if (each.group().equals(group)
                        && each.address().equals(hop.address())
                        && each.transport() == hop.transport()) {
                    return each;
                }
            }
        }
        return new NextHop(group, hop);
    }

    /** The group of that name, null if there is none. */
    public @Nullable HopOrder group(String name) {
        return groups.get(name);
    }

    /**
     * Hops of earlier configurations, the latest first: no call is sent there, but what they say in calls that began
     * before is heard.
     */
    public List<NextHop> former() {
        return former;
    }

    /** Every hop of every group, for {@code /metrics} and for telling hops from trunks. */
    public List<NextHop> all() {
        return groups.values().stream().flatMap(group -> group.hops().stream()).toList();
    }
}
