package org.anticall.gateway.path;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.anticall.gateway.sip.SipMessage;
import org.anticall.rules.call.CallFacts;
import org.anticall.rules.call.RoamingAnswer;
import org.anticall.rules.call.RoamingQuery;
import org.anticall.rules.call.Screening;
import org.anticall.rules.call.Verdict;
import org.anticall.rules.call.Verdict.LadderStep;
import org.anticall.rules.number.PartyNumber;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Whatever hops, desk, oracle and caller do, and whenever they do it: an INVITE that got 100 gets a final response, and
 * nothing of its call is left.
 */
@Timeout(120)
class EveryInviteEndsTest {

    private static final int CALLS = 150;
    private static final int STEPS = 60;
    private static final int[] STATUSES = {
        100, 100, 180, 180, 181, 183, 199, 200, 202, 300, 302, 401, 404, 407, 408, 480, 486, 487, 500, 503, 504, 600,
        603
    };

    private final Set<CallStory> open = ConcurrentHashMap.newKeySet();
    private final Queue<Integer> finals = new ConcurrentLinkedQueue<>();

    private final CallEvents listener = new CallEvents() {
        @Override
        public void began(CallStory call, SipMessage invite) {
            open.add(call);
        }

        @Override
        public void answered(CallStory call) {
            over(call);
        }

        @Override
        public void ended(CallStory call) {
            over(call);
        }

        private void over(CallStory call) {
            open.remove(call);
            finals.add(call.status());
        }
    };

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void everyInviteGetsAFinalResponse(long seed) throws IOException {
        Random random = new Random(seed);
        try (PathFixture net = new PathFixture();
                SipPeer bystander = new SipPeer("bystander")) {
            net.judge = EveryInviteEndsTest::judge;
            net.oracle = (number, answer) -> {};
            net.twoDesks = PathFixture.TwoDesks.GROUPS;
            net.events = List.of(listener);
            net.start();
            for (SipPeer hop : new SipPeer[] {net.core, net.secondCore, net.desk, net.secondDesk}) {
                Random mood = new Random(random.nextLong());
                hop.listen((message, from) -> answer(hop, message, from, mood));
            }
            Random mood = new Random(random.nextLong());
            net.carrier.listen((message, from) -> acknowledge(net, message, mood));
            for (int step = 0; step < STEPS; step++) {
                for (int i = 0; i < 5; i++) {
                    carrierDoes(net, random);
                }
                bystander.expectNothingFrom(net.gateway());
                net.pass(Duration.ofMillis(random.nextInt(4) == 0 ? random.nextInt(30_000) : random.nextInt(600)));
            }
            net.passUntil("all have a final response", Duration.ofSeconds(40), () -> open.isEmpty());
            net.passUntil(
                    "no transaction is left",
                    Duration.ofSeconds(40),
                    () -> net.path.counters().path().openTransactions() == 0);
            assertEquals(0, net.path.callsInSetup());
            assertTrue(finals.size() > STEPS, () -> "only " + finals.size() + " calls");
            assertTrue(finals.stream().allMatch(status -> status >= 200), () -> "no final response: " + finals);
            assertEquals(0, net.path.counters().path().failures.sum());
        }
    }

    /** By the caller's last digit: every verdict, some after the oracle was asked and said nothing. */
    private static Screening judge(CallFacts facts) {
        int kind = (int) (PartyNumber.e164(facts.caller()) % 10);
        if (kind > 6 && facts.callerRoaming().state() == RoamingAnswer.State.NOT_ASKED) {
            return new RoamingQuery(RoamingQuery.Party.CALLER, 77011234567L);
        }
        return PathFixture.decision(
                switch (kind) {
                    case 0 -> new Verdict.Reject(603);
                    case 1 -> new Verdict.Label("Spam?");
                    case 2 -> new Verdict.Withhold("");
                    case 3, 8 -> PathFixture.divert(LadderStep.NEXT_DESK, LadderStep.REJECT);
                    case 4, 9 -> PathFixture.divert(LadderStep.NEXT_DESK, LadderStep.PASS_WITH_LABEL);
                    case 5 -> PathFixture.divert(LadderStep.PASS);
                    default -> new Verdict.Pass();
                });
    }

    private static void carrierDoes(PathFixture net, Random random) {
        int call = random.nextInt(CALLS);
        String[] none = {};
        String from = "From: <sip:+44207123456" + call % 10 + "@carrier.example>;tag=f" + call;
        String invite = net.invite("c" + call, from, none);
        if (random.nextInt(4) > 0) {
            net.carrierSends(invite);
        } else {
            net.carrierSends(net.same("CANCEL", invite, SipPeer.value(invite, "To")));
        }
    }

    /** ACK to most failures. */
    private static void acknowledge(PathFixture net, String message, Random random) {
        if (message.compareTo("SIP/2.0 3") > 0
                && SipPeer.value(message, "CSeq").endsWith("INVITE")
                && random.nextInt(4) > 0) {
            String[] none = {};
            String from = "From: " + SipPeer.value(message, "From");
            String invite = net.invite(SipPeer.value(message, "Call-ID"), from, none);
            net.carrierSends(net.same("ACK", invite, SipPeer.value(message, "To")));
        }
    }

    /** Says nothing, or one to three things, some of which are no response to anything. */
    private static void answer(SipPeer hop, String request, InetSocketAddress from, Random random) {
        if (request.startsWith("CANCEL ") && random.nextInt(3) > 0) {
            hop.send(from, SipPeer.response(request, 200, "OK", "t"));
        }
        if (!request.startsWith("INVITE ")) {
            return;
        }
        for (int i = random.nextInt(4); i > 0; i--) {
            int status = STATUSES[random.nextInt(STATUSES.length)];
            String release = request.contains("X-Anticall-Verdict: ") && random.nextBoolean()
                    ? SipPeer.value(request, "X-Anticall-Verdict")
                    : "none";
            String tag = "t" + random.nextInt(3);
            String response = SipPeer.response(request, status, "Said", tag, "X-Anticall-Release: " + release);
            switch (random.nextInt(12)) {
                case 0 -> hop.send(from, response.replace("From: ", "From: <<"));
                case 1 -> hop.send(from, response.replace("CSeq: 1 INVITE", "CSeq: 1 BYE"));
                case 2 -> hop.send(from, response.substring(0, response.length() / 2));
                default -> hop.send(from, response);
            }
        }
    }
}
