package org.anticall.ops.http;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.javalin.http.Context;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.anticall.ops.evidence.BlockProposal;
import org.anticall.ops.evidence.BoardCall;
import org.anticall.ops.evidence.CallBoard;
import org.anticall.ops.evidence.HandoverNote;
import org.anticall.ops.people.Permission;
import org.anticall.ops.store.ShiftPapers;

/**
 * {@code /api/handover}: what one shift leaves to the next. {@code /api/block-proposals}: callers operators want blocked; a
 * supervisor makes an emergency order of them or lets them be.
 */
final class ShiftApi {

    private static final Duration SHOWN = Duration.ofHours(24);
    private static final int MOST_NOTES = 20;
    private static final int MOST_PROPOSALS = 50;
    private static final int SHORTEST_WHY = 3;

    private final CallBoard board;
    private final ShiftPapers papers;
    private final Looks looks;
    private final Trail trail;
    private final Clock clock;

    /** Which account was shown which proposal; as long as a shift. */
    private final Cache<String, Boolean> shown = Caffeine.newBuilder()
            .maximumSize(10_000)
            .expireAfterWrite(Sessions.LONGEST)
            .build();

    ShiftApi(CallBoard board, ShiftPapers papers, Looks looks, Trail trail, Clock clock) {
        this.board = board;
        this.papers = papers;
        this.looks = looks;
        this.trail = trail;
        this.clock = clock;
    }

    void addTo(Doors doors) {
        doors.get("/api/handover", Permission.ANSWER_CALLS, this::notes);
        doors.post("/api/handover", Permission.ANSWER_CALLS, this::handOver);
        doors.get("/api/block-proposals", Permission.SUPERVISE_CALLS, this::proposals);
        doors.post("/api/block-proposals", Permission.ANSWER_CALLS, this::propose);
        doors.post("/api/block-proposals/{id}/close", Permission.SUPERVISE_CALLS, this::letBe);
    }

    private void notes(Context context, Session session) {
        List<Map<String, String>> notes = papers.notes(clock.instant().minus(SHOWN), MOST_NOTES).stream()
                .map(note -> Map.of("at", note.at().toString(), "account", note.account(), "text", note.text()))
                .toList();
        Answers.send(context, 200, Map.of("notes", notes));
    }

    private void handOver(Context context, Session session) {
        Fields fields = new Fields(Answers.body(context));
        String text = fields.text("text", 1, ShiftPapers.LONGEST_TEXT);
        fields.check();
        papers.handOver(
                new HandoverNote(clock.instant(), session.account(), text),
                trail.of(context, session, "shift.handover", "handover", Map.of(), ""));
        notes(context, session);
    }

    /** A page asks every few seconds; the trail has the first time that an account is shown a proposal. */
    private void proposals(Context context, Session session) {
        List<BlockProposal> open = papers.open(MOST_PROPOSALS);
        for (BlockProposal each : open) {
            String look = session.account() + " " + each.id();
            if (shown.getIfPresent(look) == null) {
                looks.at(context, session, "look.proposal", each.recordId(), "proposal " + each.id());
                shown.put(look, true);
            }
        }
        Answers.send(
                context,
                200,
                Map.of("proposals", open.stream().map(ShiftApi::view).toList()));
    }

    private void propose(Context context, Session session) {
        Fields fields = new Fields(Answers.body(context));
        String id = fields.text("call", 1, 64);
        String why = fields.text("why", SHORTEST_WHY, ShiftPapers.LONGEST_TEXT);
        fields.check();
        BoardCall call = board.find(id);
        if (call == null) {
            throw Paths.unknown();
        }
        if (!session.account().equals(call.call().seat())) {
            throw new Refused(409, "not-yours", "Only the operator who had the call proposes to block its caller.");
        }
        String caller = call.call().caller();
        if (!caller.matches("\\+[1-9][0-9]{6,14}")) {
            throw new Refused(409, "no-number", "The caller shows no number that could be blocked.");
        }
        papers.propose(
                new BlockProposal(0, clock.instant(), session.account(), id, caller, why),
                trail.of(context, session, "block.propose", id, Map.of(), why));
        Answers.send(context, 201, Map.of("proposed", id));
    }

    private void letBe(Context context, Session session) {
        long id = Paths.id(context);
        if (!papers.letBe(
                id, trail.of(context, session, "block.close", "proposal " + id, Map.of("blocked", false), ""))) {
            throw Paths.unknown();
        }
        Answers.send(context, 200, Map.of("closed", id));
    }

    private static Map<String, Object> view(BlockProposal proposal) {
        Map<String, Object> view = new LinkedHashMap<>();
        view.put("id", proposal.id());
        view.put("at", proposal.at().toString());
        view.put("account", proposal.account());
        view.put("call", proposal.recordId());
        view.put("caller", CallView.number(proposal.caller(), false));
        view.put("number", proposal.caller());
        view.put("why", proposal.why());
        return view;
    }
}
