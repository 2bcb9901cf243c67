package org.anticall.ops.http;

import io.javalin.http.Context;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.anticall.ops.order.OrderState;
import org.anticall.ops.people.Permission;
import org.anticall.ops.redress.Precision;
import org.anticall.ops.store.Findings;
import org.anticall.ops.store.Orders;

/** {@code /api/precision}: how often each rule was right, from operators' findings and decided appeals. */
final class PrecisionApi {

    private static final Duration SINCE = Duration.ofDays(90);

    private final Findings findings;
    private final Orders orders;
    private final Clock clock;

    PrecisionApi(Findings findings, Orders orders, Clock clock) {
        this.findings = findings;
        this.orders = orders;
        this.clock = clock;
    }

    void addTo(Doors doors) {
        doors.get("/api/precision", Permission.SEE_ORDERS, this::show);
    }

    private void show(Context context, Session session) {
        List<Map<String, Object>> rules = new ArrayList<>();
        findings.precision(clock.instant().minus(SINCE)).forEach((rule, precision) -> rules.add(view(rule, precision)));
        Map<String, Object> view = new LinkedHashMap<>();
        view.put("days", SINCE.toDays());
        view.put("floor", Precision.FLOOR);
        view.put("fewest", Precision.FEWEST);
        view.put("rules", rules);
        Answers.send(context, 200, view);
    }

    private Map<String, Object> view(String rule, Precision precision) {
        long order = rule.matches("O[0-9]{1,18}") ? Long.parseLong(rule.substring(1)) : 0;
        boolean acts = order == 0
                || orders.find(order)
                        .filter(each -> each.state() instanceof OrderState.Live)
                        .isPresent();
        Map<String, Object> view = new LinkedHashMap<>();
        view.put("rule", rule);
        view.put("order", order);
        view.put("right", precision.right());
        view.put("wrong", precision.wrong());
        view.put("share", precision.share());
        view.put("low", precision.low());
        view.put("high", precision.high());
        view.put("proposedForShadow", acts && precision.isBelowFloor());
        return view;
    }
}
