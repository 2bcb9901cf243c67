package org.anticall.ops.acceptance;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/** A SIP peer over UDP that reads and writes plain text; a thread of its own hands over what arrives. */
final class SipSocket implements AutoCloseable {

    private final DatagramSocket socket;
    private final Thread reader;

    SipSocket(int port, Consumer<String> onMessage) throws IOException {
        socket = new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        socket.setReceiveBufferSize(8 << 20);
        reader = new Thread(() -> read(onMessage), "sip-" + port);
        reader.setDaemon(true);
        reader.start();
    }

    private void read(Consumer<String> onMessage) {
        DatagramPacket packet = new DatagramPacket(new byte[65535], 65535);
        while (!socket.isClosed()) {
            try {
                socket.receive(packet);
                onMessage.accept(new String(packet.getData(), 0, packet.getLength(), StandardCharsets.UTF_8));
            } catch (SocketTimeoutException | SocketException ended) {
                return;
            } catch (IOException broken) {
                throw new java.io.UncheckedIOException(broken);
            }
        }
    }

    void send(String message, int port) throws IOException {
        byte[] bytes = message.getBytes(StandardCharsets.UTF_8);
        socket.send(new DatagramPacket(bytes, bytes.length, InetAddress.getLoopbackAddress(), port));
    }

    /** The value of the first header of that name, an empty string if there is none. */
    static String header(String message, String name) {
        return message.lines()
                .filter(line -> line.regionMatches(true, 0, name + ":", 0, name.length() + 1))
                .map(line -> line.substring(name.length() + 1).strip())
                .findFirst()
                .orElse("");
    }

    @Override
    public void close() throws InterruptedException {
        socket.close();
        reader.join();
    }
}
