package org.anticall.ops.acceptance;

import java.io.IOException;
import java.net.BindException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Ports of 127.0.0.1 that are free for UDP and TCP, each handed out once. They lie below the range from which the system
 * gives ports to outgoing connections, so nobody takes them by chance before the process under test does; tests that run at
 * the same time have ranges of their own.
 */
public final class Ports {

    private static final int FIRST = 12_000;
    private static final int OF_A_FORK = 5_000;

    private static int next =
            FIRST + OF_A_FORK * Fork.index() + 2 * ThreadLocalRandom.current().nextInt(OF_A_FORK / 4);

    private Ports() {}

    public static synchronized int free() throws IOException {
        InetAddress loopback = InetAddress.getLoopbackAddress();
        while (true) {
            int port = next;
            next += 2;
            try (DatagramSocket udp = new DatagramSocket(new InetSocketAddress(loopback, port));
                    ServerSocket tcp = new ServerSocket(port, 1, loopback)) {
                return port;
            } catch (BindException taken) {
                // the next one
            }
        }
    }
}
