package org.anticall.gateway.path;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.anticall.rules.call.Verdict;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What the installation guide tells a carrier to write into its Kamailio, as it stands there, with calls through it. */
@Timeout(120)
class SbcGuideIT {

    private static final Path GUIDE = Path.of("../docker/README.md");
    private static final Pattern BLOCK = Pattern.compile("```\n(# [a-z.]+[^`]*)```");

    /** What any Kamailio has besides: calls of carriers go to the guide's route, the rest of them where they belong. */
    private static final String AROUND =
            """
            #!KAMAILIO
            debug=0
            log_stderror=yes
            children=2
            auto_aliases=no
            dns=no
            rev_dns=no
            listen=udp:127.0.0.1:%d
            loadmodule "pv.so"
            %s
            loadmodule "sl.so"
            loadmodule "rr.so"
            loadmodule "siputils.so"
            loadmodule "textops.so"
            request_route {
                if (is_method("OPTIONS")) {
                    sl_send_reply("200", "OK");
                    exit;
                }
                if (has_totag()) {
                    if (loose_route()) {
                        t_relay();
                    } else if (is_method("ACK")) {
                        t_check_trans();
                    }
                    exit;
                }
                record_route();
                route(TO_SCREEN);
            }
            """;

    @TempDir
    Path directory;

    private PathFixture net;
    private SipPeer silent;

    @BeforeAll
    static void isInstalled() {
        assertTrue(
                Kamailio.isInstalled() || System.getenv("ANTICALL_REQUIRE_ALL") == null,
                "kamailio is not installed (package kamailio)");
        assumeTrue(Kamailio.isInstalled(), "SKIPPED: kamailio is not installed (package kamailio)");
    }

    @BeforeEach
    void start() throws IOException {
        silent = new SipPeer("a gateway that is silent");
        net = new PathFixture().withOtherPrograms();
    }

    @AfterEach
    void stop() {
        net.close();
        silent.close();
    }

    @Test
    void aCallGoesThroughTheGatewayThatAnswers() throws Exception {
        net.start();
        try (Kamailio kamailio = kamailio(silent.address(), net.gateway())) {
            for (int i = 0; i < 2; i++) {
                String callId = "guide-" + i;
                net.carrier.send(listens, net.invite(callId));
                String invite = awaitOf(net.core, "INVITE", callId);
                assertEquals(i + 1, net.judged.size(), invite);
                net.core.send(listens, SipPeer.response(invite, 486, "Busy Here", "t1"));
                awaitOf(net.carrier, "SIP/2.0 486", callId);
                net.carrier.send(listens, net.same("ACK", net.invite(callId), "<sip:+77172555555@x>;tag=t1"));
            }
        } catch (AssertionError failed) {
            throw new AssertionError(Files.readString(directory.resolve("kamailio.log")), failed);
        }
    }

    @Test
    void aDeclineGoesBackToTheCarrierAndNowhereElse() throws Exception {
        net.judge = facts -> PathFixture.decision(new Verdict.Reject(603));
        net.start();
        try (Kamailio kamailio = kamailio(net.gateway(), net.gateway())) {
            net.carrier.send(listens, net.invite("guide-declined"));

            awaitOf(net.carrier, "SIP/2.0 603", "guide-declined");

            assertEquals(1, net.judged.size());
            net.core.expectNothingFrom(net.gateway());
        }
    }

    @Test
    void whereNoGatewayAnswersTheNetworkRings() throws Exception {
        net.start();
        try (SipPeer alsoSilent = new SipPeer("another one");
                Kamailio kamailio = kamailio(silent.address(), alsoSilent.address())) {
            net.carrier.send(listens, net.invite("guide-alone"));

            awaitOf(net.core, "INVITE", "guide-alone");

            assertEquals(0, net.judged.size());
        }
    }

    private InetSocketAddress listens;

    /** As the guide has it, with these addresses in the place of its own. */
    private Kamailio kamailio(InetSocketAddress first, InetSocketAddress second) throws IOException {
        Path list = Files.writeString(directory.resolve("dispatcher.list"), block("dispatcher.list", first, second));
        String route = block("kamailio.cfg", first, second).replace("/etc/kamailio/dispatcher.list", list.toString());
        try (DatagramSocket free = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            listens = (InetSocketAddress) free.getLocalSocketAddress();
        }
        Kamailio started = new Kamailio(directory, AROUND.formatted(listens.getPort(), route));
        PathFixture.until("kamailio answers", () -> isThere(started));
        return started;
    }

    private String block(String file, InetSocketAddress first, InetSocketAddress second) throws IOException {
        Matcher blocks = BLOCK.matcher(Files.readString(GUIDE));
        while (blocks.find()) {
            String text = blocks.group(1);
            if (text.lines().findFirst().orElseThrow().contains(file)) {
                return text.replace("10.0.0.11:5060", SipPeer.text(first))
                        .replace("10.0.0.12:5060", SipPeer.text(second))
                        .replace("10.0.0.80:5060", SipPeer.text(net.core.address()));
            }
        }
        throw new AssertionError(GUIDE + " has no " + file);
    }

    private boolean isThere(Kamailio kamailio) {
        assertTrue(kamailio.isAlive(), "kamailio has ended: its configuration is wrong");
        try (SipPeer asking = new SipPeer("asking")) {
            asking.socket.setSoTimeout(500);
            asking.expectNothingFrom(listens);
            return true;
        } catch (IOException | AssertionError notYet) {
            return false;
        }
    }

    /** The next message that begins so and belongs to that call. */
    private static String awaitOf(SipPeer peer, String start, String callId) {
        while (true) {
            String message = peer.await(start);
            if (message.contains("Call-ID: " + callId)) {
                return message;
            }
        }
    }
}
