package org.anticall.gateway.path;

import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import org.anticall.gateway.config.Probing;
import org.anticall.gateway.hop.HopTable;
import org.anticall.gateway.hop.NextHop;
import org.anticall.gateway.sip.SipEdits;
import org.anticall.gateway.sip.SipMessage;
import org.anticall.gateway.sip.SipText;
import org.anticall.gateway.transport.Port;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks next hops by OPTIONS whether they are there. So many misses in a row, and a hop is gone; so many answers in a row,
 * and it is back. Any answer but 503 and 408 counts: also a hop that does not like OPTIONS is there. Intervals vary by a
 * fifth, so that gateways do not ask in step. They go out from the gateway's own ports, so hops see who they know. Owned by one event loop.
 */
final class HopProbes {

    /** The leg number in the branch of a probe; calls have not so many legs. */
    static final int LEG = 1023;

    private static final Logger LOG = LoggerFactory.getLogger(HopProbes.class);

    private final PathLoop loop;
    private final Probing probing;
    private final int number;
    private final SipEdits edits = new SipEdits();
    private final Map<NextHop, Probe> known = new HashMap<>();
    private final List<Probe> probes = new ArrayList<>();
    private HopTable table;
    private long nextNanos;

    /** What is known of one hop's probes. */
    private static final class Probe {
        final NextHop hop;
        long sendAt;
        long missedAt = PathTimers.NEVER;
        long nonce;
        int misses;
        int answers;

        Probe(NextHop hop, long sendAt) {
            this.hop = hop;
            this.sendAt = sendAt;
        }
    }

    /**
     * @param number of the loop, which stands in branches
     */
    HopProbes(PathLoop loop, Probing probing, int number) {
        this.loop = loop;
        this.probing = probing;
        this.number = number;
        this.table = loop.hops.table();
        renew(loop.clock.nanos());
    }

    private void renew(long now) {
        table = loop.hops.table();
        probes.clear();
        for (NextHop hop : table.all()) {
            if (probing.groups().contains(hop.group())) {
                probes.add(known.computeIfAbsent(hop, each -> new Probe(each, now)));
            }
        }
        known.keySet().retainAll(table.all());
        nextNanos = now;
    }

    /** Sends what is due and counts what was missed. */
    void tick(long now) {
        if (table != loop.hops.table()) {
            renew(now);
        }
        if (now < nextNanos) {
            return;
        }
        long next = PathTimers.NEVER;
        for (Probe probe : probes) {
            if (now >= probe.missedAt) {
                missed(probe);
            }
            if (now >= probe.sendAt) {
                send(probe, now);
            }
            next = Math.min(next, Math.min(probe.sendAt, probe.missedAt));
        }
        nextNanos = next;
    }

    private void send(Probe probe, long now) {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        probe.nonce = random.nextLong(1L << 40);
        probe.missedAt = now + probing.timeout().toNanos();
        long interval = probing.interval().toNanos();
        probe.sendAt = now + interval - interval / 5 + random.nextLong(interval * 2 / 5 + 1);
        loop.counters.hopProbes.increment();
        Port port = loop.ports.towards(loop.ports.all().get(0), probe.hop.transport(), probe.hop.address());
        if (port != null) {
            port.send(request(probe, port), probe.hop.address());
        }
    }

    private ByteBuf request(Probe probe, Port port) {
        String hop = uri(probe.hop);
        String own = SipText.string(port.sentBy(), 0, port.sentBy().length);
        edits.clear().insert(0);
        Branch.putJudged(edits, number, LEG, probes.indexOf(probe), probe.nonce, 0);
        String text = "OPTIONS " + hop + " SIP/2.0\r\n"
                + SipText.string(port.via(), 0, port.via().length) + ";rport;branch=" + edits.text() + "\r\n"
                + "Max-Forwards: 70\r\n"
                + "From: <sip:" + own + ">;tag=" + Long.toString(probe.nonce, 36) + "\r\n"
                + "To: <" + hop + ">\r\n"
                + "Call-ID: probe-" + Long.toString(probe.nonce, 36) + "@" + own + "\r\n"
                + "CSeq: 1 OPTIONS\r\n"
                + "Content-Length: 0\r\n\r\n";
        byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
        return loop.allocator.directBuffer(bytes.length).writeBytes(bytes);
    }

    private static String uri(NextHop hop) {
        String text = hop.text();
        String address = text.substring(text.indexOf('/') + 1, text.lastIndexOf('/'));
        return switch (hop.transport()) {
            case UDP -> "sip:" + address;
            case TCP -> "sip:" + address + ";transport=tcp";
            case TLS -> "sips:" + address;
        };
    }

    /** A response with a probe's branch; false if nobody waits for it. */
    boolean answered(int index, long nonce, SipMessage response) {
        Probe probe = index < probes.size() ? probes.get(index) : null;
        if (probe == null || probe.nonce != nonce || probe.missedAt == PathTimers.NEVER || response.status() < 200) {
            return false;
        }
        probe.missedAt = PathTimers.NEVER;
        DeskPlaces.read(response, probe.hop, loop.clock.nanos() + placesHold());
        if (response.status() == 503 || response.status() == 408) {
            missed(probe);
            return true;
        }
        probe.misses = 0;
        probe.answers++;
        if (probe.hop.isFailing() && probe.answers >= probing.upAfter() && probe.hop.probed(true)) {
            LOG.atWarn().addKeyValue("hop", probe.hop.text()).log("next hop is back");
        }
        return true;
    }

    private long placesHold() {
        return Math.max(3 * probing.interval().toNanos(), Duration.ofSeconds(3).toNanos());
    }

    private void missed(Probe probe) {
        probe.missedAt = PathTimers.NEVER;
        probe.answers = 0;
        probe.misses++;
        loop.counters.hopProbesMissed.increment();
        if (probe.misses >= probing.downAfter() && probe.hop.probed(false)) {
            LOG.atError().addKeyValue("hop", probe.hop.text()).log("next hop is gone");
            loop.hops.lost();
        }
    }
}
