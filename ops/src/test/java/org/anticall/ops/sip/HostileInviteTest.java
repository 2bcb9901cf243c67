package org.anticall.ops.sip;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import javax.sip.RequestEvent;
import javax.sip.message.Request;
import org.anticall.ops.desk.DeskCall;
import org.anticall.ops.desk.DeskCall.Outcome;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Diverted INVITEs that nobody would send who means well, over UDP. After each of them the desk answers the next good call. */
class HostileInviteTest {

    private final LinkedBlockingQueue<DeskCall> told = new LinkedBlockingQueue<>();
    private DeskServer desk;
    private SipPeer gateway;
    private SipPeer phone;
    private DatagramSocket raw;

    @BeforeEach
    void start() throws Exception {
        desk = DeskServer.start(
                TrialDesk.settings(Duration.ofSeconds(15), Duration.ofSeconds(10)), Sounds.direct(), told::add);
        gateway = new SipPeer("127.0.0.1", desk.port());
        phone = new SipPeer("127.0.0.1", desk.port());
        raw = new DatagramSocket(0, InetAddress.getLoopbackAddress());
    }

    @AfterEach
    void stop() {
        raw.close();
        phone.close();
        gateway.close();
        desk.close();
    }

    // ---- what is offered

    @ParameterizedTest
    @ValueSource(
            strings = {
                "m=audio 4000 RTP/AVP 18 3", // G.729 and GSM
                "m=audio 4000 RTP/AVP 96\r\na=rtpmap:96 AMR-WB/16000",
                "m=audio 0 RTP/AVP 8",
                "m=video 4000 RTP/AVP 31",
                "m=image 4000 udptl t38",
                "m=audio",
                "a=nothing"
            })
    void soundThatNoSeatUnderstandsGets488AndTheLadder(String media) throws Exception {
        register();

        gateway.invite(
                "rec-1", "v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=-\r\nc=IN IP4 127.0.0.1\r\nt=0 0\r\n" + media + "\r\n");

        gateway.expectResponse(488, Request.INVITE);
        assertEquals(Outcome.NO_CODEC, last().outcome());
        aGoodCallIsAnswered();
    }

    @Test
    void aBodyThatIsNoSessionDescriptionGets488() throws Exception {
        register();
        Request invite = gateway.diverted("rec-1", "");
        gateway.put("octet-stream", "\0\1\2 v=0 m=audio 4000 RTP/AVP 8", invite);

        gateway.send(invite);

        gateway.expectResponse(488, Request.INVITE);
        aGoodCallIsAnswered();
    }

    @Test
    void aDescriptionWithoutEndGets488() throws Exception {
        register();

        gateway.invite(
                "rec-1", SipPeer.session("offer") + "a=candidate:1 1 UDP 1 127.0.0.1 9 typ host\r\n".repeat(200));

        gateway.expectResponse(488, Request.INVITE);
        aGoodCallIsAnswered();
    }

    @Test
    void aPhoneThatFindsNoCommonCodecPassesThe488On() throws Exception {
        register();
        gateway.invite("rec-1", SipPeer.session("offer"));

        phone.answer(phone.expectRequest(Request.INVITE).getServerTransaction(), 488, "");

        gateway.expectResponse(488, Request.INVITE);
        assertEquals(Outcome.NO_CODEC, last().outcome());
        aGoodCallIsAnswered();
    }

    @Test
    void theDescriptionAmongSeveralPartsIsFound() throws Exception {
        register();
        Request invite = gateway.diverted("rec-1", "");
        gateway.put(
                "x",
                "--edge\r\nContent-Type: application/ISUP;version=itu-t92+\r\n\r\n\1\2\3\r\n"
                        + "--edge\r\nContent-Type: application/sdp\r\n\r\n" + SipPeer.session("inside")
                        + "\r\n--edge--\r\n",
                invite);
        invite.setContent(
                invite.getRawContent(),
                gateway.endpoint().headers().createContentTypeHeader("multipart", "mixed;boundary=edge"));

        gateway.send(invite);

        RequestEvent ring = phone.expectRequest(Request.INVITE);
        assertTrue(SipPeer.bodyOf(ring.getRequest()).startsWith(SipPeer.session("inside")));
        assertTrue(ring.getRequest().toString().contains("Content-Type: application/sdp"));
    }

    // ---- what is written

