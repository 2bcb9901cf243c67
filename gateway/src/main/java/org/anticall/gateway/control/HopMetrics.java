package org.anticall.gateway.control;

import java.util.function.Consumer;
import org.anticall.gateway.hop.HopSwitch;
import org.anticall.gateway.path.GatewayPath;
import org.anticall.gateway.path.PathCounters;

/** Where calls are sent to, and whether it is well. */
final class HopMetrics implements Consumer<Families> {

    private final GatewayPath path;

    HopMetrics(GatewayPath path) {
        this.path = path;
    }

    @Override
    public void accept(Families families) {
        Families.Family up =
                families.gauge("anticall_hop_up", "1 while calls are sent to a next hop as a matter of course.");
        for (GatewayPath.HopState hop : path.hopStates()) {
            up.add(hop.state().equals(HopSwitch.UP.text()) ? 1 : 0, "hop", hop.hop());
        }
        PathCounters counters = path.counters().path();
        families.counter("anticall_hop_probes", "OPTIONS sent to next hops.").add(counters.hopProbes.sum());
        families.counter("anticall_hop_probes_missed", "OPTIONS not answered in time, or with 503.")
                .add(counters.hopProbesMissed.sum());
    }
}
