package org.anticall.gateway.transport;

import io.netty.buffer.ByteBuf;

/**
 * Whether final responses are due to the peer of a stream: one for each request it sent but ACK, as the first bytes of what
 * comes and goes tell. What is answered twice is taken for the answer to two, and what is never answered stays due. Owned by
 * one event loop.
 */
final class DueAnswers {

    private static final int STATUS_AT = "SIP/2.0 ".length();

    private int due;

    /** A message came whole. */
    void came(ByteBuf message) {
        if (!isResponse(message) && !isAck(message)) {
            due++;
        }
    }

    /** A message, or an empty line, is about to leave. */
    void leaves(ByteBuf message) {
        if (due > 0
                && message.readableBytes() > STATUS_AT
                && isResponse(message)
                && message.getByte(message.readerIndex() + STATUS_AT) > '1') {
            due--;
        }
    }

    boolean none() {
        return due == 0;
    }

    private static boolean isResponse(ByteBuf message) {
        return message.getByte(message.readerIndex() + 3) == '/';
    }

    private static boolean isAck(ByteBuf message) {
        int at = message.readerIndex();
        return message.getByte(at) == 'A' && message.getByte(at + 1) == 'C' && message.getByte(at + 3) == ' ';
    }
}
