package org.anticall.gateway.hop;

import io.netty.channel.EventLoop;
import io.netty.channel.socket.DatagramChannel;
import io.netty.resolver.dns.DnsNameResolver;
import io.netty.resolver.dns.DnsNameResolverBuilder;
import io.netty.resolver.dns.DnsServerAddressStreamProvider;
import io.netty.resolver.dns.DnsServerAddressStreamProviders;
import io.netty.resolver.dns.NoopDnsCache;
import io.netty.resolver.dns.SequentialDnsServerAddressStreamProvider;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.anticall.gateway.config.Hop;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the addresses of hops that are configured by name. Name servers are asked in the background, again when what they
 * said has run out, and never because a call needs it; while they do not answer, the last good answer stays. Works on one
 * event loop; thread-safe.
 */
public final class HopNames implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(HopNames.class);
    private static final long SHORTEST_SECONDS = 1;
    private static final long LONGEST_RETRY_SECONDS = 60;
    private static final Duration ANSWER_WITHIN = Duration.ofSeconds(1);

    private final EventLoop loop;
    private final NextHops hops;
    private final DnsNameResolver resolver;
    private final AtomicInteger failing = new AtomicInteger();
    private final Set<Hop> asked = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    /**
     * @param nameServers who is asked, empty for the machine's own
     */
    public HopNames(
            EventLoop loop,
            Class<? extends DatagramChannel> channelType,
            NextHops hops,
            List<InetSocketAddress> nameServers) {
        this.loop = loop;
        this.hops = hops;
        DnsServerAddressStreamProvider servers = nameServers.isEmpty()
                ? DnsServerAddressStreamProviders.platformDefault()
                : new SequentialDnsServerAddressStreamProvider(nameServers);
        this.resolver = new DnsNameResolverBuilder(loop)
                .datagramChannelType(channelType)
                .nameServerProvider(servers)
                .resolveCache(NoopDnsCache.INSTANCE)
                .queryTimeoutMillis(ANSWER_WITHIN.toMillis())
                .searchDomains(List.of())
                .build();
    }

    /**
     * Begins to ask for every name that is not asked for yet. Not to be called on the loop.
     *
     * @param patience how long to wait for the first answers; a name that has none then comes later
     */
    public void start(Duration patience) {
        List<Hop> names = hops.names().stream().filter(asked::add).toList();
        CountDownLatch first = new CountDownLatch(names.size());
        names.forEach(name -> loop.execute(() -> ask(name, SHORTEST_SECONDS, first)));
        try {
            if (!first.await(patience.toMillis(), TimeUnit.MILLISECONDS)) {
                LOG.atError().addKeyValue("waited", patience).log("a next hop's name is not resolved yet");
            }
        } catch (InterruptedException asked) {
            Thread.currentThread().interrupt();
        }
    }

    /** How many names have no fresh answer. */
    public int failing() {
        return failing.get();
    }

    @SuppressWarnings("FutureReturnValueIgnored") // what follows is in the listener
    private void ask(Hop name, long retrySeconds, CountDownLatch first) {
        HopLookup lookup = new HopLookup(resolver, name);
        lookup.search().whenComplete((found, thrown) -> {
            if (thrown != null || found.isEmpty()) {
                if (retrySeconds == SHORTEST_SECONDS) {
                    failing.incrementAndGet();
                    LOG.atError().addKeyValue("name", name.host()).log("a next hop's name has no address");
                }
                again(name, retrySeconds, Math.min(retrySeconds * 2, LONGEST_RETRY_SECONDS), first);
            } else {
                if (retrySeconds != SHORTEST_SECONDS) {
                    failing.decrementAndGet();
                }
                hops.resolved(name, found);
                again(name, Math.max(lookup.ttlSeconds(), SHORTEST_SECONDS), SHORTEST_SECONDS, first);
            }
            first.countDown();
        });
    }

    @SuppressWarnings("FutureReturnValueIgnored") // ends with its loop
    private void again(Hop name, long afterSeconds, long retrySeconds, CountDownLatch first) {
        if (closed || !hops.names().contains(name)) {
            asked.remove(name);
        } else {
            loop.schedule(() -> ask(name, retrySeconds, first), afterSeconds, TimeUnit.SECONDS);
        }
    }

    @Override
    public void close() {
        closed = true;
        resolver.close();
    }
}
