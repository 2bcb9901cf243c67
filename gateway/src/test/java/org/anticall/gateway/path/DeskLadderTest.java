package org.anticall.gateway.path;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.time.Duration;
import org.anticall.rules.call.Verdict;
import org.anticall.rules.call.Verdict.LadderStep;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What the desk can take, and where calls go that it does not take. */
@Timeout(30)
class DeskLadderTest {

    private static PathFixture net(PathFixture.TwoDesks desks, LadderStep... ladder) throws IOException {
        PathFixture net = new PathFixture();
        net.twoDesks = desks;
        net.judge = facts -> PathFixture.decision(PathFixture.divert(ladder));
        return net.start();
    }

    private static void refuse(PathFixture net, SipPeer desk, String... lines) {
        desk.send(net.gateway(), SipPeer.response(desk.await("INVITE"), 480, "Full", "d", lines));
        desk.await("ACK");
    }

    @Test
    void theNextDeskIsAnotherHopOfTheDesk() throws IOException {
        try (PathFixture net = net(PathFixture.TwoDesks.HOPS, LadderStep.NEXT_DESK, LadderStep.REJECT)) {
            net.carrierSends(net.invite("next-1"));
            net.carrier.expect("SIP/2.0 100");
            refuse(net, net.desk);
            String second = net.secondDesk.expect("INVITE sip:desk@" + SipPeer.text(net.secondDesk.address()));
            assertEquals(net.records.get(0).id(), SipPeer.value(second, "X-Anticall-Verdict"));
            net.secondDesk.send(net.gateway(), SipPeer.response(second, 486, "Busy", "d2"));
            net.carrier.expect("SIP/2.0 603");
            assertEquals(1, net.path.counters().path().ladderSteps(LadderStep.NEXT_DESK));
            assertEquals(1, net.path.counters().path().ladderSteps(LadderStep.REJECT));
        }
    }

    @Test
    void theNextDeskIsTheSecondDeskWhereTheFirstHasNobodyLeft() throws IOException {
        try (PathFixture net = net(PathFixture.TwoDesks.GROUPS, LadderStep.NEXT_DESK, LadderStep.PASS_WITH_LABEL)) {
            net.carrierSends(net.invite("next-2"));
            net.carrier.expect("SIP/2.0 100");
            refuse(net, net.desk);
            String second = net.secondDesk.expect("INVITE sip:desk@");
            net.secondDesk.send(net.gateway(), SipPeer.response(second, 180, "Ringing", "d2"));
            net.carrier.expect("SIP/2.0 180");
            net.pass(Duration.ofMillis(15_020));
            net.secondDesk.expect("CANCEL");
            assertTrue(net.core.expect("INVITE sip:+77172555555@").contains("\"Spam? Bob\""));
        }
    }

    @Test
    void whereThereIsNoNextDeskTheStepBehindItCounts() throws IOException {
        try (PathFixture net = net(PathFixture.TwoDesks.NO, LadderStep.NEXT_DESK, LadderStep.REJECT)) {
            net.carrierSends(net.invite("next-3"));
            net.carrier.expect("SIP/2.0 100");
            refuse(net, net.desk);
            net.carrier.expect("SIP/2.0 603");
            assertEquals(0, net.path.counters().path().ladderSteps(LadderStep.NEXT_DESK));
        }
    }

    @Test
    void aDeskBeforeAnAnnouncementIsToldSoAndHasTheTimeForIt() throws IOException {
        try (PathFixture net = net(PathFixture.TwoDesks.NO, LadderStep.ANNOUNCEMENT, LadderStep.REJECT)) {
            net.carrierSends(net.invite("told-1"));
            net.carrier.expect("SIP/2.0 100");
            String invite = net.desk.expect("INVITE");
            assertEquals("yes", SipPeer.value(invite, "X-Anticall-Announce"));
            net.desk.send(net.gateway(), SipPeer.response(invite, 180, "Ringing", "d"));
            net.carrier.expect("SIP/2.0 180");
            net.pass(Duration.ofMillis(15_020));
            net.desk.send(net.gateway(), SipPeer.response(invite, 183, "Session Progress", "d"));
            net.carrier.expect("SIP/2.0 183");
            net.desk.send(net.gateway(), SipPeer.response(invite, 480, "Told", "d"));
            net.desk.await("ACK");
            net.carrier.expect("SIP/2.0 603");
            assertEquals(1, net.path.counters().path().ladderSteps(LadderStep.ANNOUNCEMENT));
            assertEquals(1, net.path.counters().path().ladderSteps(LadderStep.REJECT));
        }
    }

