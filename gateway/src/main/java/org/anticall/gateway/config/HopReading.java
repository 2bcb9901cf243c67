package org.anticall.gateway.config;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads the groups of next hops and how they are looked after. */
final class HopReading {

    private static final int LOWEST_PRIORITY = 1000;
    private static final int MOST_WEIGHT = 65_535;
    private static final int MOST_IN_A_ROW = 20;

    private final Section root;
    private final List<ConfigProblem> warnings;

    HopReading(Section root, List<ConfigProblem> warnings) {
        this.root = root;
        this.warnings = warnings;
    }

    Map<String, HopGroup> groups() {
        Map<String, HopGroup> groups = new LinkedHashMap<>();
        Section section = root.section("hops");
        if (section == null) {
            root.problem("hops", "", "missing; expected the groups of next hops, core and desk");
            return groups;
        }
        for (String name : section.keys()) {
            List<Hop> hops = section.list(name, Forms.HOP, HopReading::longForm);
            if (Forms.NAME.reader().apply(name) == null) {
                section.problem(name, name, "expected as name " + Forms.NAME.expected());
            }
            groups.put(name, new HopGroup(name, hops));
        }
        if (!groups.containsKey(GatewayConfig.DESK)) {
            warnings.add(new ConfigProblem(
                    "hops.desk",
                    root.line("hops"),
                    "",
                    "there is no desk: diverted calls go down their ladder at once"));
        }
        return groups;
    }

    private static @Nullable Hop longForm(Section section) {
        Hop to = section.required("to", Forms.HOP);
        int priority = section.optional("priority", Forms.number(1, LOWEST_PRIORITY), Hop.BY_PLACE);
        int weight = section.optional("weight", Forms.number(0, MOST_WEIGHT), Hop.ORDINARY_WEIGHT);
        section.close();
        return to == null ? null : new Hop(to.address(), to.transport(), priority, weight, to.anyTransport());
    }

    HopCare care(Set<String> groups) {
        List<InetSocketAddress> servers = root.optionalList("name-servers", Forms.ENDPOINT);
        return new HopCare(probing(groups), servers == null ? List.of() : servers);
    }

    private @Nullable Probing probing(Set<String> groups) {
        Section section = root.section("probe");
        if (section == null) {
            return null;
        }
        List<String> asked = section.optionalList(
                "groups",
                new ValueForm<>(
                        "one of the groups under hops: " + String.join(", ", groups),
                        text -> groups.contains(text) ? text : null));
        Duration interval = section.optional(
                "interval", Forms.duration(Duration.ofSeconds(1), Duration.ofMinutes(5)), Duration.ofSeconds(5));
        Duration timeout = section.optional(
                "timeout", Forms.duration(Duration.ofMillis(100), Duration.ofSeconds(30)), Duration.ofSeconds(1));
        int downAfter = section.optional("down-after", Forms.number(1, MOST_IN_A_ROW), 3);
        int upAfter = section.optional("up-after", Forms.number(1, MOST_IN_A_ROW), 2);
        if (timeout.compareTo(interval) > 0) {
            section.problem("timeout", timeout.toMillis() + "ms", "expected at most the interval");
        }
        section.close();
        return new Probing(asked == null ? groups : new LinkedHashSet<>(asked), interval, timeout, downAfter, upAfter);
    }
}
