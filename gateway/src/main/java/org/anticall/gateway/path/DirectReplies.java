package org.anticall.gateway.path;

import io.netty.buffer.ByteBuf;
import java.net.InetSocketAddress;
import org.anticall.gateway.sip.SipFault;
import org.anticall.gateway.sip.SipMessage;
import org.anticall.gateway.transport.Port;
import org.anticall.gateway.transport.Source;
import org.jspecify.annotations.Nullable;

/**
 * What the gateway answers by itself to requests that have no {@link Call}: made, counted, sent and forgotten. A request
 * that comes again is answered again, and alike. Owned by one event loop.
 */
final class DirectReplies {

    private final PathLoop loop;
    private final TransactionKey keys;

    DirectReplies(PathLoop loop, TransactionKey keys) {
        this.loop = loop;
        this.keys = keys;
    }

    /** The response of that status. */
    void say(SipMessage request, Port port, Source source, int status) {
        say(request, port, source, status, ReasonPhrase.of(status), null);
    }

    /** What is wrong with a request that can be answered. */
    void fault(SipMessage request, Port port, Source source, SipFault fault) {
        say(request, port, source, fault.status(), fault.reason(), null);
    }

    /** 503: not now. */
    void busy(SipMessage request, Port port, Source source) {
        say(request, port, source, 503, ReasonPhrase.of(503), Replies.RETRY_LATER);
    }

    /** 420: a proxy is asked for what this one cannot do. */
    void badExtension(SipMessage request, Port port, Source source) {
        say(request, port, source, 420, ReasonPhrase.of(420), Replies.unsupported(request));
    }

    /**
     * What begins no call and is in no dialog: OPTIONS says what is at hand, whoever is asked for. Methods that make sense in
     * a dialog only get 481 (RFC 3261 §15.1.2, 3262, 3311, 6086, 6665 §4.1.3), all others 405: nothing for a
     * gateway of calls.
     */
    void outsideOfDialogs(SipMessage request, Port port, Source source, boolean draining) {
        switch (request.method()) {
            case OPTIONS -> load(request, port, source, draining);
            case BYE, PRACK, UPDATE, INFO, NOTIFY -> say(request, port, source, 481);
            default -> say(request, port, source, 405, ReasonPhrase.of(405), Replies.ALLOW);
        }
    }

    private void load(SipMessage request, Port port, Source source, boolean draining) {
        int status = draining ? 503 : 200;
        byte[] load = Replies.allowWithLoad(loop.counters, draining);
        say(request, port, source, status, ReasonPhrase.of(status), load);
    }

    private void say(SipMessage request, Port port, Source source, int status, String reason, byte @Nullable [] extra) {
        loop.counters.replied(status);
        keys.read(request);
        ByteBuf reply = loop.replies.reply(request, port, source, status, reason, loop.hash.low(), extra);
        port.reply(reply, source.address(), to(request, port, source));
    }

    /** Where responses to {@code request} go; on a stream only if its connection is gone (RFC 3261 §18.2.2). */
    static InetSocketAddress to(SipMessage request, Port port, Source source) {
        return port.isReliable()
                ? Addressing.sentBy(request.topVia(), source)
                : Addressing.replyTo(request.topVia(), source);
    }
}
