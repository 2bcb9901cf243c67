package org.anticall.ops.http;

import java.lang.management.ManagementFactory;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import org.anticall.ops.desk.DeskCall;
import org.anticall.ops.desk.SeatStatus;
import org.anticall.ops.evidence.BoardCall;
import org.anticall.ops.evidence.BoardChange;
import org.anticall.ops.http.Chores.Chore;
import org.anticall.ops.publish.Roster;
import org.anticall.ops.publish.Shelf;
import org.anticall.ops.store.StoreUnavailable;

/**
 * What Prometheus gets of the centre. Labels have the values of enums only; nothing that came over a wire becomes one. Read at
 * the scrape, so nothing is counted twice.
 */
final class CentreMetrics {

    private final CentreParts parts;

    CentreMetrics(CentreParts parts) {
        this.parts = parts;
    }

    /** All samples, in Prometheus' text form. */
    String page() {
        StringBuilder page = new StringBuilder(4_096);
        desk(page);
        records(page);
        authority(page);
        chores(page);
        gauge(page, "anticall_centre_database_up", "Whether the database answers.", isDatabaseUp() ? 1 : 0);
        Runtime machine = Runtime.getRuntime();
        gauge(page, "anticall_centre_heap_used_bytes", "Heap in use.", machine.totalMemory() - machine.freeMemory());
        gauge(page, "anticall_centre_heap_max_bytes", "Heap there may be.", machine.maxMemory());
        gauge(
                page,
                "anticall_centre_threads",
                "Live threads.",
                ManagementFactory.getThreadMXBean().getThreadCount());
        return page.toString();
    }

    private void desk(StringBuilder page) {
        BoardChange board = parts.board().snapshot();
        Map<SeatStatus.State, Integer> seats = new EnumMap<>(SeatStatus.State.class);
        board.seats().forEach(seat -> seats.merge(seat.state(), 1, Integer::sum));
        head(page, "anticall_desk_seats", "gauge", "Seats by what they do.");
        for (SeatStatus.State state : SeatStatus.State.values()) {
            sample(page, "anticall_desk_seats", "state", state, seats.getOrDefault(state, 0));
        }
        Map<DeskCall.State, Integer> calls = new EnumMap<>(DeskCall.State.class);
        for (BoardCall each : board.calls()) {
            calls.merge(each.call().state(), 1, Integer::sum);
        }
        head(page, "anticall_desk_calls", "gauge", "Calls at the desk now.");
        for (DeskCall.State state : DeskCall.State.values()) {
            if (!state.isFinal()) {
                sample(page, "anticall_desk_calls", "state", state, calls.getOrDefault(state, 0));
            }
        }
        head(page, "anticall_desk_calls_ended_total", "counter", "Calls that are over, by why.");
        for (DeskCall.Outcome outcome : DeskCall.Outcome.values()) {
            sample(
                    page,
                    "anticall_desk_calls_ended_total",
                    "outcome",
                    outcome,
                    parts.deskCounts().ended(outcome));
        }
        counter(
                page,
                "anticall_desk_calls_answered_total",
                "Calls an operator answered.",
                parts.deskCounts().answered());
        counter(
                page,
                "anticall_desk_wait_seconds_total",
                "How long answered calls waited.",
                parts.deskCounts().waitedSeconds());
    }

    private void records(StringBuilder page) {
        counter(
                page,
                "anticall_centre_records_stored_total",
                "Decision records that were new.",
                parts.intake().stored());
        counter(
                page,
                "anticall_centre_records_repeated_total",
                "Decision records that were known.",
                parts.intake().duplicates());
        counter(
                page,
                "anticall_centre_records_refused_total",
                "Lines that are no records.",
                parts.intake().refused());
    }

    private void authority(StringBuilder page) {
        Shelf.Ready ready = parts.publishing().shelf().ready();
        long revision = ready == null ? 0 : ready.revision();
        gauge(page, "anticall_centre_revision", "Revision gateways are to enforce, 0 for none.", revision);
        Roster roster = parts.publishing().roster();
        int current = 0;
        int behind = 0;
        int silent = 0;
        for (Roster.Gateway gateway : roster.gateways()) {
            if (roster.isSilent(gateway)) {
                silent++;
            } else if (gateway.revision() == revision) {
                current++;
            } else {
                behind++;
            }
        }
        head(page, "anticall_centre_gateways", "gauge", "Gateways that have reported, by what they enforce.");
        page.append("anticall_centre_gateways{state=\"current\"} ")
                .append(current)
                .append('\n');
        page.append("anticall_centre_gateways{state=\"behind\"} ")
                .append(behind)
                .append('\n');
        page.append("anticall_centre_gateways{state=\"silent\"} ")
                .append(silent)
                .append('\n');
    }

    private void chores(StringBuilder page) {
        Chores chores = parts.chores();
        String failures = "anticall_centre_chore_failures_total";
        head(page, failures, "counter", "Failures of what the centre does by itself.");
        for (Chore each : Chore.values()) {
            sample(page, failures, "chore", each, chores.of(each).failures());
        }
        String failing = "anticall_centre_chore_failing";
        head(page, failing, "gauge", "Whether its last try failed.");
        for (Chore each : Chore.values()) {
            sample(page, failing, "chore", each, chores.of(each).failingSince() == null ? 0 : 1);
        }
        String done = "anticall_centre_chore_done_timestamp_seconds";
        head(page, done, "gauge", "When it last went well, 0 if it has not yet.");
        for (Chore each : Chore.values()) {
            Instant at = chores.of(each).done();
            sample(page, done, "chore", each, at == null ? 0 : at.getEpochSecond());
        }
    }

    private boolean isDatabaseUp() {
        try {
            parts.database().check();
            return true;
        } catch (StoreUnavailable down) {
            return false;
        }
    }

    private static void gauge(StringBuilder page, String name, String help, Number value) {
        head(page, name, "gauge", help);
        page.append(name).append(' ').append(value).append('\n');
    }

    private static void counter(StringBuilder page, String name, String help, Number value) {
        head(page, name, "counter", help);
        page.append(name).append(' ').append(value).append('\n');
    }

    private static void head(StringBuilder page, String name, String type, String help) {
        page.append("# HELP ").append(name).append(' ').append(help).append('\n');
        page.append("# TYPE ").append(name).append(' ').append(type).append('\n');
    }

    private static void sample(StringBuilder page, String name, String label, Enum<?> value, long number) {
        page.append(name).append('{').append(label).append("=\"");
        page.append(value.name().toLowerCase(Locale.ROOT))
                .append("\"} ")
                .append(number)
                .append('\n');
    }
}
