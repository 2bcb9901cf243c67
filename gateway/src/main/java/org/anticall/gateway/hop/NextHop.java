package org.anticall.gateway.hop;

import java.net.InetSocketAddress;
import java.time.Duration;
import org.anticall.gateway.config.GatewayConfig;
import org.anticall.gateway.config.Hop;
import org.anticall.gateway.config.Transport;

/**
 * One address calls are sent to, and whether it has answered lately. A hop that let a call time out is avoided for a
 * while; the first answer of any kind brings it back at once. Thread-safe.
 */
public final class NextHop {

    private static final long AVOIDED_NANOS = Duration.ofSeconds(10).toNanos();

    private final String group;
    private final InetSocketAddress address;
    private final Transport transport;
    private volatile long avoidedUntilNanos;

    NextHop(String group, Hop hop) {
        this.group = group;
        this.address = hop.address();
        this.transport = hop.transport();
    }

    /** Name of the group it stands in. */
    public String group() {
        return group;
    }

    public InetSocketAddress address() {
        return address;
    }

    /** How it is reached. */
    public Transport transport() {
        return transport;
    }

    /** Whether operators sit behind it. */
    public boolean isDesk() {
        return group.equals(GatewayConfig.DESK);
    }

    public boolean isAvoided(long nowNanos) {
        return nowNanos < avoidedUntilNanos;
    }

    /** A call sent there got no answer in time. */
    public void timedOut(long nowNanos) {
        avoidedUntilNanos = nowNanos + AVOIDED_NANOS;
    }

    /** Something came back from there. */
    public void answered() {
        if (avoidedUntilNanos != 0) {
            avoidedUntilNanos = 0;
        }
    }
}
