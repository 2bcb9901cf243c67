package org.anticall.ops.containers;

import com.github.dockerjava.api.model.Network.Ipam;
import com.github.dockerjava.api.model.Network.Ipam.Config;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A bridge network with addresses that are known before anything starts: SIP messages carry literal addresses, so
 * configurations must name them.
 */
final class Subnet implements AutoCloseable {

    private final String name = "anticall-test-" + UUID.randomUUID();
    private final String prefix;
    private final AtomicInteger next = new AtomicInteger(10);

    /** Makes it. The engine chooses a free range; a network with this very range lets containers choose addresses. */
    Subnet() {
        String trial = Engine.client().createNetworkCmd().withName(name).exec().getId();
        String range = Engine.client()
                .inspectNetworkCmd()
                .withNetworkId(trial)
                .exec()
                .getIpam()
                .getConfig()
                .get(0)
                .getSubnet();
        Engine.client().removeNetworkCmd(trial).exec();
        Engine.client()
                .createNetworkCmd()
                .withName(name)
                .withIpam(new Ipam().withConfig(new Config().withSubnet(range)))
                .exec();
        this.prefix = range.substring(0, range.lastIndexOf('.') + 1);
    }

    String name() {
        return name;
    }

    /** {@code 172.20.0.}; all addresses of {@link #address()} begin so. */
    String prefix() {
        return prefix;
    }

    /** All of these addresses as a block. */
    String block() {
        return prefix + "0/24";
    }

    /** An address nobody has yet. */
    String address() {
        return prefix + next.getAndIncrement();
    }

    @Override
    public void close() {
        Engine.client().removeNetworkCmd(name).exec();
    }
}
