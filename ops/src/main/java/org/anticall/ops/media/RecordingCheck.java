package org.anticall.ops.media;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.anticall.ops.media.RelayedCall.Party;
import org.anticall.ops.media.RelayedCall.Profile;

/**
 * A call that nobody makes, to see at the start whether a relay records: half a second of sound from a socket of our own. A
 * relay may say yes to everything and write no file, for want of a kernel module or of the right to its folder.
 */
final class RecordingCheck {

    private static final Pattern PORT = Pattern.compile("m=audio ([0-9]+) ");
    private static final int PACKETS = 25;
    private static final int SAMPLES = 160;
    private static final long ANSWER_SECONDS = 2;

    private RecordingCheck() {}

    /** Makes the call on {@code call} and ends it; whether the relay captured it is to be seen in its folder. */
    static void run(RelayedCall call) throws IOException {
        try (DatagramSocket caller = new DatagramSocket(0, InetAddress.getLoopbackAddress());
                DatagramSocket operator = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            call.offer(Party.CALLER, Profile.RTP, description(caller)).get(ANSWER_SECONDS, TimeUnit.SECONDS);
            String answer = call.answer(Party.OPERATOR, Profile.RTP, description(operator))
                    .get(ANSWER_SECONDS, TimeUnit.SECONDS);
            call.record().get(ANSWER_SECONDS, TimeUnit.SECONDS);
            Matcher port = PORT.matcher(answer);
            if (!port.find()) {
                throw new IOException("the relay's answer has no port");
            }
            speak(caller, call, Integer.parseInt(port.group(1)));
        } catch (ExecutionException | TimeoutException refused) {
            throw new IOException("the relay does not record: " + refused.getMessage(), refused);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        } finally {
            var unused = call.end();
        }
    }

    private static void speak(DatagramSocket from, RelayedCall call, int port) throws IOException {
        InetAddress relay = call.relay().address().getAddress();
        for (int i = 0; i < PACKETS; i++) {
            ByteBuffer packet = ByteBuffer.allocate(12 + SAMPLES);
            packet.put((byte) 0x80)
                    .put((byte) 8)
                    .putShort((short) i)
                    .putInt(i * SAMPLES)
                    .putInt(1);
            from.send(new DatagramPacket(packet.array(), packet.capacity(), relay, port));
        }
    }

    private static String description(DatagramSocket socket) {
        return String.join(
                "\r\n",
                "v=0",
                "o=- 1 1 IN IP4 127.0.0.1",
                "s=-",
                "c=IN IP4 127.0.0.1",
                "t=0 0",
                "m=audio " + socket.getLocalPort() + " RTP/AVP 8",
                "a=sendrecv",
                "");
    }
}
