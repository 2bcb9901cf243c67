package org.anticall.gateway.hop;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.anticall.gateway.config.GatewayConfig;
import org.anticall.gateway.config.Transport;

/**
 * One address calls are sent to, and what is known of its health. Thread-safe; read on the path of calls.
 *
 * <pre>
 *   switch    up, drain, down       set by people, counts above all
 *   probes    failing or not        after so many missed in a row, until so many answered in a row
 *   calls     avoided for a while   silence, refused port, 503; any answer brings it back at once
 *   capacity  places                of a desk that says how many calls it can take
 * </pre>
 */
public final class NextHop {

    /** How long a hop is avoided that let a call time out, refused it or declined several. */
    static final Duration AVOIDED = Duration.ofSeconds(10);

    /** Longest time a hop is avoided because its own Retry-After asks for it. */
    static final Duration LONGEST_AVOIDED = Duration.ofSeconds(60);

    /** So many 503 without Retry-After in a row mean that a hop is not well. */
    static final int DECLINES = 3;

    private static final int UNKNOWN = -1;

    /** How much a hop is wanted; what is less wanted comes later. */
    enum Fitness {
        GOOD,
        DOUBTFUL,
        DRAINING,
        OUT
    }

    private final String group;
    private final String name;
    private final InetSocketAddress address;
    private final Transport transport;
    private final long priority;
    private final int weight;
    private final AtomicInteger places = new AtomicInteger(UNKNOWN);
    private volatile HopSwitch switched = HopSwitch.UP;
    private volatile boolean failing;
    private volatile long avoidedUntilNanos;
    private volatile long placesUntilNanos;
    private volatile int declines;
    private volatile boolean refused;

    /**
     * @param name as configured
     * @param priority lower is tried first
     * @param weight share of the calls among hops of the same priority, from 0
     */
    NextHop(String group, String name, InetSocketAddress address, Transport transport, long priority, int weight) {
        this.group = group;
        this.name = name;
        this.address = address;
        this.transport = transport;
        this.priority = priority;
        this.weight = weight;
    }

    /** Name of the group it stands in. */
    public String group() {
        return group;
    }

    /** Host, or address, as configured. */
    public String name() {
        return name;
    }

    public InetSocketAddress address() {
        return address;
    }

    /** How it is reached. */
    public Transport transport() {
        return transport;
    }

    /** {@code core/192.0.2.1:5060/udp}: how people name it. */
    public String text() {
        String host = address.getAddress().getHostAddress();
        String bracketed = host.indexOf(':') < 0 ? host : "[" + host + "]";
        return group + "/" + bracketed + ":" + address.getPort() + "/" + transport.text();
    }

    long priority() {
        return priority;
    }

    int weight() {
        return weight;
    }

    /** Whether operators sit behind it. */
    public boolean isDesk() {
        return GatewayConfig.isDesk(group);
    }

    // ---- What people say ----

    public HopSwitch switched() {
        return switched;
    }

    void turn(HopSwitch to) {
        switched = to;
    }

    // ---- What probes say ----

    /** Whether probes find it gone. */
    public boolean isFailing() {
        return failing;
    }

    /** Probes were missed, or answered, so many times in a row; answers whether that changes anything. */
    public boolean probed(boolean alive) {
        boolean changes = failing == alive;
        failing = !alive;
        return changes;
    }

    // ---- What calls say ----

    public boolean isAvoided(long nowNanos) {
        return nowNanos < avoidedUntilNanos;
    }

    /** A call sent there got no answer in time. */
    public void timedOut(long nowNanos) {
        avoidedUntilNanos = nowNanos + AVOIDED.toNanos();
    }

    /** Nobody listens at its port. */
    void refused(long nowNanos) {
        refused = true;
        avoidedUntilNanos = nowNanos + AVOIDED.toNanos();
    }

    /**
     * It answered a call with 503 (RFC 3261 §21.5.4).
     *
     * @param retryAfterSeconds what its Retry-After says, 0 without one
     */
    public void declined(long nowNanos, long retryAfterSeconds) {
        if (retryAfterSeconds > 0) {
            long seconds = Math.min(retryAfterSeconds, LONGEST_AVOIDED.toSeconds());
            avoidedUntilNanos = nowNanos + Duration.ofSeconds(seconds).toNanos();
        } else {
            int sofar = declines + 1;
            declines = sofar;
            if (sofar >= DECLINES) {
                avoidedUntilNanos = nowNanos + AVOIDED.toNanos();
            }
        }
    }

    /** Something other than 503 came back from there. */
    public void answered() {
        if (avoidedUntilNanos != 0) {
            avoidedUntilNanos = 0;
        }
        if (declines != 0) {
            declines = 0;
        }
        if (refused) {
            refused = false;
        }
    }

    // ---- What the desk says ----

    /** It says how many calls more it can take; that holds until {@code untilNanos}, or until it says something else. */
    public void hasPlaces(int count, long untilNanos) {
        placesUntilNanos = untilNanos;
        places.set(Math.max(0, count));
    }

    /** A call goes there: one place less. */
    public void takesCall() {
        int free = places.get();
        if (free > 0) {
            places.compareAndSet(free, free - 1);
        }
    }

    /** Places it has told of and that are still free, -1 where it has told nothing that holds. */
    public int places(long nowNanos) {
        return nowNanos < placesUntilNanos ? places.get() : UNKNOWN;
    }

    // ---- All together ----

    Fitness fitness(long nowNanos) {
        if (switched == HopSwitch.DOWN || places(nowNanos) == 0) {
            return Fitness.OUT;
        }
        if (switched == HopSwitch.DRAIN) {
            return Fitness.DRAINING;
        }
        return failing || isAvoided(nowNanos) ? Fitness.DOUBTFUL : Fitness.GOOD;
    }

    /** Whether nobody is there: a call it has not brought anywhere yet had better go elsewhere at once. */
    public boolean isLost() {
        return failing || refused;
    }

    /** For people: up, drain or down as switched, else failing, avoided or full. */
    public String state(long nowNanos) {
        if (switched != HopSwitch.UP) {
            return switched.text();
        }
        if (failing) {
            return "failing";
        }
        if (isAvoided(nowNanos)) {
            return "avoided";
        }
        return places(nowNanos) == 0 ? "full" : HopSwitch.UP.text();
    }
}
