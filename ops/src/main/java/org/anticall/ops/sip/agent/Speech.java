package org.anticall.ops.sip.agent;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the people at one agent say: something like speech without words, as G.711 A-law over RTP (RFC 3550), to every call
 * that is talked on. They have one port together and hear nothing there. Thread-safe.
 */
final class Speech implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Speech.class);

    static final int PAYLOAD_TYPE = 8;
    static final int HEADER_BYTES = 12;
    static final int PACKET_SAMPLES = 160;
    private static final int PACKET_MILLIS = 20;
    private static final int HERTZ = 8_000;

    /** Syllables as pitches, 200 ms each; 0 is a breath. */
    private static final int[] MELODY = {3, 5, 4, 6, 0, 4, 3, 2, 0, 0, 5, 6, 4, 3, 2, 0, 0, 0};

    private static final int SYLLABLE_SAMPLES = HERTZ / 5;

    private final Map<String, InetSocketAddress> listeners = new ConcurrentHashMap<>();
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "speech");
        thread.setDaemon(true);
        return thread;
    });
    private final DatagramSocket socket;
    private final byte[] said;
    private int sequence;

    /**
     * @param address where they are
     * @param pitch of their voices, in hertz
     * @throws IOException if there is no port
     */
    Speech(String address, int pitch) throws IOException {
        this.socket = new DatagramSocket(0, InetAddress.getByName(address));
        this.said = say(pitch);
        var unused = clock.scheduleAtFixedRate(this::send, 0, PACKET_MILLIS, TimeUnit.MILLISECONDS);
    }

    /** Where their calls' sound is to be sent. */
    int port() {
        return socket.getLocalPort();
    }

    /** Speaks in a call from now on. */
    void speak(String callId, InetSocketAddress to) {
        listeners.put(callId, to);
    }

    /** Says no more in that call; nothing if it never spoke there. */
    void hush(String callId) {
        listeners.remove(callId);
    }

    @Override
    public void close() {
        clock.shutdownNow();
        socket.close();
    }

    private void send() {
        int from = sequence * PACKET_SAMPLES % said.length;
        ByteBuffer packet = ByteBuffer.allocate(HEADER_BYTES + PACKET_SAMPLES);
        packet.put((byte) 0x80).put((byte) PAYLOAD_TYPE).putShort((short) sequence);
        packet.putInt(sequence * PACKET_SAMPLES).putInt(socket.getLocalPort());
        packet.put(said, from, PACKET_SAMPLES);
        sequence++;
        for (InetSocketAddress each : listeners.values()) {
            try {
                socket.send(new DatagramPacket(packet.array(), packet.capacity(), each));
            } catch (IOException gone) {
                LOG.atDebug().addKeyValue("to", each).setCause(gone).log("a word is lost");
            }
        }
    }

    private static byte[] say(int pitch) {
        byte[] sound = new byte[MELODY.length * SYLLABLE_SAMPLES];
        for (int i = 0; i < sound.length; i++) {
            int step = MELODY[i / SYLLABLE_SAMPLES];
            double seconds = (double) (i % SYLLABLE_SAMPLES) / HERTZ;
            double swell = step == 0 ? 0 : Math.sin(Math.PI * seconds * HERTZ / SYLLABLE_SAMPLES);
            double turn = 2 * Math.PI * pitch * (1 + step / 24.0) * seconds;
            sound[i] = aLaw(
                    (int) (6_000 * swell * (Math.sin(turn) + 0.5 * Math.sin(2 * turn) + 0.25 * Math.sin(3 * turn))));
        }
        return sound;
    }

    /** The A-law value (ITU-T G.711) of a sample of 16 bits. */
    static byte aLaw(int sample) {
        int magnitude = Math.min(Math.abs(sample), Short.MAX_VALUE);
        int segment = Math.max(0, 24 - Integer.numberOfLeadingZeros(magnitude));
        int step = segment == 0 ? magnitude >> 4 : (magnitude >> (segment + 3)) & 0x0f;
        return (byte) (((sample < 0 ? 0 : 0x80) | segment << 4 | step) ^ 0x55);
    }
}
