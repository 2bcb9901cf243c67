package org.anticall.gateway.control;

import java.util.List;
import org.anticall.gateway.config.GatewayConfig;
import org.anticall.gateway.journal.DecisionJournal;
import org.anticall.gateway.journal.RecordShipper;
import org.anticall.gateway.path.GatewayPath;
import org.anticall.gateway.verdict.roaming.Whereabouts;
import org.jspecify.annotations.Nullable;

/**
 * What a running gateway consists of, as far as the admin endpoint looks at it.
 *
 * @param shipper null if records stay on disk
 */
public record GatewayParts(
        GatewayConfig config,
        String version,
        Lifecycle lifecycle,
        RuleFeed rules,
        Bypass bypass,
        DecisionJournal journal,
        @Nullable RecordShipper shipper,
        GatewayPath path,
        Whereabouts whereabouts,
        Reload reload) {

    /** Reads rules and roamers anew. */
    @FunctionalInterface
    public interface Reload {
        /** What went wrong, empty if nothing did. */
        List<String> run();
    }
}
