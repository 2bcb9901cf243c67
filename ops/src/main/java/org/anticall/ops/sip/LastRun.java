package org.anticall.ops.sip;

import java.text.ParseException;
import java.util.List;
import org.anticall.ops.media.RelayedCall.Profile;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Calls and seats of the centre's last run, taken up where it left them. Owned by the desk's thread. */
final class LastRun {

    private static final Logger LOG = LoggerFactory.getLogger(LastRun.class);

    private final Switchboard board;
    private final Sounds sounds;
    private final SoundChoice soundChoice;
    private final DeskLoop loop;

    LastRun(Switchboard board, Sounds sounds, SoundChoice soundChoice, DeskLoop loop) {
        this.board = board;
        this.sounds = sounds;
        this.soundChoice = soundChoice;
        this.loop = loop;
    }

    void goOn(List<KeptSeat> seats, List<KeptCall> calls) {
        for (KeptSeat each : seats) {
            board.pages().arrived(each.seat());
            board.decide(desk -> desk.answeredCalls().takeUpSeat(each.seat(), each.pauseReason(), each.unfiled()));
        }
        calls.forEach(this::takeUp);
    }

    private void takeUp(KeptCall kept) {
        KeptCall.Facts facts = kept.facts();
        GatewayAddress gateway = new GatewayAddress(facts.gatewayHost(), facts.gatewayPort());
        DivertedCallSignals call = board.onTheWire(DivertedInvite.of(kept), gateway, null);
        Profile seat = kept.atPage() ? soundChoice.ofPages() : Profile.RTP;
        try {
            if (kept.atPage()) {
                board.pages().arrived(kept.seat());
            }
            call.takeUp(kept, board.pages(), sounds.takeUp(kept.sound(), seat, loop));
        } catch (ParseException e) {
            LOG.atError().addKeyValue("call", kept.recordId()).setCause(e).log("a call cannot be taken up");
            board.forget(kept.recordId());
            return;
        }
        if (!kept.seat().isEmpty()) {
            board.decide(desk -> desk.answeredCalls().takeUp(kept.answered(), kept.atPage()));
        }
        LOG.atInfo().addKeyValue("call", kept.recordId()).log("a call of the last run goes on");
        call.probe();
        if (call.sound() != null && call.sound().isSilent()) {
            soundChoice.resound(call, seat, SoundChoice.MOST_RESCUES);
        }
    }
}
