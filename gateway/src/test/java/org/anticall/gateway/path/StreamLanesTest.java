package org.anticall.gateway.path;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.anticall.gateway.config.Hop;
import org.anticall.gateway.config.StreamSettings;
import org.anticall.gateway.config.Transport;
import org.anticall.gateway.config.WireSettings;
import org.anticall.rules.call.Verdict;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.opentest4j.AssertionFailedError;

/**
 * Calls over streams while several loops hand messages over: each call comes by a connection of its own, each loop has one to
 * the core, and what is sent in one piece must arrive whole and in its order.
 */
@Timeout(120)
class StreamLanesTest {

    private static final int CALLERS = 8;
    private static final int CALLS = Integer.getInteger("anticall.stream.calls", 10);

    private final Set<String> acknowledged = ConcurrentHashMap.newKeySet();

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 4})
    void nothingIsLostOrOvertakenBetweenLoops(int loops) throws Exception {
        ExecutorService threads = Executors.newCachedThreadPool();
        try (StreamServer core = new StreamServer();
                PathFixture net = new PathFixture().withOtherPrograms()) {
            net.transports = List.of(Transport.UDP, Transport.TCP);
            net.wire = new WireSettings(loops, StreamSettings.DEFAULT, null);
            net.judge = facts -> PathFixture.decision(new Verdict.Pass());
            net.coreHops = List.of(new Hop(core.address(), Transport.TCP));
            net.start();
            threads.execute(() -> accept(core, threads));
            List<Callable<Void>> callers = new ArrayList<>();
            for (int i = 0; i < CALLERS; i++) {
                String name = loops + "-" + i;
                callers.add(() -> call(net, name));
            }
            for (Future<Void> caller : threads.invokeAll(callers)) {
                caller.get();
            }
            assertEquals(CALLERS * CALLS, net.judged.size());
            assertEquals(0, net.path.counters().path().failures.sum());
        } finally {
            threads.shutdownNow();
        }
    }

    /** One call after the other, each on a connection of its own; ACK and BYE leave in one piece. */
    private static Void call(PathFixture net, String name) throws IOException {
        for (int i = 0; i < CALLS; i++) {
            try (StreamPeer carrier = StreamPeer.connect(net.gateway(Transport.TCP))) {
                carrier.send(net.invite(carrier, "TCP", name + "-" + i));
                carrier.expect("SIP/2.0 100");
                carrier.expect("SIP/2.0 180");
                String answer = carrier.expect("SIP/2.0 200");
                String rest = net.inDialog("ACK", 1, answer) + net.inDialog("BYE", 2, answer);
                carrier.send(rest.replace(
                        "SIP/2.0/UDP " + SipPeer.text(net.carrier.address()), "SIP/2.0/TCP " + carrier.text()));
                assertEquals("2 BYE", SipPeer.value(carrier.expect("SIP/2.0 200"), "CSeq"));
            }
        }
        return null;
    }

    private void accept(StreamServer core, ExecutorService threads) {
        try {
            while (true) {
                StreamPeer connection = core.accept();
                threads.execute(() -> answer(core, connection));
            }
        } catch (UncheckedIOException over) {
            // The test is over.
        }
    }

    /** A BYE that overtakes its ACK gets no answer, so its caller notices. */
    private void answer(StreamServer core, StreamPeer connection) {
        String contact = "Contact: <sip:c@" + SipPeer.text(core.address()) + ">";
        try {
            while (true) {
                String request = connection.receive();
                String callId = SipPeer.value(request, "Call-ID");
                if (request.startsWith("INVITE")) {
                    connection.send(SipPeer.response(request, 180, "Ringing", "t1")
                            + SipPeer.response(request, 200, "OK", "t1", contact));
                } else if (request.startsWith("ACK")) {
                    acknowledged.add(callId);
                } else {
                    assertTrue(acknowledged.contains(callId), () -> "BYE before ACK in " + callId);
                    connection.send(SipPeer.response(request, 200, "OK", "t1"));
                }
            }
        } catch (AssertionFailedError | UncheckedIOException over) {
            // The gateway has gone; whoever still waits for an answer says so.
        }
    }
}
