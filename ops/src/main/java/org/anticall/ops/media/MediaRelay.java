package org.anticall.ops.media;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * One rtpengine and what is known of its health: up after an answer to a ping, down after one without. May be used by any
 * thread.
 */
public final class MediaRelay implements AutoCloseable {

    private final InetSocketAddress address;
    private final NgSocket socket;
    private final AtomicInteger calls = new AtomicInteger();
    private volatile boolean up;

    MediaRelay(InetSocketAddress address, ScheduledExecutorService timer) throws IOException {
        this.address = address;
        this.socket = new NgSocket(address, timer);
    }

    /** Where its {@code ng} port is. */
    public InetSocketAddress address() {
        return address;
    }

    /** Whether it answered the last ping. */
    public boolean isUp() {
        return up;
    }

    /** How many calls of this centre it carries. */
    public int calls() {
        return calls.get();
    }

    /** Begins the sound of a call; nothing is sent before its first offer. */
    RelayedCall begin(String callId) {
        calls.incrementAndGet();
        return new RelayedCall(this, callId);
    }

    /** Goes on with the sound of a call whose parties have described themselves already. */
    RelayedCall takeUp(String callId) {
        calls.incrementAndGet();
        return new RelayedCall(this, callId, true);
    }

    void ended() {
        calls.decrementAndGet();
    }

    /** Asks whether it is there; the answer is whether its state has changed. */
    CompletableFuture<Boolean> ping() {
        return socket.ask(Map.of("command", "ping"), NgSocket.TRIES_OF_PING).handle((pong, failure) -> {
            boolean was = up;
            up = failure == null && "pong".equals(pong.get("result"));
            return was != up;
        });
    }

    CompletableFuture<Map<String, Object>> ask(String command, String callId, Map<String, Object> more) {
        Map<String, Object> dictionary = new HashMap<>(more);
        dictionary.put("command", command);
        dictionary.put("call-id", callId);
        return socket.ask(dictionary, NgSocket.TRIES);
    }

    @Override
    public void close() {
        socket.close();
    }

    @Override
    public String toString() {
        return "media relay " + address.getHostString() + ":" + address.getPort();
    }
}
