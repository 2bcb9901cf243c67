package org.anticall.gateway.hop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioDatagramChannel;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.anticall.gateway.config.Hop;
import org.anticall.gateway.config.HopGroup;
import org.anticall.gateway.config.Transport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Names of next hops, RFC 3263. */
@Timeout(30)
class HopNamesTest {

    private final NameServer server = new NameServer();
    private final EventLoopGroup loops = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());

    HopNamesTest() throws IOException {}

    @AfterEach
    void stop() {
        server.close();
        loops.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
    }

    private static Hop name(String host, int port, boolean anyTransport) {
        return new Hop(InetSocketAddress.createUnresolved(host, port), Transport.UDP, Hop.BY_PLACE, 5, anyTransport);
    }

    private NextHops resolve(Hop... hops) {
        NextHops next = NextHops.of(List.of(new HopGroup("core", List.of(hops))));
        names(next).start(Duration.ofSeconds(5));
        return next;
    }

    private HopNames names(NextHops next) {
        return new HopNames(loops.next(), NioDatagramChannel.class, next, List.of(server.address()));
    }

    private static List<String> texts(NextHops hops) {
        return hops.all().stream()
                .map(hop -> hop.text() + " " + (hop.priority() & 0xFFFFFFFFL) + "/" + hop.weight())
                .sorted()
                .toList();
    }

    private static void until(BooleanSupplier condition) throws InterruptedException {
        long deadline = System.nanoTime() + Duration.ofSeconds(10).toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                fail("not within ten seconds");
            }
            Thread.onSpinWait();
        }
    }

    @Test
    void aNameWithAPortHasAddressesOnly() throws IOException {
        server.a("core.example", 60, "192.0.2.1");
        server.a("core.example", 60, "192.0.2.2");
        assertEquals(
                List.of("core/192.0.2.1:5080/udp 0/5", "core/192.0.2.2:5080/udp 0/5"),
                texts(resolve(name("core.example", 5080, false))));
        assertFalse(server.asked.stream().anyMatch(question -> question.contains("_sip")), "nobody asks for SRV");
    }

    @Test
    void naptrLeadsToSrvAndSrvToAddresses() throws IOException {
        server.naptr("core.example", 10, 10, "SIPS+D2T", "_sips._tcp.core.example");
        server.naptr("core.example", 20, 10, "SIP+D2U", "_sip._udp.far.example");
        server.naptr("core.example", 5, 10, "E2U+sip", "nothing.example");
        server.srv("_sip._udp.far.example", 60, 1, 30, 5070, "a.example");
        server.srv("_sip._udp.far.example", 60, 2, 10, 5071, "b.example");
        server.a("a.example", 60, "192.0.2.1");
        server.a("b.example", 60, "192.0.2.2");
        List<String> found = texts(resolve(name("core.example", 0, true)));
        assertTrue(found.contains("core/192.0.2.1:5070/udp 1/30"), found::toString);
        assertTrue(found.contains("core/192.0.2.2:5071/udp 2/10"), found::toString);
    }

    @Test
    void withoutNaptrAndSrvTheNameItselfIsTheServer() throws IOException {
        server.a("plain.example", 60, "192.0.2.9");
        assertEquals(List.of("core/192.0.2.9:5060/udp 0/5"), texts(resolve(name("plain.example", 0, true))));
        assertTrue(server.asked.contains("_sip._udp.plain.example 33"));
    }

    @Test
    void aNameIsAskedAgainWhenItsAddressHasRunOutAndHopsThatStayKeepTheirHealth() throws Exception {
        server.a("core.example", 1, "192.0.2.1");
        server.a("core.example", 1, "192.0.2.2");
        NextHops hops = resolve(name("core.example", 5080, false));
        NextHop stays = Objects.requireNonNull(hops.table().at(new InetSocketAddress("192.0.2.2", 5080)));
        stays.probed(false);
        server.forget();
        server.a("core.example", 1, "192.0.2.2");
        server.a("core.example", 1, "192.0.2.3");
        until(() -> hops.table().at(new InetSocketAddress("192.0.2.3", 5080)) != null);
        assertSame(stays, hops.table().at(new InetSocketAddress("192.0.2.2", 5080)));
        assertTrue(stays.isFailing());
        assertEquals(2, hops.all().size());
    }

    @Test
    void theLastGoodAnswerStaysWhileNobodyAnswers() throws Exception {
        server.a("core.example", 1, "192.0.2.1");
        NextHops hops = NextHops.of(List.of(new HopGroup("core", List.of(name("core.example", 5080, false)))));
        HopNames names = names(hops);
        names.start(Duration.ofSeconds(5));
        server.silent(true);
        until(() -> names.failing() == 1);
        assertEquals(1, hops.all().size());
        server.silent(false);
        until(() -> names.failing() == 0);
        names.close();
    }

    @Test
    void aNameThatHasNoAddressHoldsNobodyUp() throws IOException {
        NextHops hops = resolve(
                name("nowhere.example", 5080, false), new Hop(new InetSocketAddress("192.0.2.7", 5060), Transport.UDP));
        assertEquals(1, hops.all().size());
        assertEquals(
                "192.0.2.7",
                Objects.requireNonNull(hops.group("core").next(0, 0)).name());
    }
}
