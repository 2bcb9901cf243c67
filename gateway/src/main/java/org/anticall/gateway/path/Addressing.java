package org.anticall.gateway.path;

import io.netty.util.NetUtil;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import org.anticall.gateway.sip.SipMessage;
import org.anticall.gateway.sip.SipText;
import org.anticall.gateway.sip.SipUri;
import org.anticall.gateway.sip.Slice;
import org.anticall.gateway.sip.ViaValue;
import org.anticall.gateway.transport.Source;
import org.jspecify.annotations.Nullable;

/** Where messages go by what stands in them. Host names are never asked for: only IP literals lead anywhere. */
final class Addressing {

    private Addressing() {}

    /** Where responses to a request go that came from {@code source} (RFC 3261 §18.2.2, RFC 3581 §4). */
    static InetSocketAddress replyTo(ViaValue topVia, Source source) {
        int port = topVia.port();
        return topVia.rport() != Slice.NONE || port == source.address().getPort()
                ? source.address()
                : new InetSocketAddress(source.address().getAddress(), port);
    }

    /** Where a response goes by the Via value that is its first one next; null if that leads nowhere. */
    static @Nullable InetSocketAddress of(SipMessage response, ViaValue via) {
        byte[] bytes = response.bytes();
        long received = via.received();
        InetAddress address = Slice.isPresent(received)
                ? literal(bytes, Slice.start(received), Slice.end(received))
                : literal(bytes, via.hostStart(), via.hostEnd());
        long rport = Slice.isPresent(via.rport())
                ? SipText.number(bytes, Slice.start(via.rport()), Slice.end(via.rport()))
                : via.port();
        return address == null || rport < 1 || rport > 65535 ? null : new InetSocketAddress(address, (int) rport);
    }

    /** Where a request to {@code uri} goes; null if its host is no IP literal. */
    static @Nullable InetSocketAddress of(byte[] bytes, SipUri uri) {
        InetAddress address = literal(bytes, uri.hostStart(), uri.hostEnd());
        int port = uri.port() < 0 ? ViaValue.DEFAULT_PORT : uri.port();
        return address == null || port == 0 ? null : new InetSocketAddress(address, port);
    }

    private static @Nullable InetAddress literal(byte[] bytes, int from, int to) {
        try {
            byte[] octets = octets(bytes, from, to);
            if (octets == null && from < to && bytes[from] == '[') {
                octets = NetUtil.createByteArrayFromIpAddressString(SipText.string(bytes, from + 1, to - 1));
            }
            return octets == null ? null : InetAddress.getByAddress(octets);
        } catch (UnknownHostException notALiteral) {
            return null;
        }
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