    @Test
    void whatCannotBeReadIsDroppedAndTheDeskGoesOn() throws Exception {
        String good = invite("rec-raw");
        for (String each : List.of(
                "INVITE",
                "\r\n\r\n",
                "INVITE sip:desk@127.0.0.1 SIP/2.0\r\n\r\n",
                good.replace("Content-Length: ", "Content-Length: 99999"),
                good.replace("Content-Length: ", "Content-Length: -"),
                good.replaceFirst("Content-Length: \\d+", "Content-Length: 0"),
                good.replaceFirst("Call-ID: [^\r]+", "Call-ID:"),
                good.replaceFirst("CSeq: 1", "CSeq: 99999999999999999999"),
                good.replaceFirst("Max-Forwards: 70", "Max-Forwards: -1"),
                good.replaceFirst("From: ", "From: <<<<"),
                good.replaceFirst("Via: ", "Via: SIP/2.0/UDP [::::]:70000;branch=z9hG4bK,"),
                good.replace("\r\n", "\r"),
                good.replace("rec-raw", "\0\0\0"),
                good.replace("rec-raw", "r".repeat(9_000)),
                good.replace("rec-raw", "../../etc/passwd"),
                good.replaceFirst("\r\n", "\r\nRoute: <sip:127.0.0.1;lr>\r\n".repeat(1_500)),
                good.replaceFirst("\r\n", "\r\nX: " + "y".repeat(60_000) + "\r\n"),
                good.replaceFirst("\r\n", "\r\nP-Asserted-Identity: " + "\"".repeat(4_000) + "\r\n"),
                good.replaceFirst("\r\n", "\r\nDiversion: <tel:" + "%41".repeat(3_000) + ">\r\n"))) {
            send(each.getBytes(StandardCharsets.ISO_8859_1));
        }

        register();
        aGoodCallIsAnswered();
    }

    @ParameterizedTest
    @ValueSource(strings = {"UDQ", "TCP", "TLS", "U"})
    void whatCouldNotBeAnsweredIsNotTakenUp(String transport) throws Exception {
        send(invite("rec-raw").replaceFirst("2.0/UDP", "2.0/" + transport).getBytes(StandardCharsets.ISO_8859_1));

        register();
        aGoodCallIsAnswered();
        assertEquals(0, desk.survivedErrors());
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void afterHundredsOfDamagedInvitesTheNextGoodOneIsAnswered(long seed) throws Exception {
        Random random = new Random(seed);
        for (int i = 0; i < 300; i++) {
            byte[] bytes = invite("rec-" + seed + "-" + i).getBytes(StandardCharsets.ISO_8859_1);
            for (int change = random.nextInt(8); change >= 0; change--) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
            }
            send(bytes);
        }

        register();
        aGoodCallIsAnswered();
    }

    // ---- bench

    /** A good one as text; what is answered comes to nobody who reads it. */
    private String invite(String recordId) throws Exception {
        return gateway.diverted(recordId, SipPeer.session("offer"))
                .toString()
                .replace(":" + gateway.endpoint().port(), ":" + raw.getLocalPort());
    }

    private void send(byte[] bytes) throws Exception {
        byte[] fitting = bytes.length <= 65_000 ? bytes : Arrays.copyOf(bytes, 65_000);
        raw.send(new DatagramPacket(fitting, fitting.length, InetAddress.getLoopbackAddress(), desk.port()));
    }

    private void register() throws Exception {
        assertEquals(200, phone.register("101", TrialDesk.PASSWORD, 60));
    }

    private void aGoodCallIsAnswered() throws Exception {
        gateway.invite("rec-good", SipPeer.session("good"));
        RequestEvent ring = phone.expectRequest(Request.INVITE);
        assertEquals(SipPeer.session("good"), SipPeer.bodyOf(ring.getRequest()));
        phone.answer(ring.getServerTransaction(), 200, SipPeer.session("answer"));
        phone.expectRequest(Request.ACK);
        gateway.acknowledge(gateway.expectResponse(200, Request.INVITE), "");
    }

    /** The last thing told of the first call that is over. */
    private DeskCall last() throws Exception {
        DeskCall call = told.poll(20, TimeUnit.SECONDS);
        while (call != null && !call.state().isFinal()) {
            call = told.poll(20, TimeUnit.SECONDS);
        }
        return call;
    }
}
