package org.anticall.gateway.transport;

import io.netty.buffer.ByteBuf;
import io.netty.util.NetUtil;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import org.anticall.gateway.config.Transport;

/**
 * One address the gateway listens on, with what SIP travels on there: messages come in by it and leave from it. Owned by
 * one event loop; {@link #close} is for other threads.
 */
public abstract class Port {

    private final Transport transport;
    private final InetSocketAddress address;
    private final byte[] host;
    private final byte[] sentBy;
    private final byte[] via;
    private final byte[] uriParameter;
    private PacketTap tap = PacketTap.NOBODY;

    Port(Transport transport, InetSocketAddress address) {
        this.transport = transport;
        this.address = address;
        String hostText = hostText(address.getAddress());
        String hostAndPort = hostText + ":" + address.getPort();
        this.host = ascii(hostText);
        this.sentBy = ascii(hostAndPort);
        this.via = ascii("Via: SIP/2.0/" + transport.name() + " " + hostAndPort);
        this.uriParameter = ascii(transport == Transport.UDP ? "" : ";transport=" + transport.text());
    }

    /** {@code address} as it stands in a URI: RFC 5952 text, in brackets if it is IPv6. */
    public static String hostText(InetAddress address) {
        String text = NetUtil.toAddressString(address);
        return address instanceof Inet6Address ? "[" + text + "]" : text;
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    public final Transport transport() {
        return transport;
    }

    /** Where it is bound. */
    public final InetSocketAddress address() {
        return address;
    }

    /** The host as it stands in Via, Record-Route and Contact. Not to be changed. */
    public final byte[] host() {
        return host;
    }

    /** {@code host:port} as it stands in Via, Record-Route and Contact. Not to be changed. */
    public final byte[] sentBy() {
        return sentBy;
    }

    /** A Via line of this port up to and including sent-by. Not to be changed. */
    public final byte[] via() {
        return via;
    }

    /** What names the transport in a URI of this port, with its semicolon; empty for UDP. Not to be changed. */
    public final byte[] uriParameter() {
        return uriParameter;
    }

    /** Whether what is sent arrives, or the connection breaks: nothing is repeated then (RFC 3261 §17). */
    public final boolean isReliable() {
        return transport != Transport.UDP;
    }

    public final boolean isIpv6() {
        return address.getAddress() instanceof Inet6Address;
    }

    static String reason(Throwable cause) {
        String message = cause.getMessage();
        return message == null ? cause.getClass().getSimpleName() : message;
    }

    /** Who looks at what comes and goes from now on. To be called on the event loop. */
    public final void watchedBy(PacketTap looker) {
        tap = looker;
    }

    /** What has just been received, for whoever looks. */
    final void came(ByteBuf packet, InetSocketAddress from) {
        tap.show(packet, from, address, transport);
    }

    /** What is about to be sent, for whoever looks. */
    final void goes(ByteBuf packet, InetSocketAddress to) {
        tap.show(packet, address, to, transport);
    }

    /** Begins to read. */
    public abstract void open();

    /** Sends {@code payload} to {@code to} and releases it. What cannot be sent is lost and counted. */
    public abstract void send(ByteBuf payload, InetSocketAddress to);

    /**
     * Sends a response and releases it: on a stream over the connection from {@code source} while there is one, else to
     * {@code sentBy} (RFC 3261 §18.2.2).
     */
    public abstract void reply(ByteBuf payload, InetSocketAddress source, InetSocketAddress sentBy);

    /** Looks for peers that were silent or slow for too long. To be called now and then. */
    public void sweep() {}

    /** Closes it with everything that hangs on it, and waits until that is done. Not to be called on the event loop. */
    public abstract void close();
}
