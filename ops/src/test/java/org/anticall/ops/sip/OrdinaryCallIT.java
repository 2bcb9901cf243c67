package org.anticall.ops.sip;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.sip.Dialog;
import javax.sip.RequestEvent;
import javax.sip.message.Request;
import org.anticall.ops.acceptance.Await;
import org.anticall.ops.acceptance.Launched;
import org.anticall.ops.acceptance.Ports;
import org.anticall.ops.desk.DeskPolicy;
import org.anticall.ops.media.MediaRelays;
import org.anticall.ops.media.Rtpengine;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Upstream sees an ordinary call, whatever becomes of a diverted one: a real gateway, a desk and a relay, and a carrier that
 * keeps every byte it gets. Each party has an address of its own, so that none can hide behind another's.
 */
class OrdinaryCallIT {

    private static final String GATEWAY = "127.0.0.3";
    private static final String PHONE = "127.0.0.4";
    private static final String CORE = "127.0.0.6";
    private static final String CITIZEN = "+77172555555";
    private static final String SEAT = "seat-aliya";
    private static final byte[] KEY = "a key of the desk and its gateway".getBytes(StandardCharsets.US_ASCII);
    private static final Duration ANSWER_WITHIN = Duration.ofSeconds(6);

    /** What a phone says of itself, and all of it is too much. */
    private static final String TALKATIVE =
            """
            v=0
            o=operator-aliya 4611 2 IN IP4 127.0.0.4
            s=Anticall desk
            i=Operator Aliya
            u=http://desk.example/
            e=aliya@desk.example
            p=+7 7172 000000
            c=IN IP4 127.0.0.4
            t=0 0
            a=tool:baresip 1.0
            m=audio 41000 RTP/AVP 8 101
            i=headset of the operator
            a=rtpmap:8 PCMA/8000
            a=rtpmap:101 telephone-event/8000
            a=fmtp:101 0-15
            a=ssrc:12345 cname:aliya@desk
            a=msid:operator aliya
            a=label:desk
            a=mid:0
            a=rtcp:41001 IN IP4 127.0.0.4
            a=sendrecv
            """
                    .replace("\n", "\r\n");

    private static final List<String> TRACES = List.of(
            PHONE,
            "anticall",
            "desk",
            "operator",
            "aliya",
            "baresip",
            "rtpengine",
            "history-info",
            "diversion",
            "\nreason:",
            "call-info",
            "alert-info",
            "error-info",
            "warning",
            "\nserver:",
            "user-agent",
            "organization",
            "\nsubject:",
            "p-asserted",
            "remote-party-id",
            "\nx-",
            " 181",
            " 182",
            " 30");

    private static final Pattern SEEN_SESSION = Pattern.compile("(?s).*\r\n\r\n(v=0.*)");

    @TempDir
    static Path directory;

    private static Rtpengine rtpengine;
    private static MediaRelays relays;
    private static DeskServer desk;
    private static SipPeer core;
    private static Launched gateway;
    private static InetSocketAddress gatewayAddress;
    private SipPeer phone;
    private Upstream upstream;

    @BeforeAll
    static void open() throws Exception {
        rtpengine = new Rtpengine(13).start(directory);
        relays = new MediaRelays(List.of(rtpengine.address()));
        Await.until("the relay is up", Duration.ofSeconds(20), relays::isAnyUp);
        List<AddressRange> loopback = List.of(AddressRange.parse("127.0.0.0/8"));
        desk = DeskServer.start(
                new DeskSettings(
                        "127.0.0.1",
                        0,
                        loopback,
                        loopback,
                        "anticall-test",
                        Map.of(SEAT, TrialDesk.PASSWORD),
                        new DeskPolicy(ANSWER_WITHIN, ANSWER_WITHIN, Duration.ZERO, 5, 99),
                        DeskSettings.DECLINE_KEY,
                        KEY,
                        "*"),
                Sounds.through(relays, false));
        int port = Ports.free();
        gatewayAddress = new InetSocketAddress(IpLiteral.parse(GATEWAY), port);
        core = new SipPeer(CORE, port);
        Files.write(directory.resolve("bypass.key"), KEY);
        Path config = Files.writeString(
                directory.resolve("gateway.yaml"),
                """
                node: gw-up
                home: KZ
                listen: ["sip:%s:%d;transport=udp"]
                admin: 127.0.0.1:%d
                trunks:
                  - {name: transit-a, class: international, peers: [127.0.0.2/32], route: core, on-overload: pass}
                hops:
                  core: ["sip:%s:%d"]
                  desk: ["sip:127.0.0.1:%d"]
                desk-calls: {bypass-key: bypass.key, route: core}
                rules: reference
                state: state
                """
                        .formatted(
                                GATEWAY,
                                port,
                                Ports.free(),
                                CORE,
                                core.endpoint().port(),
                                desk.port()));
        gateway = Launched.anticall(directory.resolve("gateway.log"), "gateway", "--config", config.toString());
        gateway.awaitOutput("gw-up listens on");
    }

