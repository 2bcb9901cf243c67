package org.anticall.gateway.config;

import java.net.InetSocketAddress;

/**
 * One next hop as configured.
 *
 * @param address an IP literal and port; or, unresolved, a name, whose port is 0 where none is given
 * @param transport how it is reached
 * @param priority lower is tried first, 1 to 1000; {@link #BY_PLACE} for its place in the list, from 1
 * @param weight share of the calls among hops of the same priority, 0 to 65535
 * @param anyTransport whether nobody named a transport, so that a name may choose one (RFC 3263 §4.1)
 */
public record Hop(InetSocketAddress address, Transport transport, int priority, int weight, boolean anyTransport) {

    /** The priority of a hop that says none. */
    public static final int BY_PLACE = 0;

    /** The weight of a hop that says none. */
    public static final int ORDINARY_WEIGHT = 1;

    public Hop(InetSocketAddress address, Transport transport) {
        this(address, transport, BY_PLACE, ORDINARY_WEIGHT, false);
    }

    /** The name or the IP literal. */
    public String host() {
        return address.getHostString();
    }

    /** {@code 127.0.0.1:5080/udp}, {@code core.example/udp}. */
    public String text() {
        String where = !address.isUnresolved()
                ? Addresses.format(address)
                : address.getPort() == 0 ? host() : host() + ":" + address.getPort();
        return where + "/" + transport.text();
    }
}
