package org.anticall.gateway.config;

import java.util.List;

/**
 * Next hops that can stand in for each other, tried in this order.
 *
 * @param name how trunks refer to it
 * @param hops not empty
 */
public record HopGroup(String name, List<Hop> hops) {

    public HopGroup {
        hops = List.copyOf(hops);
    }
}
