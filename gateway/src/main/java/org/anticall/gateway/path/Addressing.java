package org.anticall.gateway.path;

import io.netty.util.NetUtil;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import org.anticall.gateway.config.Transport;
import org.anticall.gateway.sip.SipMessage;
import org.anticall.gateway.sip.SipText;
import org.anticall.gateway.sip.SipUri;
import org.anticall.gateway.sip.Slice;
import org.anticall.gateway.sip.ViaValue;
import org.anticall.gateway.transport.Source;
import org.jspecify.annotations.Nullable;

/** Where messages go by what stands in them. Host names are never asked for: only IP literals lead anywhere. */
final class Addressing {

    private static final Transport[] TRANSPORTS = Transport.values();
    private static final byte[][] NAMES = names();
    private static final byte[] TRANSPORT = SipText.bytes("transport");

    private Addressing() {}

    /** Where responses to a request go that came from {@code source} (RFC 3261 §18.2.2, RFC 3581 §4). */
    static InetSocketAddress replyTo(ViaValue topVia, Source source) {
        int port = topVia.port();
        return topVia.rport() != Slice.NONE || port == source.address().getPort()
                ? source.address()
                : sentBy(topVia, source);
    }

    /** The port of sent-by at the address the request came from: where the peer can be reached by a new connection. */
    static InetSocketAddress sentBy(ViaValue topVia, Source source) {
        return new InetSocketAddress(source.address().getAddress(), topVia.port());
    }

    /** Where a response goes by the Via value that is its first one next; null if that leads nowhere. */
    static @Nullable InetSocketAddress of(SipMessage response, ViaValue via) {
        byte[] bytes = response.bytes();
        long rport = Slice.isPresent(via.rport())
                ? SipText.number(bytes, Slice.start(via.rport()), Slice.end(via.rport()))
                : via.port();
        return of(response, via, rport);
    }

    /** Where the sender of the request listens by that Via value; null if that leads nowhere. */
    static @Nullable InetSocketAddress sentBy(SipMessage response, ViaValue via) {
        return of(response, via, via.port());
    }

    private static @Nullable InetSocketAddress of(SipMessage response, ViaValue via, long port) {
        byte[] bytes = response.bytes();
        long received = via.received();
        InetAddress address = Slice.isPresent(received)
                ? literal(bytes, Slice.start(received), Slice.end(received))
                : literal(bytes, via.hostStart(), via.hostEnd());
        return address == null || port < 1 || port > 65535 ? null : new InetSocketAddress(address, (int) port);
    }

    /** Where a request to {@code uri} goes; null if its host is no IP literal. */
    static @Nullable InetSocketAddress of(byte[] bytes, SipUri uri) {
        InetAddress address = literal(bytes, uri.hostStart(), uri.hostEnd());
        int port = port(bytes, uri);
        return address == null || port == 0 ? null : new InetSocketAddress(address, port);
    }

    /** The port a URI names, or the one that is meant where it names none (RFC 3261 §19.1.2). */
    static int port(byte[] bytes, SipUri uri) {
        if (uri.port() >= 0) {
            return uri.port();
        }
        return transport(bytes, uri) == Transport.TLS ? ViaValue.DEFAULT_TLS_PORT : ViaValue.DEFAULT_PORT;
    }

    /** The transport a URI asks for; null if it leaves that open, or asks for one this gateway has not. */
    static @Nullable Transport transport(byte[] bytes, SipUri uri) {
        if (uri.scheme() == SipUri.Scheme.SIPS) {
            return Transport.TLS;
        }
        long name = uri.param(TRANSPORT);
        if (Slice.isPresent(name)) {
            for (int i = 0; i < NAMES.length; i++) {
                if (SipText.equalsIgnoreCase(bytes, Slice.start(name), Slice.end(name), NAMES[i])) {
                    return TRANSPORTS[i];
                }
            }
        }
        return null;
    }

    /** The transport of a Via value; null if it is one this gateway has not. */
    static @Nullable Transport transport(byte[] bytes, ViaValue via) {
        for (int i = 0; i < NAMES.length; i++) {
            if (via.isTransport(bytes, NAMES[i])) {
                return TRANSPORTS[i];
            }
        }
        return null;
    }

    private static byte[][] names() {
        byte[][] names = new byte[TRANSPORTS.length][];
        for (int i = 0; i < names.length; i++) {
            names[i] = SipText.bytes(TRANSPORTS[i].text());
        }
        return names;
    }

    /** The address these bytes are; IPv6 with or without brackets (RFC 5118 §4.5); null if they are none. */
    static @Nullable InetAddress literal(byte[] bytes, int from, int to) {
        try {
            byte[] octets = octets(bytes, from, to);
            if (octets == null && isIpv6Text(bytes, from, to)) {
                boolean bracketed = bytes[from] == '[';
                String text = SipText.string(bytes, bracketed ? from + 1 : from, bracketed ? to - 1 : to);
                octets = NetUtil.createByteArrayFromIpAddressString(text);
            }
            return octets == null ? null : InetAddress.getByAddress(octets);
        } catch (UnknownHostException notALiteral) {
            return null;
        }
    }

    /** Hexadecimal digits, colons, dots; a zone is refused, it says nothing on another machine. */
    private static boolean isIpv6Text(byte[] bytes, int from, int to) {
        boolean colon = false;
        boolean bracketed = from < to && bytes[from] == '[' && bytes[to - 1] == ']';
        for (int at = bracketed ? from + 1 : from, end = bracketed ? to - 1 : to; at < end; at++) {
            colon |= bytes[at] == ':';
            if (bytes[at] != ':' && bytes[at] != '.' && !SipText.isHex(bytes[at])) {
                return false;
            }
        }
        return colon;
    }

    private static byte @Nullable [] octets(byte[] bytes, int from, int to) {
        int address = 0;
        int at = from;
        for (int i = 0; i < 4; i++) {
            int start = at;
            while (at < to && SipText.isDigit(bytes[at])) {
                at++;
            }
            long octet = at - start > 3 ? -1 : SipText.number(bytes, start, at);
            boolean ends = i == 3 ? at == to : at < to && bytes[at] == '.';
            if (octet < 0 || octet > 255 || !ends) {
                return null;
            }
            address = address << 8 | (int) octet;
            at++;
        }
        return new byte[] {(byte) (address >>> 24), (byte) (address >>> 16), (byte) (address >>> 8), (byte) address};
    }
}
