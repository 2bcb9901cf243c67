package org.anticall.ops.publish;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.anticall.ops.store.Revisions;
import org.jspecify.annotations.Nullable;

/**
 * Which gateways there are, what each enforces and since when, from their own reports. Bounded: the gateways of one country,
 * not whoever says so. Thread-safe.
 */
public final class Roster {

    /** A gateway reports every 30 seconds: after this time something is wrong. */
    public static final Duration SILENT = Duration.ofSeconds(90);

    private static final int MOST_GATEWAYS = 1_000;

    private final Revisions revisions;
    private final Clock clock;
    private final Map<String, Gateway> gateways = new ConcurrentHashMap<>();

    public Roster(Revisions revisions, Clock clock) {
        this.revisions = revisions;
        this.clock = clock;
    }

    /**
     * A gateway as it was last heard of.
     *
     * @param revision what it enforces, 0 if it has not said
     * @param refusedRevision what it refused last, 0 if nothing
     * @param afterMillis time from publishing to the report that it enforces the revision, by the centre's own clock; null if
     *     the centre does not know the revision
     * @param lastContact when it was heard last
     */
    public record Gateway(
            String node,
            long revision,
            String hash,
            long refusedRevision,
            String reason,
            @Nullable Long afterMillis,
            Instant lastContact) {

        private Gateway heard(Instant now) {
            return new Gateway(node, revision, hash, refusedRevision, reason, afterMillis, now);
        }
    }

    /** Takes a report. Whether there is room for this gateway. */
    public boolean take(GatewayReport report) {
        Gateway before = gateways.get(report.node());
        if (before == null && gateways.size() >= MOST_GATEWAYS) {
            return false;
        }
        boolean enforced = report.state().equals("enforced");
        if (before != null && (enforced ? before.revision() : before.refusedRevision()) == report.revision()) {
            gateways.put(report.node(), before.heard(report.receivedAt()));
            return true;
        }
        revisions.report(report);
        gateways.put(report.node(), next(before, report, enforced));
        return true;
    }

    /** All gateways, by name. */
    public List<Gateway> gateways() {
        return gateways.values().stream()
                .sorted(Comparator.comparing(Gateway::node))
                .toList();
    }

    public boolean isSilent(Gateway gateway) {
        return clock.instant().isAfter(gateway.lastContact().plus(SILENT));
    }

    private Gateway next(@Nullable Gateway before, GatewayReport report, boolean enforced) {
        if (!enforced) {
            return new Gateway(
                    report.node(),
                    before == null ? 0 : before.revision(),
                    before == null ? "" : before.hash(),
                    report.revision(),
                    report.reason(),
                    before == null ? null : before.afterMillis(),
                    report.receivedAt());
        }
        Long after = revisions.reports(report.revision()).stream()
                .filter(each ->
                        each.node().equals(report.node()) && each.state().equals("enforced"))
                .findFirst()
                .flatMap(first -> revisions.find(report.revision()).map(revision -> Duration.between(
                                revision.at(), first.receivedAt())
                        .toMillis()))
                .orElse(null);
        return new Gateway(report.node(), report.revision(), report.hash(), 0, "", after, report.receivedAt());
    }
}
