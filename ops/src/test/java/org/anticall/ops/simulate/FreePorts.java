package org.anticall.ops.simulate;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Ports that were free a moment ago, so that tests do not meet each other. */
final class FreePorts {

    private FreePorts() {}

    /** Six of them, each free for UDP and TCP. */
    static DemoPorts forDemo() throws IOException {
        Set<Integer> found = new LinkedHashSet<>();
        while (found.size() < 6) {
            try (DatagramSocket udp = new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))) {
                if (isFreeForTcp(udp.getLocalPort())) {
                    found.add(udp.getLocalPort());
                }
            }
        }
        List<Integer> ports = List.copyOf(found);
        return new DemoPorts(ports.get(0), ports.get(1), ports.get(2), ports.get(3), ports.get(4), ports.get(5));
    }

    private static boolean isFreeForTcp(int port) {
        try (ServerSocket tcp = new ServerSocket()) {
            tcp.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            return true;
        } catch (IOException taken) {
            return false;
        }
    }
}
