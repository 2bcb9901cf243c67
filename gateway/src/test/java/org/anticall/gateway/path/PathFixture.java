package org.anticall.gateway.path;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.fail;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BooleanSupplier;
import org.anticall.gateway.config.Contract;
import org.anticall.gateway.config.DeskCalls;
import org.anticall.gateway.config.GatewayConfig;
import org.anticall.gateway.config.Hop;
import org.anticall.gateway.config.HopCare;
import org.anticall.gateway.config.HopGroup;
import org.anticall.gateway.config.JournalSettings;
import org.anticall.gateway.config.Listen;
import org.anticall.gateway.config.Manners;
import org.anticall.gateway.config.Operation;
import org.anticall.gateway.config.OverloadSettings;
import org.anticall.gateway.config.Peer;
import org.anticall.gateway.config.RulesLocation;
import org.anticall.gateway.config.Timers;
import org.anticall.gateway.config.Transport;
import org.anticall.gateway.config.Trunk;
import org.anticall.gateway.config.TrunkLimits;
import org.anticall.gateway.config.WireSettings;
import org.anticall.gateway.transport.LoopClock;
import org.anticall.gateway.verdict.Judge;
import org.anticall.gateway.verdict.RecordSink;
import org.anticall.gateway.verdict.RoamingOracle;
import org.anticall.rules.RuleBook;
import org.anticall.rules.call.CallEnd;
import org.anticall.rules.call.CallFacts;
import org.anticall.rules.call.Decision;
import org.anticall.rules.call.LocalizedText;
import org.anticall.rules.call.Screening;
import org.anticall.rules.call.TrunkClass;
import org.anticall.rules.call.Verdict;
import org.anticall.rules.record.DecisionRecord;
import org.anticall.rules.record.DecisionRecordCodec;
import org.jspecify.annotations.Nullable;

/** A gateway's path between a carrier, two core hops and a desk, all on real sockets, with a clock the test moves. */
final class PathFixture implements AutoCloseable {

    static final String SDP =
            "v=0\r\no=- 1 1 IN IP4 192.0.2.7\r\ns=-\r\nc=IN IP4 192.0.2.7\r\nt=0 0\r\nm=audio 4000 RTP/AVP 8\r\n";
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    final SipPeer carrier = new SipPeer("carrier");
    final SipPeer core = new SipPeer("core");
    final SipPeer secondCore = new SipPeer("second core");
    final SipPeer desk = new SipPeer("desk");
    final SipPeer secondDesk = new SipPeer("second desk");
    final FakeClock clock = new FakeClock();
    final List<DecisionRecord> records = new CopyOnWriteArrayList<>();
    final List<CallFacts> judged = new CopyOnWriteArrayList<>();
    final Path state;
    final ScarceMemory memory = new ScarceMemory();

    Judge judge = facts -> decision(new Verdict.Pass());
    RoamingOracle oracle = RoamingOracle.NOBODY;
    RecordSink journal = this::keep;
    TrunkClass trunkClass = TrunkClass.INTERNATIONAL;
    Trunk.OnOverload onOverload = Trunk.OnOverload.PASS;
    Contract contract = Contract.DEFAULT;
    TrunkLimits limits = TrunkLimits.NONE;
    String peers = "127.0.0.0/8";
    final List<Trunk> moreTrunks = new ArrayList<>();
    OverloadSettings overload = OverloadSettings.DEFAULT;
    List<CallEvents> events = List.of();
    int passSample;
    List<Transport> transports = List.of(Transport.UDP);
    List<Hop> coreHops = List.of();
    Hop deskHop;
    InetAddress local = InetAddress.getLoopbackAddress();
    WireSettings wire = WireSettings.DEFAULT;

    /** Where the second desk stands, if it is used at all. */
    enum TwoDesks {
        NO,
        HOPS,
        GROUPS
    }

    TwoDesks twoDesks = TwoDesks.NO;
    Manners manners = Manners.DEFAULT;
    Timers timers = Timers.DEFAULT;
    LoopClock time = clock;
    HopCare care = HopCare.DEFAULT;

    @Nullable
    DeskCalls deskCalls;

    GatewayPath path;

    PathFixture() throws IOException {
        state = Files.createTempDirectory("path-test");
    }

    static PathFixture with(Verdict verdict) throws IOException {
        PathFixture fixture = new PathFixture();
        fixture.judge = facts -> decision(verdict);
        return fixture.start();
    }

