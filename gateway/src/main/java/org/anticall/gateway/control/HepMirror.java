package org.anticall.gateway.control;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.anticall.gateway.config.HepSettings;
import org.anticall.gateway.config.Transport;
import org.anticall.gateway.path.CallEvents;
import org.anticall.gateway.path.CallStory;
import org.anticall.gateway.sip.SipMessage;
import org.anticall.gateway.transport.PacketTap;
import org.anticall.rules.call.CallFacts;
import org.anticall.rules.call.Decision;
import org.anticall.rules.call.Verdict;
import org.jspecify.annotations.Nullable;

/**
 * Mirrors the SIP packets of calls to a Homer collector, and each verdict as a log item, all of a call under its Call-ID.
 * Event loops only hand copies over to a {@link Backroom}; what does not fit is dropped and counted. OPTIONS are not
 * mirrored. Sampling goes by Call-ID, so a call is mirrored as a whole or not at all.
 */
public final class HepMirror implements PacketTap, CallEvents, AutoCloseable {

    /** Most packets that wait for being sent. */
    static final int MAX_WAITING = 8_192;

    private static final long IDLE_NANOS = TimeUnit.MILLISECONDS.toNanos(5);
    private static final long STOP_WITHIN_MILLIS = 2_000;
    private static final int UDP = 17;
    private static final int TCP = 6;

    private final HepSettings settings;
    private final String node;
    private final DatagramSocket socket;
    private final ObjectMapper json = new ObjectMapper();
    private final LongAdder sent = new LongAdder();
    private final LongAdder unsent = new LongAdder();
    private final Backroom<Seen> room =
            new Backroom<>("hep-mirror", MAX_WAITING, IDLE_NANOS, STOP_WITHIN_MILLIS, this::mirror);

    /** What waits: a packet, or a call that was judged. */
    private record Seen(
            Instant at,
            byte[] packet,
            InetSocketAddress from,
            InetSocketAddress to,
            Transport transport,
            @Nullable CallStory judged) {}

    public HepMirror(String node, HepSettings settings) throws IOException {
        this.node = node;
        this.settings = settings;
        this.socket = new DatagramSocket();
    }

    public void start() {
        room.start();
    }

    @Override
    public void seen(byte[] packet, InetSocketAddress from, InetSocketAddress to, Transport transport) {
        room.put(new Seen(Instant.now(), packet, from, to, transport, null));
    }

    @Override
    public void began(CallStory call, SipMessage invite) {
        call.keepCallId(invite);
    }

    @Override
    public void judged(CallStory call, @Nullable CallFacts facts) {
        room.put(new Seen(Instant.now(), new byte[0], call.source(), call.source(), Transport.UDP, call));
    }

    /** Packets sent to the collector since the start. */
    public long sent() {
        return sent.sum();
    }

    /** Packets that were to be mirrored and could not be. */
    public long dropped() {
        return room.dropped() + unsent.sum();
    }

    private void mirror(Seen seen) {
        CallStory judged = seen.judged();
        String text = new String(seen.packet(), StandardCharsets.ISO_8859_1);
        String callId = judged == null ? SipHead.value(text, "Call-ID", 'i') : judged.callId();
        boolean isWanted = !callId.isEmpty()
                && Math.floorMod(callId.hashCode(), settings.sample()) == 0
                && !SipHead.value(text, "CSeq", '\0').endsWith("OPTIONS");
        if (isWanted) {
            long micros = ChronoUnit.MICROS.between(Instant.EPOCH, seen.at());
            HepPacket packet = new HepPacket()
                    .between(seen.from(), seen.to(), seen.transport() == Transport.UDP ? UDP : TCP)
                    .at(micros)
                    .by(settings.captureId(), node);
            send(
                    judged == null
                            ? packet.carrying(HepPacket.SIP, callId, seen.packet())
                            : packet.carrying(HepPacket.LOG, callId, verdict(judged)));
        }
    }

    private void send(byte[] datagram) {
        try {
            if (datagram.length == 0) {
                unsent.increment();
                return;
            }
            socket.send(new DatagramPacket(datagram, datagram.length, settings.collector()));
            sent.increment();
        } catch (IOException unreachable) {
            unsent.increment();
        }
    }

    private byte[] verdict(CallStory call) {
        ObjectNode item = json.createObjectNode();
        Verdict verdict = call.verdict();
        Decision decision = call.decision();
        item.put("trunk", call.trunk().name());
        item.put("verdict", verdict == null ? "" : verdict.kind().text());
        item.put("record", call.recordId());
        if (decision != null) {
            item.put("rule", decision.rule());
            item.put("reason", decision.reason().en());
            item.put("revision", decision.revision());
        }
        return item.toString().getBytes(StandardCharsets.UTF_8);
    }

    /** Sends what still waits, and stops. */
    @Override
    public void close() {
        room.close();
        socket.close();
    }
}
