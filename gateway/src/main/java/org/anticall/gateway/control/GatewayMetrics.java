package org.anticall.gateway.control;

import java.util.function.Consumer;
import org.anticall.gateway.config.Trunk;
import org.anticall.rules.Activation;

/** What the gateway is, what it enforces, how it is switched. */
final class GatewayMetrics implements Consumer<Families> {

    private final GatewayParts parts;

    GatewayMetrics(GatewayParts parts) {
        this.parts = parts;
    }

    @Override
    public void accept(Families families) {
        families.info(
                "anticall_build",
                "The build that runs.",
                "version",
                parts.version(),
                "java",
                Runtime.version().toString(),
                "node",
                parts.config().node());
        RuleFeed.Latest rules = parts.rules().latest();
        Activation.Activated live = rules.live();
        if (live != null) {
            families.info(
                    "anticall_bundle_active",
                    "The rule set that is enforced.",
                    "revision",
                    Long.toString(live.revision()),
                    "hash",
                    live.hash());
            families.gauge("anticall_bundle_rules", "Rules in the set that is enforced.")
                    .add(live.rules());
        }
        families.gauge("anticall_bundle_refused", "1 while the newest rule set could not be taken live, else 0.")
                .add(rules.problems().isEmpty() ? 0 : 1);
        families.gauge("anticall_ready", "1 while calls are judged and welcome, else 0.")
                .add(parts.lifecycle().phase() == Lifecycle.Phase.READY ? 1 : 0);
        Families.Family bypass = families.gauge("anticall_bypass", "1 while calls of the trunk pass unjudged, else 0.");
        for (Trunk trunk : parts.config().trunks()) {
            bypass.add(parts.bypass().isOn(trunk.name()) ? 1 : 0, "trunk", trunk.name());
        }
    }
}
