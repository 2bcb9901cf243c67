package org.anticall.ops.media;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.anticall.ops.media.RelayedCall.Party;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keys that are pressed on phones and travel among their sound (telephone-event, RFC 4733): the relays see them and tell each
 * by a datagram of JSON (rtpengine's {@code --dtmf-log-dest}). Only what comes from a machine with a relay is listened to.
 * Keys are told on a thread of its own.
 */
public final class PhoneKeys implements AutoCloseable {

    /** Hears of each key once. */
    public interface Listener {

        /**
         * A key was pressed.
         *
         * @param callId name of the call at the relay
         * @param by who pressed it
         * @param key a digit, {@code *}, {@code #} or {@code A} to {@code D}
         */
        void pressed(String callId, Party by, char key);
    }

    /** The end of a key comes three times, 20 to 50 ms apart (RFC 4733 §2.5.1.4); no hand is as fast. */
    private static final long SAME_KEY_NANOS = TimeUnit.MILLISECONDS.toNanos(200);

    private static final Logger LOG = LoggerFactory.getLogger(PhoneKeys.class);
    private static final String KEYS = "0123456789*#ABCD";
    private static final int LONGEST = 4_096;
    private static final int MOST_REMEMBERED = 1_000;

    private final DatagramSocket socket;
    private final Set<InetAddress> relays;
    private final CopyOnWriteArrayList<Listener> listeners = new CopyOnWriteArrayList<>();
    private final ObjectMapper json = new ObjectMapper();
    private final Map<String, Long> lastAt = new HashMap<>();
    private final Thread reader;

    /**
     * Listens from now on.
     *
     * @param at where the relays send to
     * @param relays their {@code ng} addresses
     * @throws IOException if the address cannot be had
     */
    public PhoneKeys(InetSocketAddress at, Collection<InetSocketAddress> relays) throws IOException {
        this.socket = new DatagramSocket(at);
        this.relays = relays.stream().map(InetSocketAddress::getAddress).collect(Collectors.toUnmodifiableSet());
        this.reader = new Thread(this::read, "phone-keys");
        this.reader.setDaemon(true);
        this.reader.start();
    }

    /** UDP port it listens on. */
    public int port() {
        return socket.getLocalPort();
    }

    /** {@code listener} hears of every key from now on; it hands over and returns. */
    public void onPress(Listener listener) {
        listeners.add(listener);
    }

    @Override
    public void close() {
        socket.close();
    }

    private void read() {
        byte[] buffer = new byte[LONGEST];
        while (!socket.isClosed()) {
            try {
                DatagramPacket packet = new DatagramPacket(buffer, buffer.length);
                socket.receive(packet);
                if (relays.contains(packet.getAddress())) {
                    told(json.readTree(buffer, 0, packet.getLength()));
                }
            } catch (SocketException closed) {
                return;
            } catch (IOException | RuntimeException rubbish) {
                LOG.atDebug().setCause(rubbish).log("what a relay says of a key is not understood");
            }
        }
    }

    private void told(JsonNode event) {
        int number = event.path("event").asInt(-1);
        String callId = event.path("callid").asText("");
        Party by = Party.of(event.path("source_tag").asText(""));
        if (by == null || !event.path("type").asText("").equals("DTMF") || number < 0 || number >= KEYS.length()) {
            return; // flash hook and tones of modems are no keys
        }
        long now = System.nanoTime();
        Long before = lastAt.put(callId + " " + by + " " + number, now);
        if (lastAt.size() > MOST_REMEMBERED) {
            lastAt.values().removeIf(at -> now - at > SAME_KEY_NANOS);
        }
        if (before == null || now - before > SAME_KEY_NANOS) {
            listeners.forEach(each -> each.pressed(callId, by, KEYS.charAt(number)));
        }
    }
}