    /**
     * On the machine's clock, with limits that a stall of seconds does not reach: a peer that is a program of its own, and
     * takes what is repeated for a mistake, sees no repetition, and no call passes unjudged.
     */
    PathFixture withOtherPrograms() {
        Duration stall = Duration.ofSeconds(20);
        time = LoopClock.system();
        timers = new Timers(stall, stall, stall, stall.multipliedBy(10), stall, stall, stall);
        overload = new OverloadSettings(10_000, 10_000, 0, stall);
        return this;
    }

    PathFixture start() throws IOException {
        return startOn(0);
    }

    PathFixture startOn(int port) throws IOException {
        Judge chosen = judge;
        Judge counting = new Judge() {
            @Override
            public Screening decide(CallFacts facts) {
                judged.add(facts);
                return chosen.decide(facts);
            }

            @Override
            public CallFacts observe(CallFacts facts) {
                return chosen.observe(facts);
            }

            @Override
            public void decided(CallFacts facts, Verdict.Kind verdict) {
                chosen.decided(facts, verdict);
            }

            @Override
            public void ended(CallEnd end) {
                chosen.ended(end);
            }
        };
        path = GatewayPath.start(
                config(port),
                new GatewayPath.Needs(
                        counting,
                        RuleBook.forHome("KZ").numbers(),
                        oracle,
                        DecisionRecordCodec::encode,
                        journal,
                        events,
                        time),
                memory);
        return this;
    }

    private GatewayConfig config(int port) {
        InetSocketAddress any = new InetSocketAddress(local, port);
        Peer loopback = Objects.requireNonNull(Peer.parse(peers));
        return new GatewayConfig(
                "gw-test",
                "KZ",
                transports.stream().map(each -> new Listen(each, any)).toList(),
                any,
                trunks(loopback),
                hops(),
                new RulesLocation.Reference(),
                state,
                null,
                null,
                passSample,
                timers,
                JournalSettings.DEFAULT,
                wire,
                Operation.DEFAULT,
                care,
                deskCalls,
                overload);
    }

    private Map<String, HopGroup> hops() {
        Map<String, HopGroup> groups = new TreeMap<>(Map.of("core", coreGroup(), "desk", deskGroup()));
        if (twoDesks == TwoDesks.GROUPS) {
            groups.put("desk-2", group("desk-2", secondDesk));
        }
        return groups;
    }

    private HopGroup coreGroup() {
        return coreHops.isEmpty() ? group("core", core, secondCore) : new HopGroup("core", coreHops);
    }

    private HopGroup deskGroup() {
        if (deskHop != null) {
            return new HopGroup("desk", List.of(deskHop));
        }
        return twoDesks == TwoDesks.HOPS ? group("desk", desk, secondDesk) : group("desk", desk);
    }

    private List<Trunk> trunks(Peer loopback) {
        List<Trunk> all = new ArrayList<>(moreTrunks);
        all.add(new Trunk("transit", trunkClass, List.of(loopback), "core", onOverload, contract, limits, manners));
        return all;
    }

    private static HopGroup group(String name, SipPeer... peers) {
        List<Hop> hops = new ArrayList<>();
        for (SipPeer peer : peers) {
            hops.add(new Hop(peer.address(), Transport.UDP));
        }
        return new HopGroup(name, hops);
    }

    private boolean keep(byte[] line) {
        try {
            return records.add(DecisionRecordCodec.decode(line));
        } catch (Exception unreadable) {
            throw new AssertionError("a record that cannot be read back", unreadable);
        }
    }

    static Decision decision(Verdict verdict) {
        return new Decision(verdict, Decision.Basis.RULE, "R-1", LocalizedText.of("test"), 7, "cafe", List.of());
    }

    static Verdict.Divert divert(Verdict.LadderStep... ladder) {
        return new Verdict.Divert(Duration.ofSeconds(15), List.of(ladder), "Spam?");
    }

    /** Where the gateway listens with that transport. */
    InetSocketAddress gateway(Transport transport) {
        return path.addresses().get(transports.indexOf(transport));
    }

    /** The same INVITE as a stream carries it: Via of the stream's own end. */
    String invite(StreamPeer from, String transport, String callId, String... lines) {
        return invite(callId, lines)
                .replace("SIP/2.0/UDP " + SipPeer.text(carrier.address()), "SIP/2.0/" + transport + " " + from.text());
    }

    InetSocketAddress gateway() {
        return path.addresses().get(0);
    }

    String gatewayText() {
        return SipPeer.text(gateway());
    }

