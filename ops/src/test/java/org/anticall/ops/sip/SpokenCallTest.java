package org.anticall.ops.sip;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.time.Duration;
import javax.sip.Dialog;
import javax.sip.RequestEvent;
import javax.sip.message.Request;
import org.anticall.ops.acceptance.Await;
import org.anticall.ops.sip.agent.CallOffer;
import org.anticall.ops.sip.agent.CallWatcher;
import org.anticall.ops.sip.agent.Carrier;
import org.junit.jupiter.api.Test;

/** A caller of the simulation who can be heard, against a peer and its sockets. */
class SpokenCallTest {

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Duration LONG = Duration.ofMinutes(5);
    private static final byte NOTHING = (byte) 0xd5;

    @Test
    void aCallerIsHeardWhereTheOtherSideListensAndFollowsItUntilTheEnd() throws Exception {
        InetAddress here = InetAddress.getLoopbackAddress();
        try (SipPeer desk = new SipPeer("127.0.0.1", 9);
                Carrier carrier = Carrier.withVoice("127.0.0.1", 0, new InetSocketAddress(here, desk.port()));
                DatagramSocket one = new DatagramSocket(0, here);
                DatagramSocket other = new DatagramSocket(0, here)) {
            carrier.place(offer(), LONG, LONG, new Deaf());
            RequestEvent invite = desk.expectRequest(Request.INVITE);
            desk.answer(invite.getServerTransaction(), 200, listening(one));
            desk.expectRequest(Request.ACK);
            Dialog dialog = invite.getServerTransaction().getDialog();
            hearSpeech(one);

            desk.within(dialog, Request.INVITE, listening(other));
            desk.acknowledge(desk.expectResponse(200, Request.INVITE), "");
            hearSpeech(other);

            desk.within(dialog, Request.BYE, "");
            desk.expectResponse(200, Request.BYE);
            Await.until("nothing is said any more", PATIENCE, () -> isSilent(other));
        }
    }

    /** A second of it, in which not everything is silence. */
    private static void hearSpeech(DatagramSocket ear) throws IOException {
        ear.setSoTimeout((int) PATIENCE.toMillis());
        int loud = 0;
        for (int i = 0; i < 50; i++) {
            DatagramPacket packet = new DatagramPacket(new byte[2_048], 2_048);
            ear.receive(packet);
            assertEquals(12 + 160, packet.getLength());
            assertEquals(8, packet.getData()[1], "A-law");
            for (int sample = 12; sample < packet.getLength(); sample++) {
                loud += packet.getData()[sample] == NOTHING ? 0 : 1;
            }
        }
        assertTrue(loud > 800, "only " + loud + " samples are sound");
    }

    private static boolean isSilent(DatagramSocket ear) throws IOException {
        ear.setSoTimeout(500);
        try {
            ear.receive(new DatagramPacket(new byte[2_048], 2_048));
            return false;
        } catch (SocketTimeoutException nothing) {
            return true;
        }
    }

    private static String listening(DatagramSocket ear) {
        return SipPeer.session("desk").replaceAll("m=audio [0-9]+", "m=audio " + ear.getLocalPort());
    }

    private static CallOffer offer() {
        return new CallOffer(
                "spoken",
                "+77172251234",
                "",
                "sip:+74952345678@carrier.example;user=phone",
                null,
                null,
                false,
                "spoken");
    }

    private static final class Deaf implements CallWatcher {
        @Override
        public void progress(int status) {}

        @Override
        public void answered(String session) {}

        @Override
        public void declined(int status) {}

        @Override
        public void ended() {}
    }
}
