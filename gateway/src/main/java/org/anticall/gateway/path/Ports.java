package org.anticall.gateway.path;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import org.anticall.gateway.config.Transport;
import org.anticall.gateway.sip.SipText;
import org.anticall.gateway.sip.SipUri;
import org.anticall.gateway.sip.ViaValue;
import org.anticall.gateway.transport.Port;
import org.jspecify.annotations.Nullable;

/** All ports of one event loop, in the order of the configuration: which is meant, and which one leads somewhere. */
final class Ports {

    private List<Port> all = List.of();

    /** To be called once, before any of them is read. */
    void are(List<Port> ports) {
        all = List.copyOf(ports);
    }

    List<Port> all() {
        return all;
    }

    /** Place of {@code port} in the configuration's order. */
    int indexOf(Port port) {
        return all.indexOf(port);
    }

    /** The port at that place, null if there is none. */
    @Nullable
    Port at(int index) {
        return index < all.size() ? all.get(index) : null;
    }

    /** The port to send from to {@code to}: {@code preferred} if it can, else the first that can, null if none can. */
    @Nullable
    Port towards(Port preferred, Transport transport, InetSocketAddress to) {
        boolean ipv6 = to.getAddress() instanceof Inet6Address;
        if (leads(preferred, transport, ipv6)) {
            return preferred;
        }
        for (int i = 0; i < all.size(); i++) {
            if (leads(all.get(i), transport, ipv6)) {
                return all.get(i);
            }
        }
        return null;
    }

    private static boolean leads(Port port, Transport transport, boolean ipv6) {
        return port.transport() == transport && port.isIpv6() == ipv6;
    }

    /** Whether something sent to {@code target} that way would come back to this gateway. */
    boolean isOwn(InetSocketAddress target, Transport transport) {
        for (int i = 0; i < all.size(); i++) {
            if (all.get(i).transport() == transport && all.get(i).address().equals(target)) {
                return true;
            }
        }
        return false;
    }

    /** Whether the sent-by of {@code via} is one of these ports. */
    boolean isOurs(byte[] bytes, ViaValue via) {
        return find(bytes, via.hostStart(), via.hostEnd(), via.port(), Addressing.transport(bytes, via)) != null;
    }

    /** The port {@code uri} names, null if it is not one of ours. */
    @Nullable
    Port find(byte[] bytes, SipUri uri) {
        Transport transport = Addressing.transport(bytes, uri);
        return find(bytes, uri.hostStart(), uri.hostEnd(), Addressing.port(bytes, uri), transport);
    }

    /**
     * Ports that share an address are told apart by transport. Where none is named UDP is meant, else TCP, never TLS (RFC
     * 3263 §4.1): another program may have the same number there.
     */
    private @Nullable Port find(byte[] bytes, int from, int to, int number, @Nullable Transport transport) {
        Port found = null;
        for (int i = 0; i < all.size(); i++) {
            Port port = all.get(i);
            if (port.address().getPort() == number && isHost(bytes, from, to, port)) {
                if (port.transport() == (transport == null ? Transport.UDP : transport)) {
                    return port;
                }
                if (transport == null && port.transport() == Transport.TCP) {
                    found = port;
                }
            }
        }
        return found;
    }

    /** An IPv6 address has many spellings (RFC 5952 §2). */
    private static boolean isHost(byte[] bytes, int from, int to, Port port) {
        if (SipText.equalsIgnoreCase(bytes, from, to, port.host())) {
            return true;
        }
        if (!port.isIpv6() || from == to || bytes[from] != '[') {
            return false;
        }
        InetAddress address = Addressing.literal(bytes, from, to);
        return port.address().getAddress().equals(address);
    }
}
