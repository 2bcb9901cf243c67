package org.anticall.ops.store;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.anticall.ops.order.Breadth;
import org.anticall.ops.order.Target;
import org.jdbi.v3.core.Handle;

/** Counts in the records of the last days what a target would have hit. */
public final class BreadthCount {

    /** How far back it looks. */
    public static final int DAYS = 7;

    private static final int MOST_DIGITS = 15;
    private static final int RANGES_AT_ONCE = 400;

    private final Database database;

    BreadthCount(Database database) {
        this.database = database;
    }

    /** An interval of numbers, ends included. */
    private record Interval(long low, long high) {}

    /**
     * What the target would have hit in the {@value #DAYS} days before {@code now}: calls whose network number or shown number
     * it means. A condition is not counted.
     */
    public Breadth of(Target target, Instant now) {
        return of(List.of(target), now);
    }

    /** What several targets would have hit together. Of very many, a call that two of them mean may be counted twice. */
    public Breadth of(List<Target> targets, Instant now) {
        List<Interval> intervals = new ArrayList<>();
        targets.forEach(target -> target.patterns().forEach(pattern -> addIntervals(pattern, intervals)));
        if (intervals.isEmpty()) {
            return Breadth.UNKNOWN;
        }
        Instant since = now.minus(Duration.ofDays(DAYS));
        return database.inTransaction(handle -> {
            long all = handle.createQuery("SELECT COUNT(*) FROM record WHERE at >= :since")
                    .bind("since", since.atOffset(ZoneOffset.UTC))
                    .mapTo(Long.class)
                    .one();
            Breadth sum = new Breadth(0, 0, 0, 0, all, DAYS);
            for (int i = 0; i < intervals.size(); i += RANGES_AT_ONCE) {
                sum = plus(
                        sum,
                        count(handle, intervals.subList(i, Math.min(intervals.size(), i + RANGES_AT_ONCE)), since));
            }
            return sum;
        });
    }

    private static Breadth count(Handle handle, List<Interval> intervals, Instant since) {
        StringBuilder where = new StringBuilder();
        for (Interval each : intervals) {
            where.append(where.length() == 0 ? "" : " OR ")
                    .append("caller BETWEEN ")
                    .append(each.low())
                    .append(" AND ")
                    .append(each.high())
                    .append(" OR presented BETWEEN ")
                    .append(each.low())
                    .append(" AND ")
                    .append(each.high());
        }
        return handle.createQuery(
                        "SELECT COUNT(*) AS calls, COUNT(DISTINCT CASE WHEN caller > 0 THEN caller ELSE presented"
                                + " END) AS callers, COUNT(DISTINCT callee) AS callees, COUNT(CASE WHEN rule = 'N01' THEN 1 END) AS"
                                + " untouched FROM record WHERE at >= :since AND (" + where + ")")
                .bind("since", since.atOffset(ZoneOffset.UTC))
                .map((row, context) -> new Breadth(
                        row.getLong("calls"),
                        row.getLong("callers"),
                        row.getLong("callees"),
                        row.getLong("untouched"),
                        0,
                        DAYS))
                .one();
    }

    private static Breadth plus(Breadth sum, Breadth more) {
        return new Breadth(
                sum.calls() + more.calls(),
                sum.callers() + more.callers(),
                sum.callees() + more.callees(),
                sum.neverTouch() + more.neverTouch(),
                sum.allCalls(),
                DAYS);
    }

    /** A prefix is one interval for each length that a number with it can have. */
    private static void addIntervals(String pattern, List<Interval> intervals) {
        boolean prefix = pattern.endsWith("*");
        String digits = pattern.substring(1, pattern.length() - (prefix ? 1 : 0));
        if (digits.isEmpty() || digits.length() > MOST_DIGITS || !digits.chars().allMatch(Character::isDigit)) {
            return;
        }
        long low = Long.parseLong(digits);
        long high = low;
        intervals.add(new Interval(low, high));
        for (int length = digits.length() + 1; prefix && length <= MOST_DIGITS; length++) {
            low *= 10;
            high = high * 10 + 9;
            intervals.add(new Interval(low, high));
        }
    }
}
