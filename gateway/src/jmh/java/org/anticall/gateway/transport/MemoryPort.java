package org.anticall.gateway.transport;

import io.netty.buffer.ByteBuf;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.anticall.gateway.config.Transport;

/** A UDP port without a wire: counts what is sent and lets it go. */
public final class MemoryPort extends Port {

    private long sentBytes;

    public MemoryPort(int port) {
        super(Transport.UDP, new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    }

    /** Bytes sent so far. */
    public long sentBytes() {
        return sentBytes;
    }

    @Override
    public void open() {}

    @Override
    public void send(ByteBuf payload, InetSocketAddress to) {
        sentBytes += payload.readableBytes();
        payload.release();
    }

    @Override
    public void reply(ByteBuf payload, InetSocketAddress source, InetSocketAddress sentBy) {
        send(payload, source);
    }

    @Override
    public void close() {}
}
