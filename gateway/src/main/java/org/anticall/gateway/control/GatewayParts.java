package org.anticall.gateway.control;

import org.anticall.gateway.config.GatewayConfig;
import org.anticall.gateway.journal.DecisionJournal;
import org.anticall.gateway.journal.RecordShipper;
import org.anticall.gateway.path.GatewayPath;
import org.anticall.gateway.verdict.roaming.Whereabouts;
import org.jspecify.annotations.Nullable;

/**
 * What a running gateway consists of, as far as the admin endpoint looks at it.
 *
 * @param config what the process was started with
 * @param live what of it has been changed since, and the way to change it
 * @param bundles null if the rules come from a file
 * @param behaviour keeps what is counted of callers
 * @param statistics what became of calls
 * @param cdrs null if no call detail records are written
 * @param mirror null if packets are mirrored nowhere
 * @param shipper null if records stay on disk
 */
public record GatewayParts(
        GatewayConfig config,
        LiveConfig live,
        String version,
        Lifecycle lifecycle,
        RuleFeed rules,
        @Nullable BundleWatch bundles,
        Bypass bypass,
        DecisionJournal journal,
        BehaviourKeeper behaviour,
        @Nullable RecordShipper shipper,
        GatewayPath path,
        Whereabouts whereabouts,
        CallStatistics statistics,
        @Nullable CdrWriter cdrs,
        @Nullable HepMirror mirror) {}
