package org.anticall.gateway.path;

import io.netty.buffer.ByteBufAllocator;
import java.net.InetSocketAddress;
import java.util.List;
import org.anticall.gateway.hop.NextHops;
import org.anticall.gateway.sip.SipLimits;
import org.anticall.gateway.sip.SipMessage;
import org.anticall.gateway.transport.ClosedPortCheck;
import org.anticall.gateway.transport.LoopClock;
import org.anticall.gateway.verdict.FactsReader;
import org.anticall.gateway.verdict.Ledger;
import org.anticall.gateway.verdict.LoopCache;
import org.anticall.gateway.verdict.VerdictGate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What all calls of one event loop share: tables, clocks, scratch. Owned by that loop. */
final class PathLoop {

    private static final Logger LOG = LoggerFactory.getLogger(PathLoop.class);

    /** Its place among the loops, from 0. */
    final int number;

    final LoopClock clock;
    final PathTimers timers;
    final VerdictGate gate;
    final FactsReader facts;
    final LoopCache outbound;
    final Ledger ledger;
    final CallWitness witness;
    final KnownCalls known;
    final PathCounters counters;
    final ByteBufAllocator allocator;
    final SipMessage stored = new SipMessage(SipLimits.DEFAULT);
    final Ports ports = new Ports();
    final ProxyEdits proxy = new ProxyEdits();
    final DeskWire desk = new DeskWire();
    final RouteToken token;
    final KeyHash hash;
    final Replies replies;
    final LegMessages messages;
    final Disposition disposition;
    final TimerWheel wheel;
    final CallTable calls;
    final ClosedPortCheck portCheck;

    /** Where calls may go; replaced as a whole, a call keeps the one it began with. */
    final NextHops hops;

    /** Calls without a final response. */
    int callsInSetup;

    PathLoop(
            LoopClock clock,
            PathTimers timers,
            NextHops hops,
            VerdictGate gate,
            FactsReader facts,
            LoopCache outbound,
            Ledger ledger,
            List<CallEvents> listeners,
            PathCounters counters,
            PathSecret secret,
            long generation,
            int number,
            ByteBufAllocator allocator,
            ClosedPortCheck portCheck) {
        this.portCheck = portCheck;
        this.number = number;
        this.allocator = allocator;
        this.clock = clock;
        this.timers = timers;
        this.hops = hops;
        this.gate = gate;
        this.facts = facts;
        this.outbound = outbound;
        this.ledger = ledger;
        this.known = new KnownCalls(secret.hash(), timers.transaction());
        this.witness = new CallWitness(listeners, counters, known);
        this.counters = counters;
        this.token = new RouteToken(secret, hops);
        this.hash = secret.hash();
        this.replies = new Replies(proxy, allocator);
        this.messages = new LegMessages(proxy, desk, token, new RouteSet(ports), allocator, number);
        this.disposition = new Disposition(this);
        this.wheel = new TimerWheel(clock.nanos(), thrown -> failed("timer not handled", thrown));
        this.calls = new CallTable(generation);
    }

    /** Something was thrown and goes no further: counted, and logged as {@code what}. */
    void failed(String what, Throwable thrown) {
        counters.failures.increment();
        LOG.atDebug().setCause(thrown).log(what);
    }

    /** Nobody listens at a hop's address. */
    void refused(InetSocketAddress address) {
        hops.refused(address, clock.nanos());
    }
}
