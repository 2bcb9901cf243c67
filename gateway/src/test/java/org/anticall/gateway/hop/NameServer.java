package org.anticall.gateway.hop;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** A name server on a real socket that knows what a test tells it (RFC 1035 §4). */
final class NameServer implements AutoCloseable {

    private static final int A = 1;
    private static final int SRV = 33;
    private static final int NAPTR = 35;

    final List<String> asked = new CopyOnWriteArrayList<>();
    private final Map<String, List<byte[]>> records = new ConcurrentHashMap<>();
    private final DatagramSocket socket =
            new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    private volatile boolean silent;

    NameServer() throws IOException {
        Thread thread = new Thread(this::serve, "name server");
        thread.setDaemon(true);
        thread.start();
    }

    InetSocketAddress address() {
        return (InetSocketAddress) socket.getLocalSocketAddress();
    }

    void silent(boolean now) {
        silent = now;
    }

    void forget() {
        records.clear();
    }

    void a(String name, int ttl, String address) throws IOException {
        add(name, A, ttl, InetAddress.getByName(address).getAddress());
    }

    void srv(String name, int ttl, int priority, int weight, int port, String target) throws IOException {
        ByteArrayOutputStream data = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(data);
        out.writeShort(priority);
        out.writeShort(weight);
        out.writeShort(port);
        out.write(name(target));
        add(name, SRV, ttl, data.toByteArray());
    }

    void naptr(String name, int order, int preference, String service, String replacement) throws IOException {
        ByteArrayOutputStream data = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(data);
        out.writeShort(order);
        out.writeShort(preference);
        for (String text : List.of("s", service, "")) {
            out.writeByte(text.length());
            out.writeBytes(text);
        }
        out.write(name(replacement));
        add(name, NAPTR, 60, data.toByteArray());
    }

    private void add(String name, int type, int ttl, byte[] data) throws IOException {
        ByteArrayOutputStream record = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(record);
        out.writeShort(0xC00C);
        out.writeShort(type);
        out.writeShort(1);
        out.writeInt(ttl);
        out.writeShort(data.length);
        out.write(data);
        records.computeIfAbsent(name + " " + type, key -> new ArrayList<>()).add(record.toByteArray());
    }

    private static byte[] name(String name) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (String label : name.split("\\.", -1)) {
            out.write(label.length());
            out.writeBytes(label.getBytes(StandardCharsets.US_ASCII));
        }
        out.write(0);
        return out.toByteArray();
    }

    private void serve() {
        try {
            while (true) {
                DatagramPacket query = new DatagramPacket(new byte[1500], 1500);
                socket.receive(query);
                answer(query);
            }
        } catch (IOException closed) {
            // The test is over.
        }
    }

    private void answer(DatagramPacket query) throws IOException {
        ByteBuffer in = ByteBuffer.wrap(query.getData(), 0, query.getLength());
        int id = in.getShort(0) & 0xFFFF;
        in.position(12);
        StringBuilder name = new StringBuilder();
        for (int length = in.get(); length > 0; length = in.get()) {
            byte[] label = new byte[length];
            in.get(label);
            name.append(name.isEmpty() ? "" : ".").append(new String(label, StandardCharsets.US_ASCII));
        }
        int type = in.getShort();
        in.getShort();
        asked.add(name + " " + type);
        if (silent) {
            return;
        }
        List<byte[]> found = records.getOrDefault(name + " " + type, List.of());
        ByteBuffer out = ByteBuffer.allocate(1500);
        out.putShort((short) id).putShort((short) 0x8580).putShort((short) 1).putShort((short) found.size());
        out.putShort((short) 0).putShort((short) 0);
        out.put(query.getData(), 12, in.position() - 12);
        found.forEach(out::put);
        socket.send(new DatagramPacket(out.array(), out.position(), query.getSocketAddress()));
    }

    @Override
    public void close() {
        socket.close();
    }
}
