package org.anticall.ops.http;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.anticall.ops.desk.DeskCall;
import org.anticall.ops.desk.SeatStatus;
import org.anticall.ops.evidence.BoardCall;
import org.anticall.ops.evidence.BoardChange;
import org.anticall.ops.evidence.Ground;
import org.anticall.rules.call.LocalizedText;
import org.jspecify.annotations.Nullable;

/** Calls, seats and changes of the board as the page gets them: masked, in groups, times in ISO 8601. */
final class CallView {

    private CallView() {}

    static Map<String, Object> change(BoardChange change) {
        Map<String, Object> view = new LinkedHashMap<>();
        view.put("seq", change.seq());
        view.put("calls", change.calls().stream().map(CallView::call).toList());
        view.put("seats", change.seats().stream().map(CallView::seat).toList());
        return view;
    }

    static Map<String, Object> call(BoardCall boardCall) {
        DeskCall call = boardCall.call();
        Ground ground = boardCall.ground();
        Map<String, Object> view = new LinkedHashMap<>();
        view.put("id", call.recordId());
        view.put("at", (ground == null ? call.offeredAt() : ground.at()).toString());
        view.put("caller", number(call.caller(), false));
        view.put("callee", number(call.callee(), true));
        view.put("rule", rule(call, ground));
        view.put("reason", ground == null ? null : text(ground.reason()));
        view.put("trunk", ground == null ? null : ground.trunk());
        view.put("node", ground == null ? null : ground.node());
        view.put("answeredAt", text(boardCall.answeredAt()));
        view.putAll(step(call));
        return view;
    }

    /** One step of a call's life at the desk. */
    static Map<String, Object> step(DeskCall call) {
        DeskCall.Outcome outcome = call.outcome();
        Map<String, Object> view = new LinkedHashMap<>();
        view.put("state", word(call.state()));
        view.put("seat", call.seat());
        view.put("outcome", outcome == null ? null : word(outcome));
        view.put("offeredAt", call.offeredAt().toString());
        view.put("changedAt", call.changedAt().toString());
        return view;
    }

    /** A party's number as text and country; {@code kind} says what stands there if it is no number. */
    static Map<String, Object> number(String written, boolean masked) {
        Map<String, Object> view = new LinkedHashMap<>();
        boolean withheld = written.isEmpty() || written.equalsIgnoreCase("anonymous");
        view.put("kind", withheld ? "withheld" : "number");
        view.put("text", withheld ? "" : masked ? NumberText.masked(written) : NumberText.full(written));
        view.put("country", NumberText.country(written));
        return view;
    }

    static Map<String, String> text(LocalizedText text) {
        return Map.of("en", text.en(), "ru", text.ru(), "kk", text.kk());
    }

    /** {@code NO_SEAT_LEFT} as {@code no-seat-left}. */
    static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    static List<Map<String, Object>> history(List<DeskCall> changes) {
        return changes.stream().map(CallView::step).toList();
    }

    /** A seat as the page gets it. */
    static Map<String, Object> seat(SeatStatus seat) {
        Map<String, Object> view = new LinkedHashMap<>();
        view.put("seat", seat.seat());
        view.put("state", word(seat.state()));
        view.put("since", seat.since().toString());
        view.put("call", seat.recordId());
        view.put("misses", seat.misses());
        view.put("pauseReason", seat.pauseReason());
        view.put("until", text(seat.until()));
        view.put("unfiled", seat.unfiled());
        return view;
    }

    private static @Nullable String text(@Nullable Instant instant) {
        return instant == null ? null : instant.toString();
    }

    private static @Nullable String rule(DeskCall call, @Nullable Ground ground) {
        if (ground != null && ground.rule() != null) {
            return ground.rule();
        }
        return call.rule().isEmpty() ? null : call.rule();
    }
}