    @Test
    void aDeskThatTellsForEverIsGivenUpAndTheNextStepCounts() throws IOException {
        try (PathFixture net = net(PathFixture.TwoDesks.NO, LadderStep.ANNOUNCEMENT, LadderStep.PASS)) {
            net.carrierSends(net.invite("told-2"));
            net.carrier.expect("SIP/2.0 100");
            String invite = net.desk.expect("INVITE");
            net.desk.send(net.gateway(), SipPeer.response(invite, 183, "Session Progress", "d"));
            net.carrier.expect("SIP/2.0 183");
            net.pass(Duration.ofMillis(44_980));
            net.core.expectNothingFrom(net.gateway());
            net.pass(Duration.ofMillis(40));
            net.desk.expect("CANCEL");
            assertTrue(net.core.expect("INVITE").contains("told-2"));
        }
    }

    @Test
    void onlyTheDeskRightBeforeAnAnnouncementIsToldSo() throws IOException {
        PathFixture.TwoDesks two = PathFixture.TwoDesks.GROUPS;
        try (PathFixture net = net(two, LadderStep.NEXT_DESK, LadderStep.ANNOUNCEMENT, LadderStep.REJECT)) {
            net.carrierSends(net.invite("told-3"));
            net.carrier.expect("SIP/2.0 100");
            String first = net.desk.expect("INVITE");
            assertFalse(first.contains("X-Anticall-Announce"), first);
            net.desk.send(net.gateway(), SipPeer.response(first, 480, "Full", "d"));
            assertEquals("yes", SipPeer.value(net.secondDesk.expect("INVITE"), "X-Anticall-Announce"));
        }
    }

    @Test
    void withoutThatStepARefusalIsNotTriedElsewhereButADeadHopIs() throws IOException {
        try (PathFixture net = net(PathFixture.TwoDesks.HOPS, LadderStep.REJECT)) {
            net.carrierSends(net.invite("next-4"));
            net.carrier.expect("SIP/2.0 100");
            refuse(net, net.desk);
            net.carrier.expect("SIP/2.0 603");
            net.secondDesk.expectNothingFrom(net.gateway());
            net.carrierSends(net.invite("next-5"));
            net.desk.expect("INVITE");
            net.pass(Duration.ofMillis(2010));
            net.secondDesk.await("INVITE");
        }
    }

    @Test
    void invariant8ADeskThatSaysItIsFullGetsNoCall() throws IOException {
        try (PathFixture net = net(PathFixture.TwoDesks.NO, LadderStep.PASS_WITH_LABEL)) {
            net.carrierSends(net.invite("full-1"));
            net.carrier.expect("SIP/2.0 100");
            refuse(net, net.desk, "X-Anticall-Capacity: 0");
            net.core.expect("INVITE");
            net.carrierSends(net.invite("full-2"));
            assertTrue(net.core.expect("INVITE").contains("full-2"), "the ladder, and the desk is not asked");
            net.desk.expectNothingFrom(net.gateway());
            net.pass(Duration.ofMillis(3010));
            net.carrierSends(net.invite("full-3"));
            assertTrue(net.desk.await("INVITE").contains("full-3"), "its word has run out");
        }
    }

    @Test
    void aDeskGetsAsManyCallsAsItSaysAndNotOneMore() throws IOException {
        try (PathFixture net = net(PathFixture.TwoDesks.NO, LadderStep.PASS)) {
            net.carrierSends(net.invite("n-0"));
            net.carrier.expect("SIP/2.0 100");
            String first = net.desk.expect("INVITE");
            net.desk.send(net.gateway(), SipPeer.response(first, 180, "Ringing", "d", "X-Anticall-Capacity: 2"));
            assertFalse(net.carrier.expect("SIP/2.0 180").contains("X-Anticall"));
            for (String call : new String[] {"n-1", "n-2"}) {
                net.carrierSends(net.invite(call));
                assertTrue(net.desk.expect("INVITE").contains(call));
            }
            net.carrierSends(net.invite("n-3"));
            assertTrue(net.core.expect("INVITE").contains("n-3"));
        }
    }

    @Test
    void nobodyButTheDeskSaysWhatTheDeskCanTake() throws IOException {
        try (PathFixture net = PathFixture.with(new Verdict.Pass())) {
            net.carrierSends(net.invite("core-1"));
            net.carrier.expect("SIP/2.0 100");
            String invite = net.core.expect("INVITE");
            net.core.send(net.gateway(), SipPeer.response(invite, 180, "Ringing", "t", "X-Anticall-Capacity: 0"));
            assertFalse(net.carrier.expect("SIP/2.0 180").contains("X-Anticall"));
            net.carrierSends(net.invite("core-2"));
            assertTrue(net.core.expect("INVITE").contains("core-2"));
        }
    }
}
