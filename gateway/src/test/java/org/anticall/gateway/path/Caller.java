package org.anticall.gateway.path;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** A carrier that places calls as RFC 3261 has it: repeats its requests until they are answered. Real sockets, own timers. */
final class Caller implements AutoCloseable {

    /** Half a minute at the shortest T1 tests use: a gateway may take its time to start on a busy machine. */
    private static final int LAST_TRY = 25;

    final SipPeer peer = new SipPeer("caller");
    final Map<String, String> answered = new ConcurrentHashMap<>();
    final Map<String, Integer> failed = new ConcurrentHashMap<>();
    final Set<String> progressing = ConcurrentHashMap.newKeySet();
    final Set<String> ended = ConcurrentHashMap.newKeySet();
    private final Set<String> ending = ConcurrentHashMap.newKeySet();
    private final InetSocketAddress gateway;
    private final long t1Millis;
    private final ScheduledExecutorService timers = Executors.newSingleThreadScheduledExecutor();

    /**
     * @param gateway where everything is sent to
     */
    Caller(InetSocketAddress gateway, long t1Millis) throws IOException {
        this.gateway = gateway;
        this.t1Millis = t1Millis;
        peer.listen(this::received);
    }

    /** Begins a call. */
    void call(String callId) {
        String invite = "INVITE sip:+77172555555@" + SipPeer.text(gateway) + " SIP/2.0\r\n" + head("INVITE", 1, callId)
                + "To: <sip:+77172555555@x>\r\nContact: <sip:+442071234567@" + SipPeer.text(peer.address())
                + ">\r\nContent-Length: 0\r\n\r\n";
        repeat(invite, 0, () -> progressing.contains(callId) || isOver(callId));
    }

    /** Ends an answered call. */
    void end(String callId) {
        if (ending.add(callId)) {
            String bye = inDialog("BYE", 2, callId);
            repeat(bye, 0, () -> ended.contains(callId));
        }
    }

    private boolean isOver(String callId) {
        return answered.containsKey(callId) || failed.containsKey(callId);
    }

    @SuppressWarnings("FutureReturnValueIgnored") // ends with the caller
    private void repeat(String request, int time, BooleanSupplier done) {
        if (done.getAsBoolean() || time > LAST_TRY) {
            return;
        }
        peer.send(gateway, request);
        timers.schedule(() -> repeat(request, time + 1, done), t1Millis << Math.min(time, 5), TimeUnit.MILLISECONDS);
    }

    private String head(String method, int cseq, String callId) {
        return "Via: SIP/2.0/UDP " + SipPeer.text(peer.address()) + ";rport;branch=z9hG4bK" + callId + method + "\r\n"
                + "From: <sip:+442071234567@carrier.example>;tag=f\r\nCall-ID: " + callId + "\r\nCSeq: " + cseq + " "
                + method + "\r\nMax-Forwards: 70\r\n";
    }

    private String inDialog(String method, int cseq, String callId) {
        String answer = answered.get(callId);
        String contact = SipPeer.value(answer, "Contact");
        return method + " " + contact.substring(1, contact.indexOf('>')) + " SIP/2.0\r\n" + head(method, cseq, callId)
                + "Route: " + String.join(", ", SipPeer.values(answer, "Record-Route")) + "\r\nTo: "
                + SipPeer.value(answer, "To") + "\r\nContent-Length: 0\r\n\r\n";
    }

    private void received(String message, InetSocketAddress from) {
        if (!message.startsWith("SIP/2.0 ")) {
            return;
        }
        int status = Integer.parseInt(message.substring(8, 11));
        String callId = SipPeer.value(message, "Call-ID");
        if (SipPeer.value(message, "CSeq").endsWith("BYE")) {
            ended.add(callId);
        } else if (status < 200) {
            progressing.add(callId);
        } else if (status < 300) {
            answered.putIfAbsent(callId, message);
            peer.send(gateway, inDialog("ACK", 1, callId));
        } else {
            failed.putIfAbsent(callId, status);
            peer.send(
                    gateway,
                    "ACK sip:+77172555555@" + SipPeer.text(gateway) + " SIP/2.0\r\n"
                            + head("ACK", 1, callId).replace(callId + "ACK\r\n", callId + "INVITE\r\n") + "To: "
                            + SipPeer.value(message, "To") + "\r\nContent-Length: 0\r\n\r\n");
        }
    }

    @Override
    public void close() {
        timers.shutdownNow();
        peer.close();
    }
}
