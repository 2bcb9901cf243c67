package org.anticall.ops.store;

import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Set;
import org.anticall.ops.order.Breadth;
import org.anticall.ops.order.Target;
import org.anticall.ops.publish.RuleBand.Hour;
import org.jdbi.v3.core.Handle;

/** What rules did within the last hour, from the records and from the desk. */
public final class RuleHours {

    private static final Duration WINDOW = Duration.ofHours(1);

    private final Database database;

    RuleHours(Database database) {
        this.database = database;
    }

    /** The rules that diverted a call in the hour before {@code now}, or whose calls somebody handled then. */
    public Set<String> busy(Instant now) {
        return Set.copyOf(database.inTransaction(handle -> handle.createQuery(
                        "SELECT rule FROM record WHERE rule IS NOT"
                                + " NULL AND verdict = 'divert' AND at >= :since UNION SELECT rule FROM desk_call WHERE changed_at >= :since")
                .bind("since", now.minus(WINDOW).atOffset(ZoneOffset.UTC))
                .mapTo(String.class)
                .list()));
    }

    /**
     * The hour before {@code now} of a rule.
     *
     * @param rule id of the rule
     * @param target what it means
     * @param live since when it acts: what was before does not count
     */
    public Hour of(String rule, Target target, Instant live, Instant now) {
        Instant hour = now.minus(WINDOW);
        OffsetDateTime since = (live.isAfter(hour) ? live : hour).atOffset(ZoneOffset.UTC);
        Breadth before = database.breadth().of(target, live);
        double expected = before.days() == 0 ? 0 : before.calls() / (before.days() * 24.0);
        return database.inTransaction(handle -> new Hour(
                count(
                        handle,
                        "SELECT COUNT(*) FROM record WHERE rule = :rule AND verdict = 'divert' AND at >= :since",
                        rule,
                        since),
                count(
                        handle,
                        "SELECT COUNT(DISTINCT record_id) FROM desk_call WHERE rule = :rule AND state IN ('ANSWERED',"
                                + " 'RELEASED') AND changed_at >= :since",
                        rule,
                        since),
                count(
                        handle,
                        "SELECT COUNT(DISTINCT record_id) FROM desk_call WHERE rule = :rule AND state = 'RELEASED' AND"
                                + " changed_at >= :since",
                        rule,
                        since),
                expected));
    }

    private static long count(Handle handle, String sql, String rule, OffsetDateTime since) {
        return handle.createQuery(sql)
                .bind("rule", rule)
                .bind("since", since)
                .mapTo(Long.class)
                .one();
    }
}
