package org.anticall.gateway.path;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A bad line between two UDP addresses: some datagrams get lost, some come twice, some come late and overtaken by others.
 * The chances are drawn from a seed, so that a run can be repeated. {@link #near} stands for the far end, {@link #far} for
 * the near one.
 */
final class LossyRelay implements AutoCloseable {

    private static final int LOST_PERCENT = 5;
    private static final int TWICE_PERCENT = 5;
    private static final int LATE_PERCENT = 10;
    private static final int LATE_MILLIS = 8;

    final AtomicInteger lost = new AtomicInteger();
    final AtomicInteger twice = new AtomicInteger();
    final AtomicInteger late = new AtomicInteger();
    private final DatagramSocket nearSocket = open();
    private final DatagramSocket farSocket = open();
    private final ScheduledExecutorService later = Executors.newSingleThreadScheduledExecutor();
    private final Random random;
    private final InetSocketAddress farEnd;
    private volatile InetSocketAddress nearEnd;

    /**
     * @param farEnd who is on the other side; the near side is whoever speaks, see also {@link #nearEnd}
     */
    LossyRelay(InetSocketAddress farEnd, long seed) throws IOException {
        this.nearEnd = farEnd;
        this.farEnd = farEnd;
        this.random = new Random(seed);
        carry(nearSocket, farSocket, true);
        carry(farSocket, nearSocket, false);
    }

    /** Says who is on the near side before it has spoken. */
    void nearEnd(InetSocketAddress address) {
        nearEnd = address;
    }

    private static DatagramSocket open() throws IOException {
        DatagramSocket socket = new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        socket.setReceiveBufferSize(4 << 20);
        return socket;
    }

    /** Where the near end sends to. */
    InetSocketAddress near() {
        return (InetSocketAddress) nearSocket.getLocalSocketAddress();
    }

    /** Where the far end sends to. */
    InetSocketAddress far() {
        return (InetSocketAddress) farSocket.getLocalSocketAddress();
    }

    private void carry(DatagramSocket in, DatagramSocket out, boolean outward) {
        Thread thread = new Thread(
                () -> {
                    try {
                        while (true) {
                            DatagramPacket packet = new DatagramPacket(new byte[8192], 8192);
                            in.receive(packet);
                            if (outward) {
                                nearEnd = (InetSocketAddress) packet.getSocketAddress();
                            }
                            carry(out, packet, outward ? farEnd : nearEnd);
                        }
                    } catch (IOException closed) {
                        // The line is taken down.
                    }
                },
                "lossy relay");
        thread.setDaemon(true);
        thread.start();
    }

    @SuppressWarnings("FutureReturnValueIgnored") // a late datagram is nobody's business
    private synchronized void carry(DatagramSocket out, DatagramPacket packet, InetSocketAddress to) {
        packet.setSocketAddress(to);
        if (random.nextInt(100) < LOST_PERCENT) {
            lost.incrementAndGet();
            return;
        }
        if (random.nextInt(100) < TWICE_PERCENT) {
            twice.incrementAndGet();
            send(out, packet);
        }
        if (random.nextInt(100) < LATE_PERCENT) {
            late.incrementAndGet();
            later.schedule(() -> send(out, packet), 1 + random.nextInt(LATE_MILLIS), TimeUnit.MILLISECONDS);
        } else {
            send(out, packet);
        }
    }

    private static void send(DatagramSocket out, DatagramPacket packet) {
        try {
            out.send(packet);
        } catch (IOException closed) {
            // The line is taken down.
        }
    }

    @Override
    public void close() {
        later.shutdownNow();
        nearSocket.close();
        farSocket.close();
    }
}
