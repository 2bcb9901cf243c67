package org.anticall.gateway.path;

import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.EventLoop;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import org.anticall.gateway.config.GatewayConfig;
import org.anticall.gateway.hop.NextHops;
import org.anticall.gateway.transport.ClosedPortCheck;
import org.anticall.gateway.transport.LoopClock;
import org.anticall.gateway.verdict.FactsReader;
import org.anticall.gateway.verdict.Ledger;
import org.anticall.gateway.verdict.LoopCache;
import org.anticall.gateway.verdict.RecordIds;
import org.anticall.gateway.verdict.VerdictGate;
import org.jspecify.annotations.Nullable;

/**
 * What all lanes of a gateway share, and how one is made of it.
 *
 * @param lanes how many there will be
 * @param pass by which the desk places calls, null if it may not
 * @param outbound callers whose calls went abroad a moment ago
 */
record LaneParts(
        GatewayConfig config,
        GatewayPath.Needs needs,
        int lanes,
        ByteBufAllocator allocator,
        PathSecret secret,
        NextHops hops,
        @Nullable DeskPass pass,
        GatewayPath.Counters counters,
        GatewayPath.Alarms alarms,
        Loads loads,
        LoopCache outbound) {

    /** Lane {@code number}, from 0, on {@code loop}. */
    Lane lane(int number, EventLoop loop) {
        LoopClock clock = needs.clock();
        SecureRandom random = new SecureRandom();
        VerdictGate gate = new VerdictGate(
                needs.judge(),
                needs.oracle(),
                loop,
                clock::nanos,
                config.timers().roamingAnswer(),
                config.timers().screening(),
                counters.verdict(),
                alarms.failOpen());
        FactsReader facts = new FactsReader(needs.numbers(), outbound);
        Ledger ledger = new Ledger(
                config.node(),
                config.passSample(),
                new RecordIds(config.node(), random.nextLong() >>> 1),
                facts,
                needs.codec(),
                needs.journal(),
                counters.verdict());
        PathTimers timers = PathTimers.of(config.timers());
        Overload overload = new Overload(
                config.overload().sharedBy(lanes),
                CallTable.MAX_CALLS,
                timers.transaction(),
                loads,
                counters.path(),
                alarms.strain());
        List<CallEvents> listeners = new ArrayList<>(needs.events());
        listeners.add(loads);
        listeners.add(new BehaviourFeed(needs.judge()));
        PathLoop shared = new PathLoop(
                clock,
                timers,
                hops,
                gate,
                facts,
                outbound,
                ledger,
                listeners,
                counters.path(),
                secret,
                random.nextLong(),
                number,
                allocator,
                new ClosedPortCheck(loop));
        return new Lane(loop, shared, new CallPath(shared, overload, secret, pass));
    }
}
