package org.anticall.gateway.path;

import io.netty.buffer.ByteBuf;
import io.netty.channel.EventLoop;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import org.anticall.gateway.config.Listen;
import org.anticall.gateway.config.Probing;
import org.anticall.gateway.config.Transport;
import org.anticall.gateway.config.Trunk;
import org.anticall.gateway.sip.SipLimits;
import org.anticall.gateway.transport.PacketTap;
import org.anticall.gateway.transport.Port;
import org.anticall.gateway.transport.Source;
import org.anticall.gateway.transport.Sources;
import org.anticall.gateway.transport.StreamNeeds;
import org.anticall.gateway.transport.StreamPort;
import org.anticall.gateway.transport.UdpPort;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One event loop of the path with its own ports and calls. Lanes share no call: all requests of one Call-ID are handled on
 * one lane, responses on the lane their branch names. What the machine delivers to another one is handed over.
 */
final class Lane {

    private static final Logger LOG = LoggerFactory.getLogger(Lane.class);
    private static final int TICKS_PER_SWEEP = 25;

    /** Most messages of other lanes that wait for this one; what comes above is dropped, as by a full socket. */
    static final int MAX_HANDED_OVER = 4_096;

    private final EventLoop loop;
    private final PathLoop shared;
    private final CallPath path;
    private final List<Port> ports = new ArrayList<>();
    private final AtomicBoolean tickWanted = new AtomicBoolean();
    private final Semaphore handOvers = new Semaphore(MAX_HANDED_OVER);
    private final Runnable tick = this::tick;
    private final Runnable sweep = this::sweep;
    private @Nullable Sources speakers;
    private int ticksSinceSweep;

    Lane(EventLoop loop, PathLoop shared, CallPath path) {
        this.loop = loop;
        this.shared = shared;
        this.path = path;
    }

    /**
     * Binds the addresses of {@code listens}; nothing is read yet.
     *
     * @param beside a lane that has bound them before, whose addresses are shared; this lane for the first one
     * @param alone whether there is no other lane
     */
    void bind(List<Listen> listens, Lane beside, boolean alone, StreamNeeds streams, Sources sources)
            throws IOException {
        speakers = sources;
        for (int i = 0; i < listens.size(); i++) {
            Listen listen = listens.get(i);
            InetSocketAddress address =
                    beside == this ? listen.address() : beside.ports.get(i).address();
            ports.add(
                    listen.transport() == Transport.UDP
                            ? UdpPort.bind(
                                    loop,
                                    address,
                                    !alone,
                                    SipLimits.MAX_DATAGRAM_BYTES + 1,
                                    sources,
                                    path,
                                    streams.counters())
                            : StreamPort.bind(listen.transport(), loop, address, !alone, streams, sources, path));
        }
    }

    /** Begins to read, among {@code lanes}. */
    void open(List<Lane> lanes) {
        loop.submit(() -> {
                    shared.ports.are(ports);
                    path.among(lanes);
                    ports.forEach(Port::open);
                })
                .awaitUninterruptibly();
    }

    /** From now on this lane asks next hops whether they are there. */
    void probe(Probing probing) {
        loop.submit(() -> path.probe(new HopProbes(shared, probing, shared.number)))
                .awaitUninterruptibly();
    }

    /** A tick has gone by: wakes the loop for what is due, if nothing else has. Called by the {@link Ticker} alone. */
    void ticked() {
        if (path.isBehind() && tickWanted.compareAndSet(false, true)) {
            wakeFor(tick);
        }
        if (++ticksSinceSweep >= TICKS_PER_SWEEP) {
            ticksSinceSweep = 0;
            if (ports.stream().anyMatch(StreamPort.class::isInstance)) {
                wakeFor(sweep);
            }
        }
    }

    private void wakeFor(Runnable what) {
        try {
            loop.execute(what);
        } catch (RejectedExecutionException closing) {
            LOG.debug("no tick for a loop that has ended");
        }
    }

    private void tick() {
        tickWanted.set(false);
        path.tick();
    }

    private void sweep() {
        ports.forEach(Port::sweep);
    }

    List<Port> ports() {
        return ports;
    }

    /** Takes a message that came by the port at {@code place} of another lane; takes {@code payload} over. */
    void handOver(int place, ByteBuf payload, Source source) {
        if (!handOvers.tryAcquire()) {
            shared.counters.handOversDropped.increment();
            payload.release();
            return;
        }
        try {
            loop.execute(() -> {
                handOvers.release();
                try {
                    path.handedOver(ports.get(place), payload, source);
                } finally {
                    payload.release();
                }
            });
        } catch (RejectedExecutionException closing) {
            handOvers.release();
            payload.release();
        }
    }

    /** From now on the peers of these trunks may speak. Not to be called on the loop. */
    void admit(List<Trunk> trunks) {
        Sources known = Objects.requireNonNull(speakers, "a lane that has bound its ports");
        loop.submit(() -> known.admit(trunks)).awaitUninterruptibly();
    }

    /** Who looks at the packets that come and go. Not to be called on the loop. */
    void watchedBy(PacketTap looker) {
        loop.submit(() -> ports.forEach(port -> port.watchedBy(looker))).awaitUninterruptibly();
    }

    /** Whether the loop comes round within that time. Not to be called on the loop. */
    boolean turns(Duration within) {
        return loop.submit(() -> {}).awaitUninterruptibly(within.toMillis());
    }

    void drain() {
        loop.submit(path::drain).awaitUninterruptibly();
    }

    /** Nothing is received or sent any more. Not to be called on the loop. */
    void closePorts() {
        ports.forEach(Port::close);
    }

    /** Gives back what calls hold, once the ports of all lanes are closed. Not to be called on the loop. */
    void close() {
        loop.submit(path::close).awaitUninterruptibly();
    }
}
