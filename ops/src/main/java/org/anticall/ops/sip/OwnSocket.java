package org.anticall.ops.sip;

import gov.nist.core.net.NetworkLayer;
import gov.nist.javax.sip.SipStackImpl;
import java.io.IOException;
import java.net.BindException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;

/**
 * The one UDP socket of an endpoint, bound before the stack exists and given to it when it asks for one.
 *
 * <p>So a taken port is noticed before anything has started, port 0 works, strangers' datagrams are dropped before they
 * cost a parse, and it is known when the stack has begun to receive. There is no TCP and no TLS here.
 */
final class OwnSocket implements NetworkLayer {

    private final Listening socket;

    /**
     * Binds the socket.
     *
     * @throws PortTakenException if the address cannot be had
     */
    OwnSocket(String address, int port, Predicate<InetAddress> admits) throws PortTakenException {
        try {
            this.socket = new Listening(new InetSocketAddress(IpLiteral.parse(address), port), admits);
        } catch (SocketException e) {
            throw new PortTakenException(address, port, e);
        }
    }

    /** UDP port it is bound to. */
    int port() {
        return socket.getLocalPort();
    }

    /** Waits until the stack asked for the first datagram; before that it cannot be stopped in good order. */
    void awaitListening() throws IOException {
        try {
            if (!socket.listening.await(10, TimeUnit.SECONDS)) {
                throw new IOException("the SIP stack did not begin to listen within 10 s");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while the SIP stack was started", e);
        }
    }

    void close() {
        socket.close();
    }

    @Override
    public DatagramSocket createDatagramSocket(int port, InetAddress address) {
        return socket;
    }

    @Override
    public DatagramSocket createDatagramSocket() {
        return socket;
    }

    @Override
    public ServerSocket createServerSocket(int port, int backlog, InetAddress address) throws IOException {
        throw onlyUdp();
    }

    @Override
    public SSLServerSocket createSSLServerSocket(int port, int backlog, InetAddress address) throws IOException {
        throw onlyUdp();
    }

    @Override
    public Socket createSocket(InetAddress address, int port) throws IOException {
        throw onlyUdp();
    }

    @Override
    public Socket createSocket(InetAddress address, int port, InetAddress from) throws IOException {
        throw onlyUdp();
    }

    @Override
    public Socket createSocket(InetAddress address, int port, InetAddress from, int fromPort) throws IOException {
        throw onlyUdp();
    }

    @Override
    public SSLSocket createSSLSocket(InetAddress address, int port) throws IOException {
        throw onlyUdp();
    }

    @Override
    public SSLSocket createSSLSocket(InetAddress address, int port, InetAddress from) throws IOException {
        throw onlyUdp();
    }

    @Override
    public void setSipStack(SipStackImpl stack) {}

    private static IOException onlyUdp() {
        return new BindException("this endpoint speaks UDP only");
    }

    /** Tells when it is first read, and gives up only what admitted peers sent. */
    private static final class Listening extends DatagramSocket {

        final CountDownLatch listening = new CountDownLatch(1);
        private final Predicate<InetAddress> admits;

        Listening(InetSocketAddress address, Predicate<InetAddress> admits) throws SocketException {
            super(address);
            this.admits = admits;
        }

        @Override
        public void receive(DatagramPacket packet) throws IOException {
            listening.countDown();
            int room = packet.getLength();
            do {
                packet.setLength(room);
                super.receive(packet);
            } while (!admits.test(packet.getAddress()));
        }
    }
}
