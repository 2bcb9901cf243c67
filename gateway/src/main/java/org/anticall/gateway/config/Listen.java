package org.anticall.gateway.config;

import java.net.InetSocketAddress;

/**
 * An address SIP is received on.
 *
 * @param transport what it travels on
 * @param address IP literal and port; the peers reach the gateway there, so it also goes into Via and Record-Route; port
 *     0 takes any free one
 */
public record Listen(Transport transport, InetSocketAddress address) {

    /** {@code 127.0.0.1:5060/udp}. */
    public String text() {
        return Addresses.format(address) + "/" + transport.text();
    }
}
