package org.anticall.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;

/** Reads a HEPv3 packet chunk by chunk, as its description has it. */
final class HepText {

    final Map<Integer, byte[]> chunks = new TreeMap<>();

    HepText(byte[] datagram, int length) {
        ByteBuffer in = ByteBuffer.wrap(datagram, 0, length);
        byte[] name = new byte[4];
        in.get(name);
        assertEquals("HEP3", new String(name, StandardCharsets.US_ASCII));
        assertEquals(length, Short.toUnsignedInt(in.getShort()));
        while (in.hasRemaining()) {
            assertEquals(0, in.getShort(), "vendor of a generic chunk");
            int type = Short.toUnsignedInt(in.getShort());
            byte[] value = new byte[Short.toUnsignedInt(in.getShort()) - 6];
            in.get(value);
            chunks.put(type, value);
        }
    }

    String text(int type) {
        return new String(chunks.get(type), StandardCharsets.UTF_8);
    }

    long number(int type) {
        long value = 0;
        for (byte each : chunks.get(type)) {
            value = value << 8 | (each & 0xFF);
        }
        return value;
    }
}
