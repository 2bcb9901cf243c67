package org.anticall.ops.acceptance;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.HashSet;
import java.util.Set;

/** Ports of 127.0.0.1 that are free for UDP and TCP, each handed out once. */
final class Ports {

    private static final Set<Integer> TAKEN = new HashSet<>();

    private Ports() {}

    static synchronized int free() throws IOException {
        InetAddress loopback = InetAddress.getLoopbackAddress();
        while (true) {
            try (DatagramSocket udp = new DatagramSocket(new InetSocketAddress(loopback, 0))) {
                int port = udp.getLocalPort();
                if (port % 2 == 0 && TAKEN.add(port)) {
                    new ServerSocket(port, 1, loopback).close();
                    return port;
                }
            } catch (java.net.BindException taken) {
                continue;
            }
        }
    }
}
