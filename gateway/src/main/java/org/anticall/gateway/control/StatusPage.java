package org.anticall.gateway.control;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.anticall.gateway.hop.HopSwitch;
import org.anticall.gateway.journal.RecordShipper;
import org.anticall.gateway.path.GatewayPath;
import org.anticall.gateway.path.Strain;
import org.anticall.gateway.verdict.FailOpen;
import org.anticall.rules.Activation;
import org.jspecify.annotations.Nullable;

/** {@code /status}: all that a person wants to know first, as one JSON object. */
final class StatusPage implements AdminPage.Content {

    private static final Duration RECENTLY = Duration.ofMinutes(1);

    private final GatewayParts parts;
    private final ObjectMapper json = new ObjectMapper();

    StatusPage(GatewayParts parts) {
        this.parts = parts;
    }

    /** What somebody should look at, one sentence each; empty while all is well. */
    List<String> alarms() {
        List<String> alarms = new ArrayList<>();
        if (!parts.journal().condition().isWell()) {
            alarms.add("journal: " + parts.journal().condition().reason());
        }
        add(alarms, "", parts.behaviour().trouble());
        RecordShipper shipper = parts.shipper();
        if (shipper != null && !shipper.trouble().isEmpty()) {
            alarms.add("records wait on disk: " + shipper.trouble());
        }
        parts.rules().latest().problems().forEach(problem -> alarms.add("rules: " + problem));
        CdrWriter cdrs = parts.cdrs();
        if (cdrs != null) {
            add(alarms, "call detail records: ", cdrs.trouble());
        }
        if (parts.rules().latest().live() == null) {
            alarms.add("rules: none in force yet, all calls pass");
        }
        BundleWatch bundles = parts.bundles();
        if (bundles != null) {
            add(alarms, "bundle refused: ", bundles.standing().refused());
            add(alarms, "no new bundles: ", bundles.standing().trouble());
        }
        for (FailOpen reason : FailOpen.values()) {
            if (parts.path().alarm().isRinging(reason, RECENTLY)) {
                alarms.add("calls passed unjudged within the last minute: " + reason.text());
            }
        }
        for (Strain strain : Strain.values()) {
            if (parts.path().strain().isRinging(strain, RECENTLY)) {
                String trunk = parts.path().strain().where(strain);
                alarms.add("a limit was reached within the last minute: " + strain.text() + ", last on trunk " + trunk);
            }
        }
        String roaming = parts.whereabouts().oracle().trouble();
        if (!roaming.isEmpty()) {
            alarms.add("roaming: " + roaming);
        }
        for (GatewayPath.HopState hop : parts.path().hopStates()) {
            if (!hop.state().equals(HopSwitch.UP.text())) {
                alarms.add("next hop " + hop.hop() + ": " + hop.state());
            }
        }
        if (parts.path().namesFailing() > 0) {
            alarms.add("next hops: " + parts.path().namesFailing() + " names have no fresh address");
        }
        Bypass.State bypass = parts.bypass().state();
        if (bypass.all() != null) {
            alarms.add("bypass: all calls pass unjudged" + until(bypass.all()));
        }
        bypass.trunks()
                .forEach((trunk, end) -> alarms.add("bypass: calls of trunk " + trunk + " pass unjudged" + until(end)));
        return alarms;
    }

    private static String until(Instant end) {
        return end.equals(Bypass.UNTIL_TURNED_OFF) ? "" : " until " + end;
    }

    private static void add(List<String> alarms, String what, String why) {
        if (!why.isEmpty()) {
            alarms.add(what + why);
        }
    }

    @Override
    public AdminPage.Answer answer(Map<String, String> parameters) {
        ObjectNode status = json.createObjectNode();
        status.put("node", parts.config().node());
        status.put("version", parts.version());
        status.put("phase", parts.lifecycle().phase().name().toLowerCase(Locale.ROOT));
        status.put("startedAt", parts.lifecycle().startedAt().toString());
        ArrayNode listening = status.putArray("listening");
        parts.path().listening().forEach(listening::add);
        rules(status.putObject("rules"));
        journal(status.putObject("journal"));
        Bypass.State bypass = parts.bypass().state();
        ObjectNode switched = status.putObject("bypass");
        switched.put("all", bypass.all() != null);
        bypass.trunks().keySet().stream().sorted().forEach(switched.putArray("trunks")::add);
        ObjectNode ends = switched.putObject("until");
        bypass.trunks().forEach((trunk, end) -> putEnd(ends, trunk, end));
        if (bypass.all() != null) {
            putEnd(ends, "*", bypass.all());
        }
        ObjectNode calls = status.putObject("calls");
        calls.put("judged", parts.path().counters().path().calls.sum());
        calls.put("inSetup", parts.path().callsInSetup());
        hops(status.putArray("hops"));
        alarms().forEach(status.putArray("alarms")::add);
        try {
            return AdminPage.Answer.json(
                    200, json.writerWithDefaultPrettyPrinter().writeValueAsBytes(status));
        } catch (JsonProcessingException neverWithATree) {
            throw new UncheckedIOException(neverWithATree);
        }
    }

    private static void putEnd(ObjectNode to, String trunk, Instant end) {
        if (!end.equals(Bypass.UNTIL_TURNED_OFF)) {
            to.put(trunk, end.toString());
        }
    }

    private void hops(ArrayNode to) {
        for (GatewayPath.HopState hop : parts.path().hopStates()) {
            ObjectNode one = to.addObject();
            one.put("hop", hop.hop());
            one.put("name", hop.name());
            one.put("state", hop.state());
            one.put("switched", hop.switched());
            if (hop.places() >= 0) {
                one.put("places", hop.places());
            }
        }
    }

    private void rules(ObjectNode to) {
        RuleFeed.Latest latest = parts.rules().latest();
        Activation.Activated live = latest.live();
        if (live != null) {
            to.put("revision", live.revision());
            to.put("hash", live.hash());
            to.put("rules", live.rules());
        }
        Instant since = latest.since();
        if (since != null) {
            to.put("since", since.toString());
        }
        Instant written = latest.written();
        if (written != null) {
            to.put("written", written.toString());
        }
        latest.problems().forEach(to.putArray("problems")::add);
        BundleWatch bundles = parts.bundles();
        if (bundles != null) {
            bundle(to.putObject("bundle"), bundles.standing());
        }
    }

    private static void bundle(ObjectNode to, BundleWatch.Standing standing) {
        to.put("created", text(standing.created()));
        to.put("centreHeardAt", text(standing.heardAt()));
        to.put("trouble", standing.trouble());
        to.put("refused", standing.refused());
    }

    private static @Nullable String text(@Nullable Instant instant) {
        return instant == null ? null : instant.toString();
    }

    private void journal(ObjectNode to) {
        to.put("accepted", parts.journal().accepted());
        to.put("refused", parts.journal().refused());
        to.put("trouble", parts.journal().condition().reason());
        RecordShipper shipper = parts.shipper();
        if (shipper != null) {
            to.put("shipped", shipper.shipped());
            to.put("backlogBytes", shipper.backlogBytes());
            to.put("shippingTrouble", shipper.trouble());
        }
    }
}
