package org.anticall.gateway.path;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import org.anticall.gateway.config.Hop;
import org.anticall.gateway.config.Timers;
import org.anticall.gateway.config.Transport;
import org.anticall.gateway.transport.LoopClock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What must hold while the network and the hops behind it do not. Real time, real sockets; timers a tenth of usual. */
@Timeout(60)
class FaultsTest {

    private static final long T1_MILLIS = 50;
    private static final Timers QUICK = new Timers(
            Duration.ofMillis(T1_MILLIS),
            Duration.ofMillis(400),
            Duration.ofMillis(500),
            Duration.ofSeconds(20),
            Duration.ofSeconds(2),
            Duration.ofMillis(150),
            Duration.ofMillis(250));

    private static PathFixture net(Hop... core) throws IOException {
        PathFixture net = new PathFixture();
        net.timers = QUICK;
        net.time = LoopClock.system();
        net.coreHops = List.of(core);
        return net;
    }

    private static Hop hop(InetSocketAddress address) {
        return new Hop(address, Transport.UDP);
    }

    private static int freePort() throws IOException {
        try (DatagramSocket socket = new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))) {
            return socket.getLocalPort();
        }
    }

    @Test
    void noCallFailsOnALineThatLosesDoublesAndReordersOneInTwenty() throws IOException {
        int port = freePort();
        InetSocketAddress gateway = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
        int calls = 300;
        try (LossyRelay coreLine = new LossyRelay(gateway, 42);
                Callee callee = new Callee("callee", T1_MILLIS, coreLine.far());
                LossyRelay carrierLine = new LossyRelay(gateway, 4711);
                Caller caller = new Caller(carrierLine.near(), T1_MILLIS)) {
            coreLine.nearEnd(callee.peer.address());
            try (PathFixture net = net(hop(coreLine.far())).startOn(port)) {
                for (int i = 0; i < calls; i++) {
                    caller.call("lossy-" + i);
                    if (i % 20 == 19) {
                        int soFar = i - 60;
                        PathFixture.until("the calls before are under way", () -> caller.progressing.size() > soFar);
                    }
                }
                PathFixture.until("answered", () -> caller.answered.size() + caller.failed.size() == calls);
                assertEquals(0, caller.failed.size(), () -> "failed: " + caller.failed);
                PathFixture.until("acknowledged", () -> callee.acknowledged.size() == calls);
                caller.answered.keySet().forEach(caller::end);
                PathFixture.until("ended", () -> caller.ended.size() == calls);
                assertEquals(calls, callee.ended.size());
                assertEquals(calls, net.judged.size(), "each judged once");
            }
            int lost = coreLine.lost.get() + carrierLine.lost.get();
            int twice = coreLine.twice.get() + carrierLine.twice.get();
            assertTrue(lost > calls / 10 && twice > calls / 10, lost + " lost, " + twice + " twice");
        }
    }

    @Test
    void aCoreThatDiesInTheMiddleOfSetUpsCostsNoCall() throws IOException {
        try (Callee dying = new Callee("dying core", T1_MILLIS, null);
                Callee living = new Callee("living core", T1_MILLIS, null);
                PathFixture net = net(hop(dying.peer.address()), hop(living.peer.address()))
                        .start();
                Caller caller = new Caller(net.gateway(), T1_MILLIS)) {
            caller.call("before");
            PathFixture.until("answered", () -> dying.acknowledged.contains("before"));
            dying.fallSilent();
            for (int i = 0; i < 40; i++) {
                caller.call("during-" + i);
            }
            PathFixture.until("in set-up", () -> dying.invited.size() == 41);
            dying.close();
            for (int i = 0; i < 40; i++) {
                caller.call("after-" + i);
            }
            PathFixture.until("all answered", () -> caller.answered.size() == 81);
            assertEquals(80, living.invited.size(), () -> "failed: " + caller.failed);
            assertEquals(0, caller.failed.size());
        }
    }

    @Test
    void anEstablishedCallDoesNotNoticeThatItsCoreDied() throws IOException {
        try (Callee media = new Callee("behind the core", T1_MILLIS, null);
                Callee dying = new Callee("dying core", T1_MILLIS, media.peer.address());
                PathFixture net = net(hop(dying.peer.address())).start();
                Caller caller = new Caller(net.gateway(), T1_MILLIS)) {
            caller.call("talk");
            PathFixture.until("answered", () -> media.acknowledged.contains("talk"));
            dying.close();
            caller.end("talk");
            PathFixture.until("ended", () -> caller.ended.contains("talk"));
            assertTrue(media.ended.contains("talk"));
        }
    }
}
