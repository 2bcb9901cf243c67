package org.anticall.ops.sip;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.sip.ClientTransaction;
import javax.sip.ResponseEvent;
import javax.sip.message.Request;
import org.anticall.ops.acceptance.Await;
import org.anticall.ops.desk.DeskCall;
import org.junit.jupiter.api.Test;

/** What callers hear whose calls nobody takes, where the rule wants them told: two texts, which are tones of 600 and 800 Hz. */
class AnnouncementIT extends ToneDesk {

    @Override
    Sounds sounds() {
        return super.sounds()
                .announcing(List.of(
                        folder.resolve("one.wav").toString(),
                        folder.resolve("two.wav").toString()));
    }

    @Test
    void aCallerNobodyTakesHearsTheTextsInTheirOrderAndIsDeclinedThen() throws Exception {
        Voice.write(folder.resolve("one.wav"), 600, 2);
        Voice.write(folder.resolve("two.wav"), 800, 2);

        offer("yes");

        assertTrue(SipPeer.bodyOf(early().getResponse()).contains("m=audio"), "early media");
        assertTrue(caller.hears(600, PATIENCE_MILLIS), "the first text");
        assertTrue(caller.hears(800, PATIENCE_MILLIS), "the second one");
        gateway.expectResponse(480, Request.INVITE);
        ends(DeskCall.Outcome.NO_SEAT_LEFT, DeskCall.Outcome.ANNOUNCED);
        Await.until("the relay is free", PATIENCE, () -> carried() == 0);
    }

    @Test
    void whereNoTextCanBePlayedTheCallerIsDeclinedAndThatIsTold() throws Exception {
        Files.writeString(folder.resolve("one.wav"), "no sound");

        offer("yes");

        gateway.expectResponse(480, Request.INVITE);
        ends(DeskCall.Outcome.NO_SEAT_LEFT, DeskCall.Outcome.NOT_ANNOUNCED);
    }

    @Test
    void withoutThatStepOnTheLadderNobodyIsToldAnything() throws Exception {
        Voice.write(folder.resolve("one.wav"), 600, 2);

        offer("no");

        gateway.expectResponse(480, Request.INVITE);
        assertFalse(caller.hears(600, 1_000));
        assertEquals(List.of(DeskCall.Outcome.NO_SEAT_LEFT), outcomes());
    }

    @Test
    void aCallerWhoHangsUpMeanwhileIsToldNoMore() throws Exception {
        Path text = Voice.write(folder.resolve("one.wav"), 600, 20);
        assertTrue(Files.exists(text));
        ClientTransaction invite = offer("yes");
        early();
        assertTrue(caller.hears(600, PATIENCE_MILLIS));

        gateway.cancel(invite);

        gateway.expectResponse(487, Request.INVITE);
        Await.until("the relay is free", PATIENCE, () -> carried() == 0);
    }

    private ClientTransaction offer(String announce) throws Exception {
        Request invite = gateway.diverted(CALL, caller.description());
        invite.addHeader(gateway.endpoint().headers().createHeader("X-Anticall-Announce", announce));
        return gateway.send(invite);
    }

    private ResponseEvent early() throws Exception {
        ResponseEvent early = gateway.expectResponse(183, Request.INVITE);
        caller.sendTo(SipPeer.bodyOf(early.getResponse()));
        return early;
    }

    private void ends(DeskCall.Outcome... expected) throws Exception {
        Await.until("it ends " + List.of(expected), PATIENCE, () -> outcomes().equals(List.of(expected)));
    }

    private List<DeskCall.Outcome> outcomes() {
        return told.stream()
                .filter(call -> call.outcome() != null)
                .map(DeskCall::outcome)
                .toList();
    }
}
