package org.anticall.ops.http;

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
    private final Trail trail;
    private final Clock clock;

    ShiftApi(CallBoard board, ShiftPapers papers, Trail trail, Clock clock) {
        this.board = board;
        this.papers = papers;
        this.trail = trail;
        this.clock = clock;
    }

    void addTo(Doors doors) {
        doors.get("/api/handover", Permission.ANSWER_CALLS, this::notes);
        doors.post("/api/handover", Permission.ANSWER_CALLS, this::handOver);
        doors.get("/api/block-proposals", Permission.SUPERVISE_CALLS, this::proposals);
        doors.post("/api/block-proposals", Permission.ANSWER_CALLS, this::propose);
        doors.post("/api/block-proposals/{id}/close", Permission.SUPERVISE_CALLS, this::close);
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

    private void proposals(Context context, Session session) {
        Answers.send(
                context,
                200,
                Map.of(
                        "proposals",
                        papers.open(MOST_PROPOSALS).stream().map(ShiftApi::view).toList()));
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

    private void close(Context context, Session session) {
        Fields fields = new Fields(Answers.body(context));
        boolean blocked = fields.node("blocked").asBoolean(false);
        String word = context.pathParam("id");
        long id = word.matches("[0-9]{1,18}") ? Long.parseLong(word) : 0;
        if (!papers.close(
                id,
                blocked,
                trail.of(context, session, "block.close", "proposal " + id, Map.of("blocked", blocked), ""))) {
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