    @AfterAll
    static void close() throws Exception {
        try {
            gateway.close();
        } finally {
            core.close();
            desk.close();
            relays.close();
            rtpengine.close();
        }
    }

    @BeforeEach
    void sitDown() throws Exception {
        phone = new SipPeer(PHONE, desk.port());
        assertEquals(200, phone.register(SEAT, TrialDesk.PASSWORD, 60));
        upstream = new Upstream(gatewayAddress);
    }

    @AfterEach
    void getUp() throws Exception {
        phone.register(SEAT, TrialDesk.PASSWORD, 0);
        phone.close();
        upstream.close();
    }

    @Test
    void anAnsweredCallLooksLikeOneTheCalleeAnswered() throws Exception {
        List<String> ordinary;
        try (Upstream other = new Upstream(gatewayAddress)) {
            other.call("+74951234000", CITIZEN);
            RequestEvent rings = nextAtCore(Request.INVITE);
            core.answer(rings.getServerTransaction(), 180, "");
            other.expect("SIP/2.0 180");
            core.answer(rings.getServerTransaction(), 200, SipPeer.session("-"));
            other.acknowledge(other.expect("SIP/2.0 200"));
            nextAtCore(Request.ACK);
            core.within(rings.getDialog(), Request.BYE, "");
            other.agree(other.expect("BYE"));
            core.expectResponse(200, Request.BYE);
            ordinary = other.heard();
        }

        Dialog operator = answered("+442079460021");
        phone.within(operator, Request.BYE, "");
        upstream.agree(upstream.expect("BYE"));
        phone.expectResponse(200, Request.BYE);

        assertEquals(shapeOf(ordinary), shapeOf(upstream.heard()));
        nothingTells();
    }

    @Test
    void aCallReleasedBeforeTheAnswerJustRingsOn() throws Exception {
        upstream.call("+442079460022", CITIZEN);
        phone.answer(phone.expectRequest(Request.INVITE).getServerTransaction(), 603, "");

        RequestEvent rings = nextAtCore(Request.INVITE);
        assertFalse(rings.getRequest().toString().contains("Anticall"), "the callee sees nothing either");
        core.answer(rings.getServerTransaction(), 180, "");
        core.answer(rings.getServerTransaction(), 200, SipPeer.session("-"));
        String ok = upstream.expect("SIP/2.0 200");
        upstream.acknowledge(ok);
        nextAtCore(Request.ACK);
        upstream.hangUp(ok);
        core.answer(nextAtCore(Request.BYE).getServerTransaction(), 200, "");
        upstream.expect("SIP/2.0 200");

        nothingTells();
    }

    @Test
    void aCallReleasedAfterTheAnswerOnlyMovesItsSound() throws Exception {
        Dialog operator = answered("+442079460023");
        phone.within(operator, Request.INFO, "dtmf-relay", "Signal=*\r\nDuration=160\r\n");
        phone.expectResponse(200, Request.INFO);
        RequestEvent rings = nextAtCore(Request.INVITE);
        core.answer(rings.getServerTransaction(), 180, "");
        core.answer(rings.getServerTransaction(), 200, TALKATIVE);
        nextAtCore(Request.ACK);

        upstream.agree(upstream.expect("INVITE"));
        upstream.expect("ACK");
        phone.answer(phone.expectRequest(Request.BYE).getServerTransaction(), 200, "");
        core.within(rings.getDialog(), Request.BYE, "");
        upstream.agree(upstream.expect("BYE"));
        core.expectResponse(200, Request.BYE);

        nothingTells();
        List<String> origins = upstream.heard().stream()
                .flatMap(String::lines)
                .filter(line -> line.startsWith("o="))
                .distinct()
                .toList();
        assertEquals(2, origins.size(), "one session, changed once: " + origins);
        String[] first = origins.get(0).split(" ", -1);
        String[] second = origins.get(1).split(" ", -1);
        assertEquals(first[1], second[1], "the session stays the same (RFC 3264 §8)");
        assertEquals(Long.parseLong(first[2]) + 1, Long.parseLong(second[2]));
    }

