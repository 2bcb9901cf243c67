package org.anticall.gateway.config;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import org.jspecify.annotations.Nullable;

/** Reads IP literals and ports. Never asks a name server: what is not a literal is refused. */
final class Addresses {

    private static final int MAX_PORT = 65535;

    private Addresses() {}

    /** {@code 192.0.2.1}, {@code 2001:db8::1} or {@code [2001:db8::1]}; null for anything else. */
    static @Nullable InetAddress address(String text) {
        try {
            if (text.indexOf(':') < 0) {
                byte[] octets = octets(text);
                return octets == null ? null : InetAddress.getByAddress(octets);
            }
            boolean bracketed = text.startsWith("[") && text.endsWith("]");
            String literal = bracketed ? text.substring(1, text.length() - 1) : text;
            return literal.indexOf('%') >= 0 ? null : InetAddress.getByName("[" + literal + "]");
        } catch (UnknownHostException notALiteral) {
            return null;
        }
    }

    /** Address and port with a colon between them, brackets around IPv6; null for anything else. */
    static @Nullable InetSocketAddress endpoint(String text) {
        int colon = text.lastIndexOf(':');
        return colon < 0 ? null : endpoint(text.substring(0, colon), text.substring(colon + 1));
    }

    /** Like {@link #endpoint(String)}, with {@code defaultPort} where the text has none. */
    static @Nullable InetSocketAddress endpoint(String text, int defaultPort) {
        boolean hasPort = text.startsWith("[") ? !text.endsWith("]") : text.indexOf(':') >= 0;
        return hasPort ? endpoint(text) : endpoint(text, Integer.toString(defaultPort));
    }

    private static @Nullable InetSocketAddress endpoint(String host, String portText) {
        boolean bareIpv6 = host.indexOf(':') >= 0 && !host.startsWith("[");
        InetAddress address = bareIpv6 ? null : address(host);
        int port = number(portText, MAX_PORT);
        return address == null || port < 0 ? null : new InetSocketAddress(address, port);
    }

    /** {@code 127.0.0.1:5060} or {@code [::1]:5060}. */
    static String format(InetSocketAddress endpoint) {
        String host = endpoint.getAddress().getHostAddress();
        return (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + endpoint.getPort();
    }

    /** A decimal number from 0 to {@code max} without sign; -1 for anything else. */
    static int number(String text, int max) {
        if (text.isEmpty() || text.length() > 6) {
            return -1;
        }
        int value = 0;
        for (int i = 0; i < text.length(); i++) {
            int digit = text.charAt(i) - '0';
            if (digit < 0 || digit > 9) {
                return -1;
            }
            value = value * 10 + digit;
        }
        return value <= max ? value : -1;
    }

    private static byte @Nullable [] octets(String text) {
        String[] parts = text.split("\\.", -1);
        if (parts.length != 4) {
            return null;
        }
        byte[] octets = new byte[4];
        for (int i = 0; i < 4; i++) {
            int value = number(parts[i], 255);
            if (value < 0) {
                return null;
            }
            octets[i] = (byte) value;
        }
        return octets;
    }
}