    /** An INVITE from the carrier with these further header lines. */
    String invite(String callId, String... lines) {
        return invite(callId, "From: \"Bob\" <sip:+442071234567@carrier.example>;tag=f1", lines);
    }

    String invite(String callId, String from, String[] lines) {
        return "INVITE sip:+77172555555@" + gatewayText() + ";user=phone SIP/2.0\r\n"
                + "Via: SIP/2.0/UDP " + SipPeer.text(carrier.address()) + ";branch=z9hG4bK" + callId + "\r\n"
                + from + "\r\n"
                + "To: <sip:+77172555555@" + gatewayText() + ">\r\n"
                + "Call-ID: " + callId + "\r\n"
                + "CSeq: 1 INVITE\r\n"
                + "Contact: <sip:+442071234567@" + SipPeer.text(carrier.address()) + ">\r\n"
                + "Max-Forwards: 70\r\n"
                + String.join(
                        "", List.of(lines).stream().map(line -> line + "\r\n").toList())
                + "Content-Type: application/sdp\r\n"
                + "Content-Length: " + SDP.length() + "\r\n\r\n" + SDP;
    }

    /** {@code message} with further header bytes and another body, so that start line and headers, and the body, are so long. */
    static String sized(String message, int headBytes, int bodyBytes) {
        String head = message.substring(0, message.indexOf("Content-Length"));
        String end = "Content-Length: " + bodyBytes + "\r\n\r\n";
        String filler = "X-Filler: \r\n";
        int missing = headBytes - head.length() - end.length() - filler.length();
        return head + filler.replace("\r", "y".repeat(missing) + "\r") + end + "x".repeat(bodyBytes);
    }

    /** ACK, CANCEL as they belong to that INVITE: same branch, To from {@code to}. */
    String same(String method, String invite, String to) {
        String callId = SipPeer.value(invite, "Call-ID");
        return method + invite.substring(invite.indexOf(' '), invite.indexOf("\r\n")) + "\r\n"
                + "Via: " + SipPeer.value(invite, "Via") + "\r\n"
                + "From: " + SipPeer.value(invite, "From") + "\r\n"
                + "To: " + to + "\r\nCall-ID: " + callId + "\r\nCSeq: 1 " + method
                + "\r\nMax-Forwards: 70\r\nContent-Length: 0\r\n\r\n";
    }

    /** A request of the carrier in the dialog that {@code answer} made. */
    String inDialog(String method, int cseq, String answer) {
        String contact = SipPeer.value(answer, "Contact");
        return method + " " + contact.substring(1, contact.indexOf('>')) + " SIP/2.0\r\n"
                + "Via: SIP/2.0/UDP " + SipPeer.text(carrier.address()) + ";branch=z9hG4bK" + method + System.nanoTime()
                + "\r\nRoute: " + routes(answer) + "\r\n"
                + "From: " + SipPeer.value(answer, "From") + "\r\n"
                + "To: " + SipPeer.value(answer, "To") + "\r\n"
                + "Call-ID: " + SipPeer.value(answer, "Call-ID") + "\r\n"
                + "CSeq: " + cseq + " " + method + "\r\nMax-Forwards: 70\r\nContent-Length: 0\r\n\r\n";
    }

    /** The caller's route set: Record-Route in reverse (RFC 3261 §12.1.2). */
    private static String routes(String answer) {
        List<String> recorded = new ArrayList<>(SipPeer.values(answer, "Record-Route"));
        Collections.reverse(recorded);
        return String.join(", ", recorded);
    }

    void carrierSends(String text) {
        carrier.send(gateway(), text);
    }

    /** Moves the clock on; the gateway notices within a tick of real time. */
    void pass(Duration time) {
        clock.advance(time);
    }

    /** Lets time pass by {@code step}, again after each fifth of a second in which {@code condition} did not come true. */
    void passUntil(String what, Duration step, BooleanSupplier condition) {
        long[] next = {System.nanoTime()};
        until(what, () -> {
            if (System.nanoTime() >= next[0]) {
                pass(step);
                next[0] = System.nanoTime() + Duration.ofMillis(200).toNanos();
            }
            return condition.getAsBoolean();
        });
    }

    static void until(String what, BooleanSupplier condition) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                fail("not within " + PATIENCE + ": " + what);
            }
            Thread.onSpinWait();
        }
    }

    @Override
    public void close() {
        path.stop();
        assertEquals(0, memory.usedDirectMemory(), "bytes that the path did not give back");
        carrier.close();
        core.close();
        secondCore.close();
        desk.close();
        secondDesk.close();
    }
}
