package org.anticall.ops.sip;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import javax.sip.header.WWWAuthenticateHeader;
import javax.sip.message.Response;
import org.anticall.ops.desk.DeskCall;
import org.anticall.ops.desk.DeskListener;
import org.anticall.ops.desk.SeatStatus;
import org.junit.jupiter.api.Test;

/** How operators' phones come to the desk, and go. */
class PhoneSignInTest extends OneDesk {

    @Test
    void aPhoneThatRegistersIsAReadySeat() throws Exception {
        DeskServer desk = desk(Duration.ofSeconds(10));
        SipPeer phone = peer(desk);

        assertEquals(200, phone.register("101", "secret-101", 60));

        assertEquals(SeatStatus.State.READY, seat(desk, "101"));
        assertEquals(SeatStatus.State.OFFLINE, seat(desk, "102"));
    }

    @Test
    void aPhoneThatUnregistersIsOffline() throws Exception {
        DeskServer desk = desk(Duration.ofSeconds(10));
        SipPeer phone = peer(desk);
        phone.register("101", "secret-101", 60);

        assertEquals(200, phone.register("101", "secret-101", 0));

        assertEquals(SeatStatus.State.OFFLINE, seat(desk, "101"));
    }

    @Test
    void aPhoneThatDoesNotRegisterAgainGoesOffline() throws Exception {
        DeskServer desk = desk(Duration.ofSeconds(10));
        LinkedBlockingQueue<SeatStatus> seats = new LinkedBlockingQueue<>();
        desk.addListener(new DeskListener() {
            @Override
            public void changed(DeskCall call) {}

            @Override
            public void changed(SeatStatus seat) {
                seats.add(seat);
            }
        });

        peer(desk).register("101", "secret-101", 1);

        assertEquals(SeatStatus.State.READY, seats.poll(5, TimeUnit.SECONDS).state());
        assertEquals(SeatStatus.State.OFFLINE, seats.poll(5, TimeUnit.SECONDS).state());
    }

    @Test
    void aWrongPasswordIsRefused() throws Exception {
        DeskServer desk = desk(Duration.ofSeconds(10));

        assertEquals(403, peer(desk).register("101", "secret-102", 60));

        assertEquals(SeatStatus.State.OFFLINE, seat(desk, "101"));
    }

    @Test
    void aUserWhoDoesNotExistIsTreatedLikeAWrongPassword() throws Exception {
        DeskServer desk = desk(Duration.ofSeconds(10));

        assertEquals(403, peer(desk).register("999", "secret-101", 60));
    }

    @Test
    void afterFiveWrongPasswordsTheRightOneHasToWait() throws Exception {
        DeskServer desk = desk(Duration.ofSeconds(10));
        SipPeer phone = peer(desk);
        for (int attempt = 1; attempt <= 4; attempt++) {
            phone.register("101", "wrong", 60);
        }
        assertEquals(200, phone.register("101", "secret-101", 60), "after four failures");
        for (int attempt = 1; attempt <= 5; attempt++) {
            phone.register("102", "wrong", 60);
        }

        assertEquals(403, phone.register("102", "secret-102", 60), "after five failures");
        assertEquals(200, phone.register("101", "secret-101", 60), "another user from the same address");
    }

    @Test
    void aNonceThatIsTooOldIsStaleAndNotAFailure() throws Exception {
        Instant[] now = {Instant.parse("2026-11-21T09:00:00Z")};
        DeskServer desk = desk(settings(Duration.ofSeconds(10), List.of("127.0.0.0/8")), () -> now[0]);
        SipPeer phone = peer(desk);
        Response challenge = phone.challenge("101");
        now[0] = now[0].plus(Duration.ofMinutes(5));

        Response again = phone.answerChallenge("101", "secret-101", 60, challenge);

        assertEquals(401, again.getStatusCode());
        assertTrue(((WWWAuthenticateHeader) again.getHeader(WWWAuthenticateHeader.NAME)).isStale());
        assertEquals(200, phone.answerChallenge("101", "secret-101", 60, again).getStatusCode());
    }

    @Test
    void credentialsCannotBePlayedBack() throws Exception {
        DeskServer desk = desk(Duration.ofSeconds(10));
        SipPeer phone = peer(desk);
        Response challenge = phone.challenge("101");
        assertEquals(
                200, phone.answerChallenge("101", "secret-101", 60, challenge).getStatusCode());

        assertEquals(
                401, phone.answerChallenge("101", "secret-101", 60, challenge).getStatusCode());
    }
}
