package org.anticall.gateway.control;

import com.github.benmanes.caffeine.cache.stats.CacheStats;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Consumer;
import org.anticall.gateway.config.Trunk;
import org.anticall.rules.Activation;
import org.jspecify.annotations.Nullable;

/** What the gateway is, what it enforces, how it is switched. */
final class GatewayMetrics implements Consumer<Families> {

    private static final double MILLIS_PER_SECOND = 1e3;

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
            families.gauge("anticall_bundle_revision", "Revision of the rule set that is enforced.")
                    .add(live.revision());
            families.gauge("anticall_bundle_rules", "Rules in the set that is enforced.")
                    .add(live.rules());
        }
        Instant made = made(rules, parts.bundles());
        if (made != null) {
            families.gauge(
                            "anticall_bundle_age_seconds",
                            "Time since the rule set in force was signed, or its file was last changed; of the policy that"
                                    + " ships with the product, since it went live.")
                    .add(Duration.between(made, Instant.now()).toMillis() / MILLIS_PER_SECOND);
        }
        families.gauge("anticall_bundle_refused", "1 while the newest rule set could not be taken live, else 0.")
                .add(
                        rules.problems().isEmpty()
                                        && (parts.bundles() == null
                                                || parts.bundles()
                                                        .standing()
                                                        .refused()
                                                        .isEmpty())
                                ? 0
                                : 1);
        CacheStats profiles = parts.rules().book().profileStats();
        families.counter(
                        "anticall_number_profiles",
                        "Callers' numbers by whether the rule set knew them from a call before.")
                .add(profiles.hitCount(), "result", "hit")
                .add(profiles.missCount(), "result", "miss");
        bundles(families, parts.bundles());
        families.gauge("anticall_ready", "1 while calls are judged and welcome, else 0.")
                .add(parts.lifecycle().phase() == Lifecycle.Phase.READY ? 1 : 0);
        Families.Family bypass = families.gauge("anticall_bypass", "1 while calls of the trunk pass unjudged, else 0.");
        for (Trunk trunk : parts.live().current().trunks()) {
            bypass.add(parts.bypass().isOn(trunk.name()) ? 1 : 0, "trunk", trunk.name());
        }
    }

    private static @Nullable Instant made(RuleFeed.Latest rules, @Nullable BundleWatch bundles) {
        if (bundles != null) {
            return bundles.standing().created();
        }
        return rules.written() == null ? rules.since() : rules.written();
    }

    private static void bundles(Families families, @Nullable BundleWatch bundles) {
        if (bundles == null) {
            return;
        }
        BundleWatch.Standing standing = bundles.standing();
        Instant heardAt = standing.heardAt();
        if (heardAt != null) {
            families.gauge(
                            "anticall_bundle_last_contact_seconds",
                            "When the centre answered last, seconds since 1970-01-01T00:00Z.")
                    .add(heardAt.toEpochMilli() / MILLIS_PER_SECOND);
        }
        families.counter("anticall_bundle_poll_failures", "Times the centre could not be asked for bundles.")
                .add(bundles.failures());
        families.counter("anticall_bundle_refusals", "Bundles refused.").add(bundles.refusals());
        families.counter("anticall_bundle_report_failures", "Reports about bundles the centre did not take.")
                .add(bundles.reportFailures());
    }
}
