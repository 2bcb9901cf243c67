package org.anticall.ops.simulate;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The ports of the demo, all on 127.0.0.1.
 *
 * @param sip the gateway's, UDP
 * @param desk the desk's, UDP
 * @param core where citizens are reached, UDP
 * @param carrier where calls come from, UDP
 * @param http the console's, TCP
 * @param admin the gateway's admin endpoint, TCP
 */
public record DemoPorts(int sip, int desk, int core, int carrier, int http, int admin) {

    static final String HOST = "127.0.0.1";

    private record Port(String flag, int number, String purpose, boolean udp) {
        String name() {
            return "port " + number + "/" + (udp ? "udp" : "tcp") + " (" + purpose + ")";
        }
    }

    InetSocketAddress address(int port) {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    }

    /**
     * Checks that every port can be had.
     *
     * @throws DemoUnavailable naming the first that cannot, and the option that chooses another
     */
    void requireFree() throws DemoUnavailable {
        Map<String, Port> taken = new LinkedHashMap<>();
        for (Port port : all()) {
            if (port.number < 1 || port.number > 65_535) {
                throw new DemoUnavailable(port.flag + " " + port.number + ": expected a port from 1 to 65535");
            }
            Port other = taken.put(port.number + "/" + port.udp, port);
            if (other != null) {
                throw new DemoUnavailable(
                        port.name() + " is also meant for '" + other.purpose + "': choose another with " + port.flag);
            }
            requireFree(port);
        }
    }

    private List<Port> all() {
        return List.of(
                new Port("--sip-port", sip, "the gateway's SIP side", true),
                new Port("--desk-port", desk, "the desk's SIP side", true),
                new Port("--core-port", core, "the simulated citizens", true),
                new Port("--carrier-port", carrier, "the simulated carrier", true),
                new Port("--http-port", http, "the console", false),
                new Port("--admin-port", admin, "the gateway's admin endpoint", false));
    }

    private static void requireFree(Port port) throws DemoUnavailable {
        InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), port.number);
        try {
            if (port.udp) {
                new DatagramSocket(address).close();
            } else {
                ServerSocket socket = new ServerSocket();
                try (socket) {
                    socket.bind(address);
                }
            }
        } catch (IOException e) {
            throw new DemoUnavailable(
                    port.name() + " on " + HOST + " cannot be had (" + e.getMessage()
                            + "): end the program that uses it or choose another with " + port.flag,
                    e);
        }
    }
}
