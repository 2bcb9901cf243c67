package org.anticall.gateway.hop;

import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.anticall.gateway.config.Hop;
import org.anticall.gateway.config.HopGroup;
import org.jspecify.annotations.Nullable;

/**
 * The next hops of the gateway: an immutable {@link HopTable} behind one volatile reference. A new table comes when a name
 * has other addresses than before; hops that stay keep their health. Thread-safe.
 */
public final class NextHops {

    /** Most hops that are remembered after they were taken out of the configuration. */
    static final int MAX_FORMER = 256;

    private Collection<HopGroup> configured;
    private List<NextHop> former = List.of();
    private final Map<Hop, List<HopAddress>> addresses = new HashMap<>();
    private final AtomicInteger losses = new AtomicInteger();
    private volatile HopTable table;

    private NextHops(Collection<HopGroup> configured) {
        this.configured = List.copyOf(configured);
        this.table = new HopTable(Map.of(), List.of());
        this.table = build();
    }

    public static NextHops of(Collection<HopGroup> configured) {
        return new NextHops(configured);
    }

    /** These groups too from now on, those that were there go on; for the time until no trunk asks for an old one. */
    public synchronized void join(Collection<HopGroup> groups) {
        Map<String, HopGroup> all = new LinkedHashMap<>();
        configured.forEach(group -> all.put(group.name(), group));
        groups.forEach(group -> all.put(group.name(), group));
        renew(all.values());
    }

    /**
     * Other hops from now on. One that was there before is the same object and keeps its health; one that is there no longer
     * gets no calls, but what it says in calls that began before is heard.
     */
    public synchronized void renew(Collection<HopGroup> groups) {
        configured = List.copyOf(groups);
        List<NextHop> before = table.heard();
        HopTable renewed = build();
        former = before.stream()
                .filter(hop -> !renewed.all().contains(hop))
                .limit(MAX_FORMER)
                .toList();
        table = build();
    }

    /** The table as it is now. */
    public HopTable table() {
        return table;
    }

    /** The group of that name, null if there is none. */
    public @Nullable HopOrder group(String name) {
        return table.group(name);
    }

    /** Every hop of every group, for people and for telling hops from trunks. */
    public List<NextHop> all() {
        return table.all();
    }

    /** Every hop of every group, and those of earlier configurations. */
    public List<NextHop> heard() {
        return table.heard();
    }

    // ---- Names ----

    /** The configured hops that are names, each once. */
    public synchronized List<Hop> names() {
        return configured.stream()
                .flatMap(group -> group.hops().stream())
                .filter(hop -> hop.address().isUnresolved())
                .distinct()
                .toList();
    }

    /** A name has these addresses now; not empty. */
    public synchronized void resolved(Hop name, List<HopAddress> found) {
        if (!found.equals(addresses.put(name, List.copyOf(found)))) {
            table = build();
        }
    }

    private HopTable build() {
        Map<String, HopOrder> groups = new TreeMap<>();
        for (HopGroup group : configured) {
            List<NextHop> hops = new ArrayList<>();
            for (int place = 0; place < group.hops().size(); place++) {
                Hop hop = group.hops().get(place);
                long priority = hop.priority() == Hop.BY_PLACE ? place + 1 : hop.priority();
                for (HopAddress address : addressesOf(hop)) {
                    if (hops.size() < HopOrder.MAX_HOPS) {
                        hops.add(kept(group.name(), hop, address, priority << 32 | address.order()));
                    }
                }
            }
            groups.put(group.name(), new HopOrder(group.name(), hops));
        }
        return new HopTable(groups, former);
    }

    private List<HopAddress> addressesOf(Hop hop) {
        return hop.address().isUnresolved()
                ? addresses.getOrDefault(hop, List.of())
                : List.of(new HopAddress(hop.address(), hop.transport(), 0, hop.weight()));
    }

    /** The hop of the table before if it is the same one, so that its health is not forgotten. */
    private NextHop kept(String group, Hop hop, HopAddress address, long priority) {
        int weight = address.weight() == HopAddress.AS_CONFIGURED ? hop.weight() : address.weight();
        for (NextHop known : table.heard()) {
            if (known.group().equals(group)
                    && known.address().equals(address.address())
                    && known.transport() == address.transport()
                    && known.priority() == priority
                    && known.weight() == weight) {
                return known;
            }
        }
        NextHop made = new NextHop(group, hop.host(), address.address(), address.transport(), priority, weight);
        NextHop before = table.at(address.address());
        if (before != null && before.group().equals(group)) {
            made.turn(before.switched());
        }
        return made;
    }

    /** The hop a name or address in a SIP URI stands for: one that is configured so, else null. Nobody is asked. */
    public @Nullable NextHop named(String host, long nowNanos) {
        NextHop doubtful = null;
        for (NextHop hop : table.all()) {
            if (hop.name().equalsIgnoreCase(host)) {
                if (hop.fitness(nowNanos) == NextHop.Fitness.GOOD) {
                    return hop;
                }
                doubtful = doubtful == null ? hop : doubtful;
            }
        }
        return doubtful;
    }

    // ---- Switches and losses ----

    /**
     * Switches the hop people name {@code text}, or all hops of the group of that name.
     *
     * @return whether there is one
     */
    public boolean turn(String text, HopSwitch to) {
        boolean found = false;
        for (NextHop hop : table.all()) {
            if (hop.text().equals(text) || hop.group().equals(text)) {
                hop.turn(to);
                found = true;
            }
        }
        if (found && to == HopSwitch.DOWN) {
            lost();
        }
        return found;
    }

    /** Some hop is gone: calls that wait for its first answer are to look for another one. */
    public void lost() {
        losses.incrementAndGet();
    }

    /** How often a hop was lost; loops compare it with what they saw last. */
    public int losses() {
        return losses.get();
    }

    /** Nobody listens at {@code address}: every hop that stands for it is avoided, and its waiting calls move on. */
    public void refused(InetSocketAddress address, long nowNanos) {
        for (NextHop hop : table.all()) {
            if (hop.address().equals(address)) {
                hop.refused(nowNanos);
            }
        }
        lost();
    }
}
