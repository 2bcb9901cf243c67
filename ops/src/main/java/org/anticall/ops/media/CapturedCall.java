package org.anticall.ops.media;

import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * The sound of one call out of what a relay captured: a file of packets (pcap, Ethernet frames, IPv4, UDP, RTP with G.711).
 * The caller becomes the left channel, the operator the right one; both keep the distance in time they had.
 */
final class CapturedCall {

    private static final int HERTZ = 8_000;
    private static final int LONGEST_SECONDS = 4 * 3_600;
    private static final int FILE_HEADER = 24;
    private static final int ETHERNET_HEADER = 14;
    private static final int UDP = 17;
    private static final int UDP_HEADER = 8;
    private static final int RTP_HEADER = 12;
    private static final int PCMU = 0;
    private static final int PCMA = 8;

    private final int callersRelayPort;
    private final Map<Integer, Long> firstSample = new HashMap<>();
    private final Map<Integer, Long> firstTimestamp = new HashMap<>();
    private final Channel caller = new Channel();
    private final Channel operator = new Channel();
    private long startMicros = -1;

    private CapturedCall(int callersRelayPort) {
        this.callersRelayPort = callersRelayPort;
    }

    /**
     * The call as a WAV file, two channels of 16 bits at 8 kHz.
     *
     * @param callersRelayPort UDP port of the relay the caller sends to; whatever comes elsewhere is the operator's
     * @throws IOException if it is no file of packets
     */
    static byte[] wav(byte[] pcap, int callersRelayPort) throws IOException {
        CapturedCall call = new CapturedCall(callersRelayPort);
        call.read(pcap);
        return call.wav();
    }

    private void read(byte[] pcap) throws IOException {
        if (pcap.length < FILE_HEADER) {
            throw new IOException("a capture of " + pcap.length + " bytes, expected at least " + FILE_HEADER);
        }
        ByteBuffer in = ByteBuffer.wrap(pcap).order(ByteOrder.LITTLE_ENDIAN);
        int magic = in.getInt();
        if (magic == 0xd4c3b2a1) {
            in.order(ByteOrder.BIG_ENDIAN);
        } else if (magic != 0xa1b2c3d4) {
            throw new IOException("no capture: it begins with " + Integer.toHexString(magic));
        }
        in.position(FILE_HEADER);
        while (in.remaining() >= 16) {
            long micros = (in.getInt() & 0xffffffffL) * 1_000_000 + (in.getInt() & 0xffffffffL);
            int length = in.getInt();
            in.getInt();
            if (length < 0 || length > in.remaining()) {
                return; // the last packet was not written to its end
            }
            packet(in.slice(in.position(), length).order(ByteOrder.BIG_ENDIAN), micros);
            in.position(in.position() + length);
        }
    }

    private void packet(ByteBuffer frame, long micros) {
        try {
            int ip = ETHERNET_HEADER;
            if (frame.getShort(12) != 0x0800 || frame.get(ip + 9) != UDP) {
                return;
            }
            int udp = ip + (frame.get(ip) & 0x0f) * 4;
            int to = frame.getShort(udp + 2) & 0xffff;
            rtp(frame, udp + UDP_HEADER, to == callersRelayPort ? caller : operator, micros);
        } catch (BufferUnderflowException | IndexOutOfBoundsException cut) {
            // A frame that ends early holds no sound.
        }
    }

    private void rtp(ByteBuffer frame, int at, Channel channel, long micros) {
        int type = frame.get(at + 1) & 0x7f;
        if ((frame.get(at) & 0xc0) != 0x80 || (type != PCMU && type != PCMA)) {
            return;
        }
        int sound = at + RTP_HEADER + (frame.get(at) & 0x0f) * 4;
        if ((frame.get(at) & 0x10) != 0) {
            sound += 4 + (frame.getShort(sound + 2) & 0xffff) * 4;
        }
        long timestamp = frame.getInt(at + 4) & 0xffffffffL;
        int source = frame.getInt(at + 8);
        if (startMicros < 0) {
            startMicros = micros;
        }
        firstTimestamp.putIfAbsent(source, timestamp);
        firstSample.putIfAbsent(source, (micros - startMicros) * HERTZ / 1_000_000);
        int distance = (int) (timestamp - firstTimestamp.get(source)); // wraps as RTP does
        long sample = firstSample.get(source) + distance;
        for (int i = sound; i < frame.limit(); i++) {
            channel.put(sample++, type == PCMA ? G711.fromALaw(frame.get(i)) : G711.fromMuLaw(frame.get(i)));
        }
    }

    private byte[] wav() {
        int samples = Math.max(caller.length, operator.length);
        ByteBuffer wav = ByteBuffer.allocate(44 + 4 * samples).order(ByteOrder.LITTLE_ENDIAN);
        wav.put(ascii("RIFF")).putInt(36 + 4 * samples).put(ascii("WAVEfmt ")).putInt(16);
        wav.putShort((short) 1).putShort((short) 2).putInt(HERTZ).putInt(4 * HERTZ);
        wav.putShort((short) 4).putShort((short) 16).put(ascii("data")).putInt(4 * samples);
        for (int i = 0; i < samples; i++) {
            wav.putShort(caller.get(i)).putShort(operator.get(i));
        }
        return wav.array();
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    /** The samples of one party; silence where nothing came. */
    private static final class Channel {

        private short[] samples = new short[HERTZ];
        private int length;

        void put(long at, short sample) {
            if (at < 0 || at >= (long) HERTZ * LONGEST_SECONDS) {
                return;
            }
            int index = (int) at;
            if (index >= samples.length) {
                samples = Arrays.copyOf(samples, Math.max(index + 1, samples.length * 2));
            }
            samples[index] = sample;
            length = Math.max(length, index + 1);
        }

        short get(int at) {
            return at < length ? samples[at] : 0;
        }
    }
}
