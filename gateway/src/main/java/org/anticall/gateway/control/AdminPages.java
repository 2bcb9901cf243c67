package org.anticall.gateway.control;

import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.anticall.gateway.hop.HopSwitch;
import org.anticall.gateway.path.GatewayPath;
import org.anticall.rules.number.E164;

/**
 * The pages of the admin endpoint.
 *
 * <pre>
 *   GET  /metrics                           for Prometheus
 *   GET  /healthz                           200 as long as the process is of use
 *   GET  /readyz                            200 while calls are welcome, else 503
 *   GET  /status                            JSON, with every alarm in plain words
 *   POST /bypass?state=on|off[&amp;trunk=NAME][&amp;until=INSTANT]
 *                                           let calls pass unjudged, all or one trunk's, for a time or until it is turned off
 *   POST /hops?hop=NAME&amp;state=up|drain|down  a next hop, or a group, takes calls or not
 *   POST /counters?number=+77011234567[&amp;trunk=NAME]
 *                                           forgets what was counted of a number, and of its block on that trunk
 *   POST /drain                             new calls are refused, those there live on
 *   POST /reload                            configuration, rules and roamers anew
 * </pre>
 */
public final class AdminPages {

    private static final String HELP =
            """
            GET  /                         this list
            GET  /metrics                  for Prometheus
            GET  /healthz                  200 as long as the process is of use, with its alarms
            GET  /readyz                   200 while calls are welcome, else 503
            GET  /status                   JSON: what is in force, what happens, every alarm in plain words
            POST /bypass?state=on|off      let calls pass unjudged; &trunk=NAME for one trunk, &until=INSTANT for a time
            POST /drain                    new calls are refused, those there live on
            POST /reload                   configuration, rules and roamers anew""";

    private final GatewayParts parts;
    private final StatusPage status;

    private AdminPages(GatewayParts parts) {
        this.parts = parts;
        this.status = new StatusPage(parts);
    }

    /** All pages by path. */
    public static Map<String, AdminPage> of(GatewayParts parts) {
        AdminPages all = new AdminPages(parts);
        GatewayPath.Counters counters = parts.path().counters();
        Map<String, AdminPage> pages = new TreeMap<>();
        pages.put("/", AdminPage.get(parameters -> AdminPage.Answer.text(200, HELP)));
        pages.put(
                "/metrics",
                AdminPage.get(new MetricsPage(List.of(
                        new GatewayMetrics(parts),
                        new VerdictMetrics(counters.verdict()),
                        new RoamingMetrics(parts.whereabouts()),
                        new PathMetrics(counters.path(), counters.transport()),
                        new CallMetrics(parts.statistics(), parts.live()),
                        new ObserverMetrics(parts.cdrs(), parts.mirror()),
                        new HopMetrics(parts.path()),
                        new JournalMetrics(parts.journal(), parts.shipper()),
                        new ProcessMetrics()))));
        pages.put("/healthz", AdminPage.get(all::health));
        pages.put("/readyz", AdminPage.get(all::readiness));
        pages.put("/status", AdminPage.get(all.status));
        pages.put("/bypass", AdminPage.post(all::bypass));
        pages.put("/hops", AdminPage.post(all::hops));
        pages.put("/counters", AdminPage.post(all::counters));
        pages.put("/state-messages", AdminPage.post(all::stateMessage));
        pages.put("/drain", AdminPage.post(all::drain));
        pages.put("/reload", AdminPage.post(all::reload));
        return pages;
    }

    private AdminPage.Answer health(Map<String, String> parameters) {
        List<String> alarms = status.alarms();
        return AdminPage.Answer.text(200, alarms.isEmpty() ? "ok" : "ok, but\n" + String.join("\n", alarms));
    }

    private AdminPage.Answer readiness(Map<String, String> parameters) {
        Lifecycle.Phase phase = parts.lifecycle().phase();
        return AdminPage.Answer.text(
                phase == Lifecycle.Phase.READY ? 200 : 503, phase.name().toLowerCase(Locale.ROOT));
    }

