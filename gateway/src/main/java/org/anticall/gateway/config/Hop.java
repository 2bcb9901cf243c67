package org.anticall.gateway.config;

import java.net.InetSocketAddress;

/**
 * One next hop.
 *
 * @param address IP literal and port
 * @param transport how it is reached
 */
public record Hop(InetSocketAddress address, Transport transport) {

    /** {@code 127.0.0.1:5080/udp}. */
    public String text() {
        return Addresses.format(address) + "/" + transport.text();
    }
}
