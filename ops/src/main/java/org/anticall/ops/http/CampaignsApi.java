package org.anticall.ops.http;

import io.javalin.http.Context;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.anticall.ops.evidence.Campaign;
import org.anticall.ops.people.Permission;
import org.anticall.ops.store.Dispositions;

/** {@code /api/campaigns}: which confirmed frauds of the last days come from one place. */
final class CampaignsApi {

    /** How long a fraud counts. */
    static final Duration WINDOW = Duration.ofDays(7);

    private static final int MOST_LEADS = 1_000;
    private static final int MOST_SHOWN = 20;

    private final Dispositions papers;
    private final Clock clock;

    CampaignsApi(Dispositions papers, Clock clock) {
        this.papers = papers;
        this.clock = clock;
    }

    void addTo(Doors doors) {
        doors.get("/api/campaigns", Permission.SEE_RECEIPTS, (context, session) -> list(context));
    }

    private void list(Context context) {
        List<Map<String, Object>> views = now(papers, clock).stream()
                .limit(MOST_SHOWN)
                .map(CampaignsApi::view)
                .toList();
        Answers.send(context, 200, Map.of("days", WINDOW.toDays(), "campaigns", views));
    }

    static List<Campaign> now(Dispositions papers, Clock clock) {
        return Campaign.among(papers.frauds(clock.instant().minus(WINDOW), MOST_LEADS));
    }

    static Map<String, Object> view(Campaign campaign) {
        Map<String, Object> view = new LinkedHashMap<>();
        view.put("tag", campaign.tag());
        view.put("fraud", CallView.word(campaign.fraud()));
        view.put("organisations", new TreeSet<>(campaign.organisations()));
        view.put("blocks", new TreeSet<>(campaign.blocks()));
        view.put("fingerprints", new TreeSet<>(campaign.fingerprints()));
        view.put("calls", campaign.calls());
        view.put("callers", campaign.callers());
        view.put("first", campaign.first().toString());
        view.put("last", campaign.last().toString());
        view.put("saved", campaign.saved());
        return view;
    }
}
