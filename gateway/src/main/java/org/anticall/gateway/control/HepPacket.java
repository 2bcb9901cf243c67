package org.anticall.gateway.control;

import java.io.ByteArrayOutputStream;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * One packet of the Homer encapsulation protocol, version 3: {@code HEP3}, the length of all, then chunks of vendor, type,
 * length and value, all in network order.
 */
final class HepPacket {

    static final int SIP = 1;
    static final int LOG = 100;

    private static final int MAX_BYTES = 65_507;
    private static final int CHUNK_HEADER = 6;
    private static final int FAMILY_IPV4 = 2;
    private static final int FAMILY_IPV6 = 10;
    private static final int IPV4_BYTES = 4;

    private final ByteArrayOutputStream chunks = new ByteArrayOutputStream();

    /**
     * The addresses of what was seen.
     *
     * @param protocol 17 for UDP, 6 for TCP
     */
    HepPacket between(InetSocketAddress from, InetSocketAddress to, int protocol) {
        boolean ipv4 = from.getAddress().getAddress().length == IPV4_BYTES;
        chunk(1, one(ipv4 ? FAMILY_IPV4 : FAMILY_IPV6));
        chunk(2, one(protocol));
        chunk(ipv4 ? 3 : 5, from.getAddress().getAddress());
        chunk(ipv4 ? 4 : 6, to.getAddress().getAddress());
        chunk(7, two(from.getPort()));
        chunk(8, two(to.getPort()));
        return this;
    }

    /** When it was seen, microseconds since 1970-01-01T00:00Z. */
    HepPacket at(long epochMicros) {
        chunk(9, four((int) (epochMicros / 1_000_000)));
        chunk(10, four((int) (epochMicros % 1_000_000)));
        return this;
    }

    /** Who saw it. */
    HepPacket by(int captureId, String node) {
        chunk(12, four(captureId));
        chunk(19, node.getBytes(StandardCharsets.UTF_8));
        return this;
    }

    /**
     * The bytes to send.
     *
     * @param type {@link #SIP} or {@link #LOG}
     * @param correlation what brings the packets of a call together: its Call-ID
     * @return empty if a datagram cannot hold it
     */
    byte[] carrying(int type, String correlation, byte[] payload) {
        chunk(11, one(type));
        chunk(17, correlation.getBytes(StandardCharsets.UTF_8));
        chunk(15, payload);
        byte[] body = chunks.toByteArray();
        int length = CHUNK_HEADER + body.length;
        if (length > MAX_BYTES) {
            return new byte[0];
        }
        return ByteBuffer.allocate(length)
                .put("HEP3".getBytes(StandardCharsets.US_ASCII))
                .putShort((short) length)
                .put(body)
                .array();
    }

    private void chunk(int type, byte[] value) {
        byte[] header = ByteBuffer.allocate(CHUNK_HEADER)
                .putShort((short) 0)
                .putShort((short) type)
                .putShort((short) (CHUNK_HEADER + value.length))
                .array();
        chunks.write(header, 0, header.length);
        chunks.write(value, 0, value.length);
    }

    private static byte[] one(int value) {
        return new byte[] {(byte) value};
    }

    private static byte[] two(int value) {
        return ByteBuffer.allocate(2).putShort((short) value).array();
    }

    private static byte[] four(int value) {
        return ByteBuffer.allocate(4).putInt(value).array();
    }
}
