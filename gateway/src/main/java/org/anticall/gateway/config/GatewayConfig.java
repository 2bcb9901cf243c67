package org.anticall.gateway.config;

import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Everything an installation decides about one gateway. Immutable; only {@link ConfigFile} makes it, so every instance
 * has passed all checks.
 *
 * @param node name of this gateway in records and metrics: 1 to 32 letters, digits, dots, dashes
 * @param home numbering profile of the country that is protected, ISO 3166-1 alpha-2
 * @param listen where SIP is received, not empty
 * @param admin address of the admin endpoint: metrics, health, bypass, drain
 * @param trunks who may speak to the gateway, and as what; names are unique, not empty
 * @param hops next-hop groups by name; every {@link Trunk#route} is one of them
 * @param rules where the rule set comes from
 * @param state directory of the journal and whatever else outlives the process
 * @param roaming where roaming answers come from, null if nobody can tell
 * @param ops the centre that takes the records, null if they stay on disk
 * @param passSample one of this many passed calls is journalled, 0 for none
 * @param timers time limits of calls
 * @param journal size and manners of the journal on disk
 * @param wire event loops, limits of streams, TLS
 * @param operation how the process is run
 * @param care how next hops are looked after
 * @param deskCalls what the desk may place through the gateway, null for nothing
 * @param overload how much is taken before the trunks' policies for overload apply
 */
public record GatewayConfig(
        String node,
        String home,
        List<Listen> listen,
        InetSocketAddress admin,
        List<Trunk> trunks,
        Map<String, HopGroup> hops,
        RulesLocation rules,
        Path state,
        @Nullable Roaming roaming,
        @Nullable OpsLink ops,
        int passSample,
        Timers timers,
        JournalSettings journal,
        WireSettings wire,
        Operation operation,
        HopCare care,
        @Nullable DeskCalls deskCalls,
        OverloadSettings overload) {

    /** The hop group that diverted calls go to. */
    public static final String DESK = "desk";

    /** The hop group that a ladder's next desk is looked for in when the first one has nobody left. */
    public static final String SECOND_DESK = "desk-2";

    /** Whether operators sit behind the hops of that group. */
    public static boolean isDesk(String group) {
        return group.equals(DESK) || group.equals(SECOND_DESK);
    }

    public GatewayConfig {
        listen = List.copyOf(listen);
        trunks = List.copyOf(trunks);
        hops = Map.copyOf(hops);
    }

    /** The trunk of that name, or null. */
    public @Nullable Trunk trunk(String name) {
        for (Trunk trunk : trunks) {
            if (trunk.name().equals(name)) {
                return trunk;
            }
        }
        return null;
    }
}
