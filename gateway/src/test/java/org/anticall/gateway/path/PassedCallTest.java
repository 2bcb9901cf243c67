package org.anticall.gateway.path;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.List;
import org.anticall.rules.call.Verdict;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class PassedCallTest {

    @Test
    void aCallIsSetUpAndEndedThroughTheGateway() throws IOException {
        try (PathFixture net = PathFixture.with(new Verdict.Pass())) {
            net.carrierSends(net.invite("call-1"));
            net.carrier.expect("SIP/2.0 100 Trying");
            String invite = net.core.expect("INVITE sip:+77172555555@");
            net.core.send(net.gateway(), SipPeer.response(invite, 180, "Ringing", "t1"));
            net.carrier.expect("SIP/2.0 180 Ringing");
            net.core.send(
                    net.gateway(),
                    SipPeer.response(
                            invite, 200, "OK", "t1", "Contact: <sip:callee@" + SipPeer.text(net.core.address()) + ">"));
            String answer = net.carrier.expect("SIP/2.0 200 OK");
            assertEquals(1, SipPeer.values(answer, "Via").size());

            net.carrierSends(net.inDialog("ACK", 1, answer));
            String ack = net.core.expect("ACK sip:callee@" + SipPeer.text(net.core.address()));
            assertEquals(List.of(), SipPeer.values(ack, "Route"));
            net.carrierSends(net.inDialog("BYE", 2, answer));
            String bye = net.core.expect("BYE sip:callee@");
            net.core.send(net.gateway(), SipPeer.response(bye, 200, "OK", "t1"));
            String done = net.carrier.expect("SIP/2.0 200 OK");
            assertEquals("2 BYE", SipPeer.value(done, "CSeq"));
        }
    }

    @Test
    void theCalleesRequestFindsTheCaller() throws IOException {
        try (PathFixture net = PathFixture.with(new Verdict.Pass())) {
            net.carrierSends(net.invite("call-2"));
            String invite = net.core.expect("INVITE");
            String route = SipPeer.value(invite, "Record-Route");

            net.core.send(
                    net.gateway(),
                    "BYE sip:+442071234567@" + SipPeer.text(net.carrier.address()) + " SIP/2.0\r\nVia: SIP/2.0/UDP "
                            + SipPeer.text(net.core.address()) + ";branch=z9hG4bKcallee\r\nRoute: " + route
                            + "\r\nFrom: <sip:+77172555555@x>;tag=t1\r\nTo: <sip:+442071234567@carrier.example>;tag=f1"
                            + "\r\nCall-ID: call-2\r\nCSeq: 5 BYE\r\nMax-Forwards: 9\r\nContent-Length: 0\r\n\r\n");
            String bye = net.carrier.await("BYE sip:+442071234567@");
            assertEquals("8", SipPeer.value(bye, "Max-Forwards"));
            net.carrierSends(SipPeer.response(bye, 200, "OK", "f1"));
            net.core.expect("SIP/2.0 200 OK");
        }
    }

    @Test
    void invariant4WhatIsNotEditedLeavesByteForByte() throws IOException {
        try (PathFixture net = PathFixture.with(new Verdict.Pass())) {
            String odd = net.invite(
                    "call-3",
                    "X-UNKNOWN :   spaced   out  ",
                    "Subject: folded\r\n\t over lines",
                    "s: compact",
                    "P-asserted-IDENTITY: \"K \\\"q\\\"\" <sip:+442071234567@x>");
            net.carrierSends(odd);
            String invite = net.core.expect("INVITE");

            String ours = invite.substring(
                    invite.indexOf("Via:"), invite.indexOf("Via: SIP/2.0/UDP 127.0.0.1:" + net.carrier.port()));
            assertTrue(ours.startsWith("Via: SIP/2.0/UDP " + net.gatewayText() + ";branch=z9hG4bK"), ours);
            assertEquals(odd.replace("Max-Forwards: 70", "Max-Forwards: 69"), invite.replace(ours, ""));
            assertEquals(2, ours.split("\r\n").length, ours);
        }
    }

    @Test
    void rportAndReceivedSayWhereTheRequestCameFrom() throws IOException {
        try (PathFixture net = PathFixture.with(new Verdict.Pass())) {
            net.carrierSends(net.invite("call-4")
                    .replace("UDP " + SipPeer.text(net.carrier.address()), "UDP 192.0.2.9:5060;rport"));
            net.carrier.expect("SIP/2.0 100");
            String invite = net.core.expect("INVITE");
            String via = SipPeer.values(invite, "Via").get(1);
            assertTrue(via.contains(";rport=" + net.carrier.port()), via);
            assertTrue(via.endsWith(";received=127.0.0.1"), via);
        }
    }

    @Test
    void aPassedCallLeavesNoRecordUnlessItIsSampled() throws IOException {
        try (PathFixture net = PathFixture.with(new Verdict.Pass())) {
            net.carrierSends(net.invite("call-5"));
            net.core.expect("INVITE");
            assertTrue(net.records.isEmpty());
        }
        try (PathFixture net = new PathFixture()) {
            net.passSample = 2;
            net.start();
            for (String id : List.of("a", "b", "c", "d")) {
                net.carrierSends(net.invite(id));
                net.core.expect("INVITE");
            }
            assertEquals(2, net.records.size());
            assertFalse(net.records.get(0).id().equals(net.records.get(1).id()));
        }
    }
}
