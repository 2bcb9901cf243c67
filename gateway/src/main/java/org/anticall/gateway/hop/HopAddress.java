package org.anticall.gateway.hop;

import java.net.InetSocketAddress;
import org.anticall.gateway.config.Transport;

/**
 * One address a hop's name stands for.
 *
 * @param address resolved
 * @param transport how it is reached
 * @param order lower is tried first: the priority of its SRV record, 0 without one
 * @param weight share of the calls: the weight of its SRV record, {@link #AS_CONFIGURED} without one
 */
public record HopAddress(InetSocketAddress address, Transport transport, int order, int weight) {

    /** The weight the configuration gives the name. */
    public static final int AS_CONFIGURED = -1;
}
