package org.anticall.ops.media;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A party that sends one tone as G.711 A-law over RTP, a packet each 20 ms, and hears which tone comes back (Goertzel).
 */
public final class Tone implements AutoCloseable {

    private static final int SAMPLES = 160;
    private static final Pattern ADDRESS = Pattern.compile("c=IN IP4 ([0-9.]+)");
    private static final Pattern PORT = Pattern.compile("m=audio ([0-9]+) ");

    private final DatagramSocket socket = new DatagramSocket(0, InetAddress.getLoopbackAddress());
    private final ScheduledExecutorService sender = Executors.newSingleThreadScheduledExecutor();
    private final int hertz;
    private volatile InetSocketAddress to;
    private volatile @Nullable Press pressed;
    private int sequence;

    public Tone(int hertz) throws IOException {
        this.hertz = hertz;
        socket.setSoTimeout(100);
        var unused = sender.scheduleAtFixedRate(this::send, 0, 20, TimeUnit.MILLISECONDS);
    }

    /** Its session description. */
    public String description() {
        return """
                v=0
                o=- 1 1 IN IP4 127.0.0.1
                s=-
                c=IN IP4 127.0.0.1
                t=0 0
                m=audio %d RTP/AVP 8
                a=rtpmap:8 PCMA/8000
                a=sendrecv
                """
                .formatted(port())
                .replace("\n", "\r\n");
    }

    /** The same for a party that also presses keys. */
    public String descriptionWithKeys() {
        return description()
                .replace("RTP/AVP 8", "RTP/AVP 8 101")
                .replace("a=sendrecv", "a=rtpmap:101 telephone-event/8000\r\na=fmtp:101 0-15\r\na=sendrecv");
    }

    /** Presses a key among its sound (RFC 4733), for a quarter of a second as a hand does: 10 is the star. */
    public void press(int key) throws InterruptedException {
        Press press = new Press(key);
        pressed = press;
        if (!press.released.await(20, TimeUnit.SECONDS)) {
            throw new IllegalStateException("nothing is sent, so no key either");
        }
    }

    public int port() {
        return socket.getLocalPort();
    }

    /** Sends from now on to where {@code description} says. */
    public void sendTo(String description) throws IOException {
        Matcher address = ADDRESS.matcher(description);
        Matcher audio = PORT.matcher(description);
        if (!address.find() || !audio.find()) {
            throw new IOException("no address in " + description);
        }
        to = new InetSocketAddress(InetAddress.getByName(address.group(1)), Integer.parseInt(audio.group(1)));
    }

    /** Sends nothing from now on. */
    public void fallSilent() {
        to = null;
    }

    /** Listens until {@code hertz} was not there for two seconds; false if it is still there after {@code millis}. */
    public boolean isWithout(int hertz, long millis) throws IOException {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
        while (System.nanoTime() < end) {
            if (!hears(hertz, 2_000)) {
                return true;
            }
        }
        return false;
    }

    /** Listens until a quarter of a second of {@code hertz} came; false if it does not within {@code millis}. */
    public boolean hears(int wanted, long millis) throws IOException {
        return receives(packet -> share(packet, wanted) > 0.8, millis);
    }

    /** Listens until a quarter of a second came in which both tones are mixed; false if it does not in that time. */
    public boolean hearsBoth(int one, int other, long millis) throws IOException {
        return receives(packet -> share(packet, one) > 0.1 && share(packet, other) > 0.1, millis);
    }

    private boolean receives(Predicate<byte[]> wanted, long millis) throws IOException {
        byte[] buffer = new byte[2048];
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
        int right = 0;
        while (System.nanoTime() < end) {
            DatagramPacket packet = new DatagramPacket(buffer, buffer.length);
            try {
                socket.receive(packet);
            } catch (SocketTimeoutException silence) {
                right = 0;
                continue;
            }
            if (packet.getLength() < 12 + SAMPLES) {
                continue;
            }
            right = wanted.test(buffer) ? right + 1 : 0;
            if (right == 12) {
                return true;
            }
        }
        return false;
    }

    @Override
    public void close() {
        sender.shutdownNow();
        socket.close();
    }

    private void send() {
        InetSocketAddress target = to;
        if (target == null) {
            return;
        }
        Press press = pressed;
        byte[] packet = press == null ? sound() : event(press);
        sequence++;
        try {
            socket.send(new DatagramPacket(packet, packet.length, target));
        } catch (IOException gone) {
            // the relay was killed: the next packet will tell
        }
    }

    private byte[] sound() {
        ByteBuffer packet = ByteBuffer.allocate(12 + SAMPLES);
        packet.put((byte) 0x80).put((byte) 8).putShort((short) sequence);
        packet.putInt(sequence * SAMPLES).putInt(hertz);
        for (int i = 0; i < SAMPLES; i++) {
            double angle = 2 * Math.PI * hertz * (sequence * (double) SAMPLES + i) / 8000;
            packet.put(aLaw((int) (8000 * Math.sin(angle))));
        }
        return packet.array();
    }

    /** The key's next packet; its end comes three times. */
    private byte[] event(Press press) {
        if (press.packets == 0) {
            press.begun = sequence * SAMPLES;
        }
        int number = ++press.packets;
        boolean end = number > Press.HELD;
        ByteBuffer packet = ByteBuffer.allocate(16);
        packet.put((byte) 0x80).put((byte) (number == 1 ? 0x80 | 101 : 101)).putShort((short) sequence);
        packet.putInt(press.begun).putInt(hertz);
        packet.put((byte) press.key).put((byte) (end ? 0x8a : 0x0a));
        packet.putShort((short) (Math.min(number, Press.HELD + 1) * SAMPLES));
        if (number == Press.HELD + 3) {
            pressed = null;
            press.released.countDown();
        }
        return packet.array();
    }

    /** A key that is held; the thread that sends counts its packets. */
    private static final class Press {

        /** Packets of 20 ms before its end. */
        static final int HELD = 10;

        final int key;
        final CountDownLatch released = new CountDownLatch(1);
        int packets;
        int begun;

        Press(int key) {
            this.key = key;
        }
    }

    /** How much of the power of one packet is at {@code wanted} hertz, 0 to 1. */
    private static double share(byte[] rtp, int wanted) {
        double coefficient = 2 * Math.cos(2 * Math.PI * wanted / 8000);
        double before = 0;
        double last = 0;
        double power = 0;
        for (int i = 0; i < SAMPLES; i++) {
            double sample = linear(rtp[12 + i]);
            power += sample * sample;
            double next = sample + coefficient * last - before;
            before = last;
            last = next;
        }
        double at = last * last + before * before - coefficient * last * before;
        return power > 0 ? at / (SAMPLES / 2.0) / power : 0;
    }

    /** The A-law value (ITU-T G.711) nearest to a sample. */
    private static byte aLaw(int sample) {
        int nearest = 0;
        for (int value = 1; value < 256; value++) {
            if (Math.abs(linear((byte) value) - sample) < Math.abs(linear((byte) nearest) - sample)) {
                nearest = value;
            }
        }
        return (byte) nearest;
    }

    private static int linear(byte aLaw) {
        int value = (aLaw & 0xff) ^ 0x55;
        int segment = (value >> 4) & 7;
        int magnitude = (value & 0x0f) << 4 | 8;
        if (segment > 0) {
            magnitude = (magnitude | 0x100) << (segment - 1);
        }
        return (value & 0x80) != 0 ? magnitude : -magnitude;
    }
}
