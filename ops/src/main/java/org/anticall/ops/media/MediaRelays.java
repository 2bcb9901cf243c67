package org.anticall.ops.media;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The media relays of the centre. Each is asked once a second whether it is there; a call goes to the one that is up and
 * carries the fewest. May be used by any thread.
 */
public final class MediaRelays implements AutoCloseable {

    /** How often each relay is asked. */
    public static final Duration PING_EVERY = Duration.ofSeconds(1);

    private static final Logger LOG = LoggerFactory.getLogger(MediaRelays.class);

    private final ScheduledThreadPoolExecutor timer =
            new ScheduledThreadPoolExecutor(1, task -> new Thread(task, "media-relays"));
    private final List<MediaRelay> relays = new ArrayList<>();
    private final List<Consumer<MediaRelay>> lossListeners = new CopyOnWriteArrayList<>();

    /**
     * Looks for relays at these {@code ng} addresses. They may come later: a relay that is not there is asked again.
     *
     * @throws IOException if no socket can be had
     */
    public MediaRelays(List<InetSocketAddress> addresses) throws IOException {
        timer.setRemoveOnCancelPolicy(true);
        try {
            for (InetSocketAddress address : addresses) {
                relays.add(new MediaRelay(address, timer));
            }
        } catch (IOException | RuntimeException e) {
            close();
            throw e;
        }
        pingAll().join();
        var unused = timer.scheduleAtFixedRate(
                this::watch, PING_EVERY.toMillis(), PING_EVERY.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** {@code listener} hears of each relay that goes down, on a thread of the relays; it hands over and returns. */
    public void onLoss(Consumer<MediaRelay> listener) {
        lossListeners.add(listener);
    }

    /** Begins the sound of a call on a relay that is up; empty if none is. {@code callId} is used once. */
    public Optional<RelayedCall> begin(String callId) {
        return relays.stream()
                .filter(MediaRelay::isUp)
                .min(Comparator.comparingInt(MediaRelay::calls))
                .map(relay -> relay.begin(callId));
    }

    /** The sound of a call that an earlier run began at that relay, up or down; empty if the relay is none of ours. */
    public Optional<RelayedCall> takeUp(String host, int port, String callId) {
        return relays.stream()
                .filter(relay -> relay.address().getPort() == port
                        && relay.address().getAddress().getHostAddress().equals(host))
                .findFirst()
                .map(relay -> relay.takeUp(callId));
    }

    /** Whether a call could be carried now. */
    public boolean isAnyUp() {
        return relays.stream().anyMatch(MediaRelay::isUp);
    }

    /** All of them, in the order of the configuration. */
    public List<MediaRelay> all() {
        return List.copyOf(relays);
    }

    @Override
    public void close() {
        timer.shutdownNow();
        relays.forEach(MediaRelay::close);
    }

    private void watch() {
        var unused = pingAll();
    }

    private CompletableFuture<Void> pingAll() {
        return CompletableFuture.allOf(relays.stream().map(this::ping).toArray(CompletableFuture[]::new));
    }

    private CompletableFuture<Void> ping(MediaRelay relay) {
        return relay.ping().thenAccept(changed -> {
            if (changed && relay.isUp()) {
                LOG.atInfo().addKeyValue("relay", relay.address()).log("media relay is up");
            } else if (changed) {
                LOG.atError().addKeyValue("relay", relay.address()).log("media relay is down, its calls are silent");
                lossListeners.forEach(each -> each.accept(relay));
            }
        });
    }
}
