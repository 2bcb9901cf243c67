package org.anticall.gateway.path;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import org.anticall.gateway.config.DeskCalls;
import org.anticall.gateway.config.Hop;
import org.anticall.gateway.config.OverloadSettings;
import org.anticall.gateway.config.Transport;
import org.anticall.gateway.verdict.FailOpen;
import org.anticall.gateway.verdict.RecordIds;
import org.anticall.rules.call.CallFacts;
import org.anticall.rules.call.RoamingAnswer;
import org.anticall.rules.call.RoamingQuery;
import org.anticall.rules.call.Screening;
import org.anticall.rules.call.Verdict;
import org.anticall.rules.call.Verdict.LadderStep;
import org.anticall.rules.record.BypassToken;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Something fails inside, at any step of a call: of all that a whole call asks of the memory each is refused once, in a call
 * of its own. The network rings all the same, and whoever called hears how the call ended.
 */
@Timeout(120)
class FaultInACallTest {

    private static final byte[] KEY = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);
    private static final String CALLEE = "+77172555555";

    /** So often callers repeat their INVITE, and hops their answers: after an oracle's time, before a verdict is too late. */
    private static final Duration PACE = Duration.ofMillis(200);

    /** What hops have said and nobody has acknowledged, by the branch it is said to. */
    private final Map<String, Runnable> unacknowledged = new ConcurrentHashMap<>();

    private final Set<String> heard = ConcurrentHashMap.newKeySet();
    private final Map<String, Integer> ended = new ConcurrentHashMap<>();

    /** What becomes of a call. */
    private enum Kind {
        PASSED,
        LABELLED,
        DIVERTED,
        REJECTED,
        PASSED_LATE,
        WITHHELD_LATE,
        REJECTED_LATE,
        PLACED_BY_THE_DESK;

        /** What the judge says; calls the desk places are none of his business. */
        private Verdict verdict() {
            return switch (this) {
                case PASSED, PASSED_LATE -> new Verdict.Pass();
                case LABELLED -> new Verdict.Label("Spam?");
                case WITHHELD_LATE -> new Verdict.Withhold("");
                case DIVERTED -> PathFixture.divert(LadderStep.PASS_WITH_LABEL);
                case REJECTED, REJECTED_LATE, PLACED_BY_THE_DESK -> new Verdict.Reject(603);
            };
        }

        private boolean isRejected() {
            return this == REJECTED || this == REJECTED_LATE;
        }

        private boolean isLate() {
            return name().endsWith("LATE");
        }

        private Screening judge(CallFacts facts) {
            return isLate() && facts.callerRoaming().state() == RoamingAnswer.State.NOT_ASKED
                    ? new RoamingQuery(RoamingQuery.Party.CALLER, 77011234567L)
                    : PathFixture.decision(verdict());
        }
    }

    @ParameterizedTest
    @EnumSource
    void theCallerHearsHowTheCallEndedWhateverFailed(Kind kind) throws IOException {
        Set<Integer> said = new TreeSet<>();
        try (PathFixture net = new PathFixture()) {
            net.judge = kind::judge;
            net.oracle = (number, answer) -> {};
            net.coreHops = List.of(new Hop(net.core.address(), Transport.UDP));
            net.deskCalls = new DeskCalls(Files.write(net.state.resolve("bypass.key"), KEY), "core");
            net.overload = new OverloadSettings(1_000, 1_000, 0, Duration.ofMinutes(1));
            net.start();
            net.core.listen((message, from) -> answer(net.core, 486, message, from));
            SipPeer caller = kind == Kind.PLACED_BY_THE_DESK ? net.desk : net.carrier;
            caller.listen((message, from) -> hear(caller, message, from));
            if (caller != net.desk) {
                net.desk.listen((message, from) -> answer(net.desk, 480, message, from));
            }
            int step = 0;
            do {
                net.memory.refuse(++step);
                said.add(statusOf(net, caller, invite(net, caller, kind + "-" + step)));
            } while (!net.memory.hasStillToRefuse());
            net.memory.refuse(0);
            assertTrue(step > 3, "a call asks " + step + " times only");
            assertEquals(step - 1, net.path.counters().path().failures.sum() + wire(net));
            assertEquals(kind == Kind.LABELLED || kind == Kind.WITHHELD_LATE || kind == Kind.DIVERTED, wire(net) > 0);
            net.passUntil(
                    "no transaction is left",
                    Duration.ofSeconds(40),
                    () -> net.path.counters().path().openTransactions() == 0);
            assertEquals(0, net.path.callsInSetup());
        }
        assertTrue(said.contains(486), () -> "nobody's phone rang: " + said);
        assertEquals(kind.isRejected(), said.remove(603));
        assertEquals(!kind.isRejected(), said.remove(500));
        assertEquals(Set.of(486), said);
    }

    private static long wire(PathFixture net) {
        return net.path.counters().verdict().failOpen(FailOpen.WIRE);
    }

    private static String invite(PathFixture net, SipPeer caller, String callId) {
        if (caller == net.carrier) {
            return net.invite(callId);
        }
        long millis = net.clock.epochMillis();
        String record = new RecordIds("gw-test", callId.hashCode() & 0xFFFF).next(millis);
        String token = BypassToken.sign(KEY, CALLEE, record, millis / 1000 + 60).text();
        return net.invite(callId, "X-Anticall-Bypass: " + token)
                .replace(SipPeer.text(net.carrier.address()), SipPeer.text(net.desk.address()));
    }

    /** Sends the INVITE as long as nothing is heard of it, and waits until nobody has anything left to say. */
    private int statusOf(PathFixture net, SipPeer caller, String invite) {
        String callId = SipPeer.value(invite, "Call-ID");
        caller.send(net.gateway(), invite);
        long[] next = {System.nanoTime() + PACE.toNanos()};
        PathFixture.until(callId + " has ended", () -> {
            if (System.nanoTime() >= next[0]) {
                next[0] = System.nanoTime() + PACE.toNanos();
                if (!heard.contains(callId)) {
                    caller.send(net.gateway(), invite);
                }
                unacknowledged.values().forEach(Runnable::run);
                net.pass(PACE);
            }
            return ended.containsKey(callId) && unacknowledged.isEmpty();
        });
        return ended.get(callId);
    }

    private void hear(SipPeer caller, String message, InetSocketAddress gateway) {
        String callId = SipPeer.value(message, "Call-ID");
        heard.add(callId);
        int status = Integer.parseInt(message.substring(8, 11));
        if (status >= 200) {
            ended.put(callId, status);
            caller.send(
                    gateway,
                    "ACK sip:" + CALLEE + "@" + SipPeer.text(gateway) + ";user=phone SIP/2.0\r\nVia: "
                            + SipPeer.value(message, "Via").replaceAll(";(received|rport)=[^;]*", "") + "\r\nFrom: "
                            + SipPeer.value(message, "From") + "\r\nTo: " + SipPeer.value(message, "To")
                            + "\r\nCall-ID: " + callId
                            + "\r\nCSeq: 1 ACK\r\nMax-Forwards: 70\r\nContent-Length: 0\r\n\r\n");
        }
    }

    private void answer(SipPeer hop, int status, String request, InetSocketAddress gateway) {
        String branch = SipPeer.values(request, "Via").get(0);
        if (request.startsWith("INVITE ")) {
            hop.send(gateway, SipPeer.response(request, 180, "Ringing", "t"));
            String failure = SipPeer.response(request, status, "No", "t");
            unacknowledged.put(branch, () -> hop.send(gateway, failure));
            hop.send(gateway, failure);
        } else if (request.startsWith("ACK ")) {
            unacknowledged.remove(branch);
        }
    }
}
