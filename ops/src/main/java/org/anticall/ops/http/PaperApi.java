package org.anticall.ops.http;

import io.javalin.http.Context;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.anticall.ops.evidence.BoardCall;
import org.anticall.ops.evidence.CallBoard;
import org.anticall.ops.evidence.Disposition;
import org.anticall.ops.evidence.Disposition.Finding;
import org.anticall.ops.evidence.Disposition.Fraud;
import org.anticall.ops.evidence.Disposition.Outcome;
import org.anticall.ops.people.Permission;
import org.anticall.ops.sip.ConsoleSeats;
import org.anticall.ops.store.Dispositions;
import org.jspecify.annotations.Nullable;

/**
 * {@code /api/papers}: what is known of a call besides its receipt, and what its operator writes about it. A note is kept at
 * every pause of writing; the disposition lets the seat be ready again.
 */
final class PaperApi {

    private static final int MOST_EARLIER = 6;
    private static final Duration PRECISION_OVER = Duration.ofDays(30);
    private static final long MOST_SAVED = 1_000_000_000_000L;
    private static final int LONGEST_ORGANISATION = 120;

    /** Why such a caller is proposed for the allow list; the page has it in all languages. */
    private static final String HONEST = "an operator found an honest caller";

    private final CallBoard board;
    private final Dispositions papers;
    private final @Nullable ConsoleSeats seats;
    private final Looks looks;
    private final Trail trail;
    private final Clock clock;

    PaperApi(
            CallBoard board, Dispositions papers, @Nullable ConsoleSeats seats, Looks looks, Trail trail, Clock clock) {
        this.looks = looks;
        this.board = board;
        this.papers = papers;
        this.seats = seats;
        this.trail = trail;
        this.clock = clock;
    }

    void addTo(Doors doors) {
        doors.get("/api/papers/{id}", Permission.SEE_RECEIPTS, this::show);
        doors.put("/api/papers/{id}/note", Permission.ANSWER_CALLS, this::note);
        doors.post("/api/papers/{id}/disposition", Permission.ANSWER_CALLS, this::file);
        doors.get("/api/papers", Permission.ANSWER_CALLS, this::own);
    }

    private void show(Context context, Session session) {
        BoardCall call = call(context);
        String id = call.call().recordId();
        looks.atCall(context, session, "look.papers", id);
        Map<String, Object> view = new LinkedHashMap<>();
        view.put("note", papers.noteOf(id));
        view.put("disposition", papers.of(id).map(PaperApi::view).orElse(null));
        view.put(
                "earlier",
                papers.ofCaller(call.call().caller(), MOST_EARLIER + 1).stream()
                        .filter(each -> !each.recordId().equals(id))
                        .limit(MOST_EARLIER)
                        .map(PaperApi::view)
                        .toList());
        view.put(
                "campaign",
                CampaignsApi.now(papers, clock).stream()
                        .filter(each -> each.reaches(call.call().caller()))
                        .findFirst()
                        .map(CampaignsApi::view)
                        .orElse(null));
        Dispositions.Known known = papers.known(call.call().caller(), clock.instant());
        view.put("appeals", known.appeals());
        view.put("allowed", known.allowed());
        view.put("precision", counts(papers.precision(ruleOf(call), from(PRECISION_OVER))));
        Answers.send(context, 200, view);
    }

    /** What the operator who asks has found since the day began in UTC. */
    private void own(Context context, Session session) {
        Answers.send(
                context, 200, Map.of("today", counts(papers.byAccount(session.account(), from(Duration.ofHours(12))))));
    }

    private void note(Context context, Session session) {
        BoardCall call = call(context);
        Fields fields = new Fields(Answers.body(context));
        String text = fields.text("text", 0, Dispositions.LONGEST_NOTE);
        fields.check();
        papers.note(call.call().recordId(), text, session.account(), clock.instant());
        Answers.send(context, 200, Map.of("kept", true));
    }

    private void file(Context context, Session session) {
        BoardCall call = call(context);
        if (!session.account().equals(call.call().seat())) {
            throw new Refused(409, "not-yours", "Only the operator who had the call files it.");
        }
        Fields fields = new Fields(Answers.body(context));
        Outcome outcome = fields.word("outcome", text -> word(Outcome.values(), text), words(Outcome.values()));
        Fraud fraud = fields.word("fraud", text -> word(Fraud.values(), text), words(Fraud.values()));
        List<String> said = fields.texts("said", Disposition.SAID.size());
        String organisation = fields.text("organisation", 0, LONGEST_ORGANISATION);
        long saved = fields.number("saved", 0, MOST_SAVED);
        fields.check();
        if (!Disposition.SAID.containsAll(said)) {
            throw new Refused(400, "fields", "Expected codes of " + Disposition.SAID + " in 'said', found " + said);
        }
        String id = call.call().recordId();
        Disposition disposition = new Disposition(
                id,
                session.account(),
                clock.instant(),
                ruleOf(call),
                call.call().caller(),
                Objects.requireNonNull(outcome),
                Objects.requireNonNull(fraud),
                said,
                organisation,
                saved);
        String why = outcome == Outcome.HONEST ? HONEST + (organisation.isEmpty() ? "" : ": " + organisation) : "";
        Map<String, Object> view = view(disposition);
        papers.add(
                        disposition,
                        OrdersApi.signature(session, disposition.at()),
                        trail.of(context, session, "call.disposition", id, view, why))
                .ifPresent(proposal -> view.put("proposed", proposal.id()));
        if (seats != null) {
            var unused = seats.filed(session.account(), id);
        }
        Answers.send(context, 201, view);
    }

    private BoardCall call(Context context) {
        BoardCall call = board.find(context.pathParam("id"));
        if (call == null) {
            throw new Refused(404, "unknown", "There is no such call on the board.");
        }
        return call;
    }

    private Instant from(Duration before) {
        return clock.instant().minus(before);
    }

    private static String ruleOf(BoardCall call) {
        String rule = call.ground() == null ? null : call.ground().rule();
        return rule == null ? call.call().rule() : rule;
    }

    private static Map<String, Object> counts(Map<Finding, Long> counts) {
        Map<String, Object> view = new LinkedHashMap<>();
        for (Finding finding : Finding.values()) {
            view.put(CallView.word(finding), counts.getOrDefault(finding, 0L));
        }
        return view;
    }

    private static Map<String, Object> view(Disposition disposition) {
        Map<String, Object> view = new LinkedHashMap<>();
        view.put("at", disposition.at().toString());
        view.put("account", disposition.account());
        view.put("outcome", CallView.word(disposition.outcome()));
        view.put("finding", CallView.word(disposition.outcome().finding()));
        view.put("fraud", CallView.word(disposition.fraud()));
        view.put("said", disposition.said());
        view.put("organisation", disposition.organisation());
        view.put("saved", disposition.saved());
        return view;
    }

    private static <E extends Enum<E>> Optional<E> word(E[] values, String text) {
        for (E value : values) {
            if (value.name().toLowerCase(Locale.ROOT).replace('_', '-').equals(text)) {
                return Optional.of(value);
            }
        }
        return Optional.empty();
    }

    private static List<String> words(Enum<?>[] values) {
        List<String> words = new ArrayList<>();
        for (Enum<?> value : values) {
            words.add(CallView.word(value));
        }
        return words;
    }
}
