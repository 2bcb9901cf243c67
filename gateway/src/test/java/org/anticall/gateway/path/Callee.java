package org.anticall.gateway.path;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** A callee that answers every call as RFC 3261 has it: repeats its answer until the ACK comes. Real sockets, own timers. */
final class Callee implements AutoCloseable {

    private static final int LAST_TRY = 9;

    final SipPeer peer;
    final Set<String> invited = ConcurrentHashMap.newKeySet();
    final Set<String> acknowledged = ConcurrentHashMap.newKeySet();
    final Set<String> ended = ConcurrentHashMap.newKeySet();
    private final long t1Millis;
    private final InetSocketAddress contact;
    private final Map<String, String> answers = new ConcurrentHashMap<>();
    private final ScheduledExecutorService timers = Executors.newSingleThreadScheduledExecutor();
    private volatile boolean silent;

    /**
     * @param contact where requests in dialogs are to go, null for the callee itself
     */
    Callee(String name, long t1Millis, InetSocketAddress contact) throws IOException {
        this.peer = new SipPeer(name);
        this.t1Millis = t1Millis;
        this.contact = contact == null ? peer.address() : contact;
        peer.listen(this::received);
    }

    private void received(String message, InetSocketAddress from) {
        String callId = SipPeer.value(message, "Call-ID");
        if (message.startsWith("INVITE ")) {
            invited.add(callId);
            if (!silent) {
                answer(message, callId, from);
            }
        } else if (message.startsWith("ACK ")) {
            acknowledged.add(callId);
        } else if (message.startsWith("BYE ")) {
            ended.add(callId);
            peer.send(from, SipPeer.response(message, 200, "OK", "callee"));
        }
    }

    private void answer(String invite, String callId, InetSocketAddress from) {
        String ok =
                SipPeer.response(invite, 200, "OK", "callee", "Contact: <sip:callee@" + SipPeer.text(contact) + ">");
        if (answers.put(callId, ok) == null) {
            peer.send(from, SipPeer.response(invite, 180, "Ringing", "callee"));
            repeat(callId, ok, from, 0);
        } else if (!acknowledged.contains(callId)) {
            peer.send(from, ok);
        }
    }

    @SuppressWarnings("FutureReturnValueIgnored") // ends with the callee
    private void repeat(String callId, String ok, InetSocketAddress from, int time) {
        if (acknowledged.contains(callId) || time > LAST_TRY) {
            return;
        }
        peer.send(from, ok);
        timers.schedule(() -> repeat(callId, ok, from, time + 1), t1Millis << Math.min(time, 3), TimeUnit.MILLISECONDS);
    }

    /** From now on calls reach it and get no answer. */
    void fallSilent() {
        silent = true;
    }

    @Override
    public void close() {
        timers.shutdownNow();
        peer.close();
    }
}
