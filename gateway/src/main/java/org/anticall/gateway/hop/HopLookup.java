package org.anticall.gateway.hop;

import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.dns.DefaultDnsQuestion;
import io.netty.handler.codec.dns.DnsRawRecord;
import io.netty.handler.codec.dns.DnsRecord;
import io.netty.handler.codec.dns.DnsRecordType;
import io.netty.resolver.dns.DnsNameResolver;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.Future;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.anticall.gateway.config.Hop;
import org.anticall.gateway.config.Transport;
import org.jspecify.annotations.Nullable;

/**
 * One search for the addresses of a hop's name (RFC 3263 §4): a port leads straight to A and AAAA; a transport to SRV;
 * neither, to NAPTR first. Owned by the resolver's event loop.
 *
 * <pre>  NAPTR name ──> SRV _sip._udp.name ──> A, AAAA of each target
 *         └──none──────┘         └──none──> A, AAAA of the name itself</pre>
 */
final class HopLookup {

    private static final int SIP_PORT = 5060;
    private static final int SIPS_PORT = 5061;
    private static final long LONGEST_TTL_SECONDS = 3600;

    private final DnsNameResolver resolver;
    private final Hop hop;
    private long ttlSeconds = LONGEST_TTL_SECONDS;

    HopLookup(DnsNameResolver resolver, Hop hop) {
        this.resolver = resolver;
        this.hop = hop;
    }

    /** How long what was found may be used, seconds: the shortest life of any record that led there. */
    long ttlSeconds() {
        return ttlSeconds;
    }

    /** The addresses in no particular order, none if the name has none or nobody answers. */
    CompletableFuture<List<HopAddress>> search() {
        String name = hop.host();
        int port = hop.address().getPort();
        if (port != 0) {
            return addresses(name, hop.transport(), port, 0, HopAddress.AS_CONFIGURED);
        }
        return hop.anyTransport()
                ? ask(name, DnsRecordType.NAPTR, ServiceRecord.Naptr::read).thenCompose(this::byNaptr)
                : bySrv(hop.transport(), service(hop.transport()) + name);
    }

    private CompletableFuture<List<HopAddress>> byNaptr(List<ServiceRecord.Naptr> records) {
        List<ServiceRecord.Naptr> inOrder = records.stream()
                .filter(record -> record.flags().equalsIgnoreCase("s") && transport(record) != null)
                .sorted(Comparator.comparingInt(ServiceRecord.Naptr::order)
                        .thenComparingInt(ServiceRecord.Naptr::preference))
                .toList();
        return inOrder.isEmpty() ? bySrv(hop.transport(), service(hop.transport()) + hop.host()) : byNaptr(inOrder, 0);
    }

    /** What the first record from {@code from} on leads to that leads anywhere. */
    private CompletableFuture<List<HopAddress>> byNaptr(List<ServiceRecord.Naptr> inOrder, int from) {
        ServiceRecord.Naptr record = inOrder.get(from);
        CompletableFuture<List<HopAddress>> found =
                bySrv(Objects.requireNonNull(transport(record)), record.replacement());
        return from + 1 == inOrder.size()
                ? found
                : found.thenCompose(addresses -> addresses.isEmpty()
                        ? byNaptr(inOrder, from + 1)
                        : CompletableFuture.completedFuture(addresses));
    }

    private static @Nullable Transport transport(ServiceRecord.Naptr record) {
        for (Transport transport : Transport.values()) {
            if (naptr(transport).equalsIgnoreCase(record.service())) {
                return transport;
            }
        }
        return null;
    }

    private static String naptr(Transport transport) {
        return switch (transport) {
            case UDP -> "SIP+D2U";
            case TCP -> "SIP+D2T";
            case TLS -> "SIPS+D2T";
        };
    }

    private static String service(Transport transport) {
        return switch (transport) {
            case UDP -> "_sip._udp.";
            case TCP -> "_sip._tcp.";
            case TLS -> "_sips._tcp.";
        };
    }

    private CompletableFuture<List<HopAddress>> bySrv(Transport transport, String service) {
        return ask(service, DnsRecordType.SRV, ServiceRecord.Srv::read).thenCompose(found -> {
            if (found.isEmpty()) {
                int port = transport == Transport.TLS ? SIPS_PORT : SIP_PORT;
                return addresses(hop.host(), transport, port, 0, HopAddress.AS_CONFIGURED);
            }
            List<CompletableFuture<List<HopAddress>>> parts = new ArrayList<>();
            for (ServiceRecord.Srv server : found) {
                if (!server.target().equals(".") && server.port() != 0) {
                    parts.add(addresses(server.target(), transport, server.port(), server.priority(), server.weight()));
                }
            }
            return together(parts);
        });
    }

    private CompletableFuture<List<HopAddress>> addresses(
            String name, Transport transport, int port, int order, int weight) {
        Function<DnsRecord, @Nullable HopAddress> reader = record -> {
            InetAddress address = address(record);
            return address == null
                    ? null
                    : new HopAddress(new InetSocketAddress(address, port), transport, order, weight);
        };
        return together(List.of(ask(name, DnsRecordType.A, reader), ask(name, DnsRecordType.AAAA, reader)));
    }

    private static CompletableFuture<List<HopAddress>> together(List<CompletableFuture<List<HopAddress>>> parts) {
        return CompletableFuture.allOf(parts.toArray(new CompletableFuture<?>[0]))
                .thenApply(done -> parts.stream()
                        .flatMap(part -> part.join().stream())
                        .distinct()
                        .toList());
    }

    private static @Nullable InetAddress address(DnsRecord record) {
        boolean fits = record.type().equals(DnsRecordType.A) || record.type().equals(DnsRecordType.AAAA);
        if (!fits || !(record instanceof DnsRawRecord raw)) {
            return null;
        }
        ByteBuf data = raw.content();
        byte[] octets = new byte[data.readableBytes()];
        data.getBytes(data.readerIndex(), octets);
        try {
            return InetAddress.getByAddress(octets);
        } catch (UnknownHostException wrongLength) {
            return null;
        }
    }

    /** All records of that name and type that can be read; none if there are none or nobody answers. */
    @SuppressWarnings("FutureReturnValueIgnored") // the listener has it
    private <T> CompletableFuture<List<T>> ask(
            String name, DnsRecordType type, Function<DnsRecord, @Nullable T> reader) {
        CompletableFuture<List<T>> answer = new CompletableFuture<>();
        resolver.resolveAll(new DefaultDnsQuestion(name, type)).addListener((Future<List<DnsRecord>> done) -> {
            List<T> found = new ArrayList<>();
            if (done.isSuccess()) {
                for (DnsRecord record : done.getNow()) {
                    T value = reader.apply(record);
                    if (value != null) {
                        found.add(value);
                        ttlSeconds = Math.min(ttlSeconds, record.timeToLive());
                    }
                    ReferenceCountUtil.release(record);
                }
            }
            answer.complete(found);
        });
        return answer;
    }
}