    @Test
    void aCallThatNobodyTakesRingsOnAtTheCallee() throws Exception {
        upstream.call("+442079460024", CITIZEN);
        phone.answer(phone.expectRequest(Request.INVITE).getServerTransaction(), 486, "");

        RequestEvent rings = nextAtCore(Request.INVITE);
        core.answer(rings.getServerTransaction(), 486, "");
        String busy = upstream.expect("SIP/2.0 486");
        upstream.acknowledge(busy.replace(
                "\r\n\r\n",
                "\r\nContact: <sip:x@" + GATEWAY + ">\r\nRecord-Route: <sip:" + GATEWAY + ":" + gatewayAddress.getPort()
                        + ";lr>\r\n\r\n"));

        nothingTells();
    }

    @Test
    void aCallWhoseCodecsNoSeatUnderstandsReachesTheCallee() throws Exception {
        upstream.call("+442079460025", CITIZEN);
        phone.answer(phone.expectRequest(Request.INVITE).getServerTransaction(), 488, "");

        RequestEvent rings = nextAtCore(Request.INVITE);
        core.answer(rings.getServerTransaction(), 200, SipPeer.session("-"));
        upstream.acknowledge(upstream.expect("SIP/2.0 200"));
        nextAtCore(Request.ACK);
        core.within(rings.getDialog(), Request.BYE, "");
        upstream.agree(upstream.expect("BYE"));
        core.expectResponse(200, Request.BYE);

        nothingTells();
    }

    @Test
    void aRejectedCallIsDeclinedByANetwork() throws Exception {
        upstream.call("+77172700000", CITIZEN);

        String declined = upstream.expect("SIP/2.0 603");

        assertTrue(declined.contains("Reason: Q.850;cause=21"), declined);
        assertFalse(declined.toLowerCase(Locale.ROOT).contains("anticall"), declined);
    }

    /** A call the operator has answered, talkatively; the operator's dialog. */
    private Dialog answered(String caller) throws Exception {
        upstream.call(caller, CITIZEN);
        RequestEvent ring = phone.expectRequest(Request.INVITE);
        phone.answer(ring.getServerTransaction(), 180, "");
        upstream.expect("SIP/2.0 180");
        phone.answer(ring.getServerTransaction(), 200, TALKATIVE);
        upstream.acknowledge(upstream.expect("SIP/2.0 200"));
        phone.expectRequest(Request.ACK);
        return ring.getServerTransaction().getDialog();
    }

    /** What reaches the callee's network; the gateway's own questions whether it is there are answered. */
    private static RequestEvent nextAtCore(String method) throws Exception {
        while (true) {
            RequestEvent event = core.nextRequest();
            if (!event.getRequest().getMethod().equals(Request.OPTIONS)) {
                assertEquals(method, event.getRequest().getMethod());
                return event;
            }
            core.answer(event.getServerTransaction(), 200, "");
        }
    }

    /** Start lines and names of headers, repetitions left out; sessions by the names of their lines. */
    private static List<String> shapeOf(List<String> messages) {
        return messages.stream()
                .map(message -> message.lines().findFirst().orElse("").replaceAll("sip:\\S+", "URI") + " "
                        + message.split("\r\n\r\n", 2)[0]
                                .lines()
                                .skip(1)
                                .map(line ->
                                        line.substring(0, line.indexOf(':')).toLowerCase(Locale.ROOT))
                                .collect(Collectors.toCollection(TreeSet::new)))
                .distinct()
                .toList();
    }

    private void nothingTells() {
        for (String message : upstream.heard()) {
            String lower = message.toLowerCase(Locale.ROOT);
            for (String trace : TRACES) {
                assertFalse(lower.contains(trace), () -> trace + " goes upstream:\n" + message);
            }
            String head = message.split("\r\n\r\n", 2)[0];
            assertFalse(head.contains("127.0.0.1"), () -> "the desk's address goes upstream:\n" + message);
            var session = SEEN_SESSION.matcher(message);
            if (session.matches()) {
                session.group(1)
                        .lines()
                        .filter(line -> line.contains("127.0.0."))
                        .forEach(line -> assertTrue(
                                line.matches("(o=- \\d+ \\d+|c=|a=rtcp:\\d+) ?IN IP4 (127.0.0.1|127.0.0.6)"),
                                () -> line + " goes upstream"));
            }
        }
    }
}