    private AdminPage.Answer bypass(Map<String, String> parameters) {
        String state = parameters.getOrDefault("state", "");
        if (!state.equals("on") && !state.equals("off")) {
            return AdminPage.Answer.text(400, "state: '" + state + "': expected on or off");
        }
        Instant until = Bypass.UNTIL_TURNED_OFF;
        String end = parameters.get("until");
        if (end != null) {
            try {
                until = Instant.parse(end);
            } catch (DateTimeParseException notAnInstant) {
                return AdminPage.Answer.text(
                        400, "until: '" + end + "': expected an instant such as 2026-11-27T22:00:00Z");
            }
            if (state.equals("off") || !until.isAfter(Instant.now())) {
                return AdminPage.Answer.text(400, "until: '" + end + "': expected an instant to come, with state=on");
            }
        }
        String trunk = parameters.get("trunk");
        Bypass bypass = parts.bypass();
        if (!(state.equals("on") ? bypass.turnOn(trunk, until) : bypass.turnOff(trunk))) {
            return AdminPage.Answer.text(
                    404, "trunk: '" + trunk + "': expected one of " + String.join(", ", bypass.trunks()));
        }
        return AdminPage.Answer.text(
                200,
                "bypass " + state + " for " + (trunk == null ? "all trunks" : trunk)
                        + (end == null ? "" : " until " + until));
    }

    private AdminPage.Answer hops(Map<String, String> parameters) {
        String hop = parameters.getOrDefault("hop", "");
        String state = parameters.getOrDefault("state", "");
        HopSwitch wanted = HopSwitch.of(state);
        if (wanted == null) {
            return AdminPage.Answer.text(400, "state: '" + state + "': expected up, drain or down");
        }
        if (!parts.path().hops().turn(hop, wanted)) {
            return AdminPage.Answer.text(
                    404,
                    "hop: '" + hop + "': expected a group or one of "
                            + parts.path().hopStates().stream()
                                    .map(GatewayPath.HopState::hop)
                                    .collect(Collectors.joining(", ")));
        }
        return AdminPage.Answer.text(200, hop + " is " + state);
    }

    private AdminPage.Answer counters(Map<String, String> parameters) {
        String text = parameters.getOrDefault("number", "").strip();
        long number = E164.parse(text);
        if (number == E164.NONE) {
            return AdminPage.Answer.text(400, "number: '" + text + "': expected a number such as 77011234567");
        }
        parts.rules().book().counters().reset(number, parameters.getOrDefault("trunk", ""));
        return AdminPage.Answer.text(200, "what was counted of " + E164.format(number) + " is forgotten");
    }

    /** The carrier tells that the state has just sent a message to a subscriber; rules may look at calls that follow. */
    private AdminPage.Answer stateMessage(Map<String, String> parameters) {
        String text = parameters.getOrDefault("number", "").strip();
        long number = E164.parse(text);
        if (number == E164.NONE) {
            return AdminPage.Answer.text(400, "number: '" + text + "': expected a number such as 77011234567");
        }
        parts.rules().book().counters().messaged(number, System.currentTimeMillis());
        return AdminPage.Answer.text(200, "noted");
    }

    private AdminPage.Answer drain(Map<String, String> parameters) {
        parts.lifecycle().drain();
        parts.path().drain();
        return AdminPage.Answer.text(200, "draining");
    }

    private AdminPage.Answer reload(Map<String, String> parameters) {
        Reloaded outcome = parts.live().reload();
        if (!outcome.isWell()) {
            return AdminPage.Answer.text(422, "nothing changed\n" + String.join("\n", outcome.problems()));
        }
        List<String> lines = new ArrayList<>();
        lines.add("revision " + parts.rules().book().revision());
        outcome.changed().forEach(change -> lines.add("changed: " + change));
        outcome.warnings().forEach(warning -> lines.add("warning: " + warning));
        return AdminPage.Answer.text(200, String.join("\n", lines));
    }
}
