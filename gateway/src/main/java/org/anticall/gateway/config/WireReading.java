package org.anticall.gateway.config;

import java.net.Inet6Address;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Reads {@code loops}, {@code streams} and {@code tls}, and looks at whether every peer and hop can be reached by them. */
final class WireReading {

    private static final int MAX_LISTENS = 32;
    private static final int MAX_CONNECTIONS = 100_000;

    private final Section root;
    private final ValueForm<Path> file;

    /**
     * @param file the path of a file that exists
     */
    WireReading(Section root, ValueForm<Path> file) {
        this.root = root;
        this.file = file;
    }

    WireSettings settings() {
        WireSettings standard = WireSettings.DEFAULT;
        int loops = root.optional("loops", Forms.number(1, WireSettings.MAX_LOOPS), standard.loops());
        return new WireSettings(loops, streams(), tls());
    }

    private StreamSettings streams() {
        Section section = root.section("streams");
        StreamSettings standard = StreamSettings.DEFAULT;
        if (section == null) {
            return standard;
        }
        StreamSettings settings = new StreamSettings(
                section.optional("connections", Forms.number(1, MAX_CONNECTIONS), standard.connections()),
                section.optional(
                        "connections-per-peer", Forms.number(1, MAX_CONNECTIONS), standard.connectionsPerPeer()),
                section.optional(
                        "idle", Forms.duration(Duration.ofSeconds(1), Duration.ofMinutes(1440)), standard.idle()),
                section.optional(
                        "message", Forms.duration(Duration.ofMillis(100), Duration.ofMinutes(5)), standard.message()));
        section.close();
        return settings;
    }

    private @Nullable TlsSettings tls() {
        Section section = root.section("tls");
        if (section == null) {
            return null;
        }
        Path certificate = section.required("certificate", file);
        Path key = section.required("key", file);
        Path ca = section.optional("ca", file);
        List<String> hopNames = section.optionalList(
                "hop-names", new ValueForm<>("a host name", text -> text.toLowerCase(Locale.ROOT)));
        section.close();
        return certificate == null || key == null
                ? null
                : new TlsSettings(certificate, key, ca, hopNames == null ? List.of() : hopNames);
    }

    /** Reports what cannot work: TLS without certificate, and peers and hops that no listen address can speak to. */
    void check(List<Listen> listens, Collection<HopGroup> hops, List<Trunk> trunks, @Nullable TlsSettings tls) {
        boolean listensTls = listens.stream().anyMatch(listen -> listen.transport() == Transport.TLS);
        if (listens.size() > MAX_LISTENS) {
            root.problem("listen", "", "expected at most " + MAX_LISTENS + " addresses");
        }
        if (listensTls && tls == null) {
            root.problem("tls", "", "missing; a listen address with TLS needs certificate and key");
        }
        boolean believes = tls != null && tls.ca() != null;
        for (HopGroup group : hops) {
            for (Hop hop : group.hops()) {
                check(group, hop, listens, believes);
            }
        }
        boolean named = trunks.stream()
                .flatMap(trunk -> trunk.peers().stream())
                .anyMatch(peer -> !peer.certificateName().isEmpty());
        if (named && !(listensTls && believes)) {
            root.problem("tls", "", "peers named by certificate need a listen address with TLS, and tls.ca");
        }
    }

    private void check(HopGroup group, Hop hop, List<Listen> listens, boolean believes) {
        if (hop.transport() == Transport.TLS && !believes) {
            root.problem("hops", hop.text(), "a hop reached by TLS needs tls.ca, who signs its certificate");
        }
        if (listens.stream().noneMatch(listen -> reaches(listen, hop))) {
            root.problem(
                    "hops",
                    hop.text(),
                    "hop of group " + group.name() + "; expected a listen address of the same transport and family, to "
                            + "which it can answer");
        }
    }

    private static boolean reaches(Listen listen, Hop hop) {
        boolean anyFamily = hop.address().isUnresolved();
        return (listen.transport() == hop.transport() || hop.anyTransport())
                && (anyFamily || isIpv6(listen.address()) == isIpv6(hop.address()));
    }

    private static boolean isIpv6(InetSocketAddress address) {
        return address.getAddress() instanceof Inet6Address;
    }
}
