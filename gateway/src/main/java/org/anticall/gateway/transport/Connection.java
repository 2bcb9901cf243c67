package org.anticall.gateway.transport;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.handler.codec.ByteToMessageDecoder;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.Objects;
import java.util.Queue;
import java.util.Set;
import org.anticall.gateway.sip.SipLimits;
import org.anticall.gateway.sip.StreamFraming;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One stream to a peer, made by it or by us.
 *
 * <pre>
 *   OPENING ──connected, TLS done, peer known──> OPEN ──bad framing──> DRAINING (answered, reads are thrown away)
 *      │                                          │ └─peer says no more─> LISTENING (until it has heard what is due)
 *      └──────────── failed, too slow, idle ──────┴────────────────────────┴──> closed
 * </pre>
 *
 * What it holds is bounded: unread bytes by the limits of a message, unsent ones by the channel's high-water mark, at which
 * the peer is taken for one that does not read and is dropped. Owned by its event loop; {@link #send} is for any thread.
 */
final class Connection extends ChannelInboundHandlerAdapter {

    private static final Logger LOG = LoggerFactory.getLogger(Connection.class);
    private static final int MAX_WAITING_MESSAGES = 512;
    private static final long DRAIN_NANOS = 2_000_000_000L;
    private static final byte[] EMPTY_LINE = {'\r', '\n'};

    private enum State {
        OPENING,
        OPEN,
        LISTENING,
        DRAINING
    }

    private final StreamPort port;
    private final InetSocketAddress remote;
    private final boolean ours;
    private final StreamFraming framing = new StreamFraming(SipLimits.MAX_HEAD_BYTES, SipLimits.MAX_BODY_BYTES);
    private final Queue<ByteBuf> waiting = new ArrayDeque<>();
    private final DueAnswers due = new DueAnswers();
    private State state = State.OPENING;
    private volatile @Nullable Channel channel;
    private @Nullable Source source;
    private @Nullable ByteBuf unread;
    private long heardAt;
    private long beganAt;
    private boolean flushing;
    private boolean askedTwice;

    /**
     * @param ours whether the gateway makes it
     */
    Connection(StreamPort port, InetSocketAddress remote, boolean ours) {
        this.port = port;
        this.remote = remote;
        this.ours = ours;
        this.heardAt = port.now();
        this.beganAt = heardAt;
    }

    InetSocketAddress remote() {
        return remote;
    }

    boolean isOurs() {
        return ours;
    }

    // ---- Beginning ----

    @Override
    public void handlerAdded(ChannelHandlerContext context) {
        channel = context.channel();
    }

    @Override
    public void channelActive(ChannelHandlerContext context) {
        if (!port.isSecure()) {
            begin(port.sourceOf(this, Set.of()));
        }
        context.fireChannelActive();
    }

    @Override
    @SuppressWarnings("FutureReturnValueIgnored") // closed in any case
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
        if (event instanceof SslHandshakeCompletionEvent done) {
            if (done.isSuccess()) {
                begin(port.secured(this, context.channel()));
            } else {
                port.counters().tlsFailures.increment();
                LOG.debug("TLS handshake failed", done.cause());
                var unused = context.close();
            }
        } else if (event instanceof ChannelInputShutdownEvent) {
            inputEnded();
        }
        context.fireUserEventTriggered(event);
    }

    /** The peer is known; a stranger's connection is closed without a word. */
    private void begin(@Nullable Source known) {
        if (known == null) {
            port.counters().strangers.increment();
            close();
            return;
        }
        source = known;
        state = State.OPEN;
        heardAt = port.now();
        for (ByteBuf each = waiting.poll(); each != null; each = waiting.poll()) {
            write(each);
        }
    }

    // ---- Out ----

    /** Sends {@code payload} and releases it; what a peer does not take is lost with its connection. */
    void send(ByteBuf payload) {
        if (isOnLoop()) {
            sendOnLoop(payload);
        } else {
            Objects.requireNonNull(channel).eventLoop().execute(() -> sendOnLoop(payload));
        }
    }

    private boolean isOnLoop() {
        Channel open = channel;
        return open == null || open.eventLoop().inEventLoop();
    }

    private void sendOnLoop(ByteBuf payload) {
        if (state == State.OPEN || state == State.LISTENING) {
            write(payload);
        } else if (state == State.OPENING && waiting.size() < MAX_WAITING_MESSAGES) {
            waiting.add(payload);
        } else {
            payload.release();
            port.counters().unsent.increment();
        }
    }

    /** Sends a response and releases it: to {@code sentBy} if this connection turns out to be of no use (RFC 3261 §18.2.2). */
    void reply(ByteBuf payload, InetSocketAddress sentBy) {
        if (!isOnLoop()) {
            Objects.requireNonNull(channel).eventLoop().execute(() -> reply(payload, sentBy));
        } else if (state == State.LISTENING) {
            replyToListener(payload, sentBy);
        } else if (state == State.DRAINING) {
            port.send(payload, sentBy);
        } else {
            sendOnLoop(payload);
        }
    }

    /** Only a write that fails tells for sure that nobody listens any more. */
    @SuppressWarnings("FutureReturnValueIgnored") // what follows is in the listener
    private void replyToListener(ByteBuf payload, InetSocketAddress sentBy) {
        ByteBuf again = payload.retainedDuplicate();
        due.leaves(payload);
        port.counters().sent.increment();
        port.goes(payload, remote);
        Objects.requireNonNull(channel).writeAndFlush(payload).addListener(sent -> {
            if (sent.isSuccess()) {
                again.release();
            } else {
                port.send(again, sentBy);
            }
            if (due.none()) {
                close();
            }
        });
    }

    @SuppressWarnings("FutureReturnValueIgnored") // a write that fails closes the channel
    private void write(ByteBuf payload) {
        Channel open = channel;
        if (open == null || !open.isActive()) {
            payload.release();
            port.counters().unsent.increment();
        } else if (!open.isWritable()) {
            payload.release();
            port.counters().unsent.increment();
            port.counters().slowReaders.increment();
            close();
        } else {
            port.counters().sent.increment();
            port.goes(payload, remote);
            due.leaves(payload);
            open.write(payload);
            if (!flushing) {
                flushing = true;
                open.eventLoop().execute(this::flush);
            }
        }
    }

    /** What one turn of the loop writes leaves in one piece. */
    private void flush() {
        if (flushing && channel != null) {
            channel.flush();
        }
        flushing = false;
    }

    // ---- In ----

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        ByteBuf in = (ByteBuf) message;
        heardAt = port.now();
        if (state != State.OPEN) {
            in.release();
            return;
        }
        ByteBufAllocator allocator = context.alloc();
        if (unread == null) {
            unread = in;
            beganAt = heardAt;
        } else {
            unread = ByteToMessageDecoder.MERGE_CUMULATOR.cumulate(allocator, unread, in);
        }
        readAll(unread);
    }

    /** Answers leave before the end is seen that may follow: a peer that only asks ends its side at once. */
    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
        flush();
        context.fireChannelReadComplete();
    }

    private void readAll(ByteBuf in) {
        while (state == State.OPEN) {
            answerKeepAlives(framing.consumeKeepAlives(in));
            StreamFraming.Found found = in.isReadable() ? framing.find(in) : StreamFraming.Found.MORE;
            if (found == StreamFraming.Found.MORE) {
                break;
            }
            ByteBuf message = in.readSlice(framing.length());
            port.counters().received.increment();
            if (found == StreamFraming.Found.FAULT) {
                refuse(message);
            } else {
                framing.next();
                beganAt = heardAt;
                due.came(message);
                port.came(message, remote);
                port.inbox().received(port, message, known());
            }
        }
        if (!in.isReadable() || state == State.DRAINING) {
            in.release();
            unread = null;
        } else {
            in.discardSomeReadBytes();
        }
    }

    /** The peer says no more. Whether it still listens for what is due to it is to be found out. */
    private void inputEnded() {
        if (state == State.OPEN && !due.none()) {
            state = State.LISTENING;
            dropUnread();
            ask();
        } else {
            close();
        }
    }

    /** An empty line, which SIP passes over: a peer that is gone refuses it, and the next one then fails here. */
    private void ask() {
        write(Unpooled.wrappedBuffer(EMPTY_LINE));
    }

    private Source known() {
        if (source == null) {
            throw new IllegalStateException("read before the peer is known");
        }
        return source;
    }

    private void answerKeepAlives(int pings) {
        for (int i = 0; i < pings; i++) {
            port.counters().keepAlives.increment();
            write(Unpooled.wrappedBuffer(EMPTY_LINE));
        }
    }

    /** Says what is wrong, and reads no more: where the next message begins is anybody's guess. */
    private void refuse(ByteBuf head) {
        port.counters().framingFaults.increment();
        port.inbox().unframed(port, head, known(), framing.fault());
        drain();
    }

    @SuppressWarnings("FutureReturnValueIgnored") // closed in any case, a little later
    private void drain() {
        state = State.DRAINING;
        beganAt = port.now();
        Channel open = channel;
        if (open != null) {
            open.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(sent -> port.shutdownOutput(open));
        }
    }

    // ---- Time ----

    /** Closes the connection if its peer was silent, or slow with a message, for too long. */
    void sweep(long now, StreamTimes times) {
        if (state == State.DRAINING) {
            if (now - beganAt > DRAIN_NANOS) {
                close();
            }
        } else if (state == State.OPENING ? now - beganAt > times.message() : isSlow(now, times)) {
            port.counters().slowSenders.increment();
            close();
        } else if (state == State.LISTENING && !askedTwice) {
            askedTwice = true;
            ask();
        } else if (now - heardAt > times.idle()) {
            port.counters().idleConnections.increment();
            close();
        }
    }

    private boolean isSlow(long now, StreamTimes times) {
        return unread != null && now - beganAt > times.message();
    }

    // ---- The end ----

    /** Closes it at once; what was not sent yet is lost. */
    @SuppressWarnings("FutureReturnValueIgnored") // whoever waits for it takes ended()
    void close() {
        state = State.DRAINING;
        if (channel != null) {
            channel.close();
        }
    }

    /** Done when it is closed; null if there is no channel yet. */
    @Nullable
    ChannelFuture ended() {
        return channel == null ? null : channel.closeFuture();
    }

    /** It could not be made. */
    void failed() {
        state = State.DRAINING;
        release();
    }

    private void release() {
        for (ByteBuf each = waiting.poll(); each != null; each = waiting.poll()) {
            each.release();
            port.counters().unsent.increment();
        }
        dropUnread();
    }

    private void dropUnread() {
        if (unread != null) {
            unread.release();
            unread = null;
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        state = State.DRAINING;
        release();
        port.closed(this);
        context.fireChannelInactive();
    }

    @Override
    @SuppressWarnings("FutureReturnValueIgnored") // closed in any case
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        port.counters().socketErrors.increment();
        LOG.debug("connection error", cause);
        var unused = context.close();
    }
}
